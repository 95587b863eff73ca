"""A print as a page raster: what lenses, sensors, scanners, phones and messengers do to it.

Everything is done at the resolution of the page, before the reader cuts its strip: only
so do the blocks of a JPEG, noise and ringing have the right size.
"""

from dataclasses import dataclass

import cv2
import numpy as np

INTERPOLATIONS = (cv2.INTER_NEAREST, cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4, cv2.INTER_AREA)
# A strip is taken from a raster whose pixels are at most so much smaller (`Pyramid::warp`).
SHRINK_MAX = 1.5


@dataclass
class Page:
    """A piece of a page, the map from print canvas to it, and the pitch on it in pixels."""

    grey: np.ndarray
    from_print: np.ndarray
    pitch: float


def scaling(x, y):
    """The map that resizing makes between the middles of pixels."""
    return np.array([[x, 0, x / 2 - 0.5], [0, y, y / 2 - 0.5], [0, 0, 1.0]])


def resized(grey, factor, interpolation):
    """Another size, and the map to it."""
    width, height = (max(4, round(side * factor)) for side in grey.shape[::-1])
    out = cv2.resize(grey, (width, height), interpolation=interpolation)
    return out, scaling(width / grey.shape[1], height / grey.shape[0])


def view(chance, odds, shape):
    """Turn and perspective about the middle; `None` where the print lies straight."""
    height, width = shape
    degrees = chance.normal(0, 0.2)
    if odds.of("turn"):
        degrees = chance.normal(0, 3) if chance.random() < 0.65 else chance.uniform(-22, 22)
    slant = np.zeros(2)
    if odds.of("perspective"):
        slant = chance.normal(0, 1, 2) * [0.09 / width, 0.05 / height]
    elif abs(degrees) < 0.2:
        return None
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    lean = chance.normal(0, 0.05) if slant.any() else 0.0
    middle = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1.0]])
    turn = np.array([[cos, -sin + lean, 0], [sin, cos, 0], [*slant, 1.0]])
    turned = turn @ middle
    corners = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1.0]]).T
    x, y, w = turned @ corners
    low, high = np.array([(x / w).min(), (y / w).min()]), np.array([(x / w).max(), (y / w).max()])
    back = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1.0]])
    return back @ turned, np.ceil(high - low).astype(int)


def captured(chance, odds, printed):
    """The print on a page of some resolution, at some angle."""
    pitch = np.exp(chance.uniform(np.log(9), np.log(26)))
    if odds.of("low"):
        pitch = chance.uniform(printed.pitch_min, 9)
    elif chance.random() < 0.08:
        pitch = chance.uniform(24, 36)
    factor = pitch / printed.pitch
    # Light falls on whole pixels (area), through a lens that may be softer than they are.
    grey, to_page = resized(printed.grey, factor, cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)
    turned = view(chance, odds, grey.shape)
    if turned is not None:
        turn, (width, height) = turned
        grey = cv2.warpPerspective(
            grey, turn, (int(width), int(height)), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        to_page = turn @ to_page
    return Page(grey, to_page, pitch)


def ramp(chance, shape):
    """A slope from about -0.5 to 0.5 in some direction over the piece."""
    angle = chance.uniform(0, 2 * np.pi)
    x = np.linspace(-0.5, 0.5, shape[1], dtype=np.float32)[None, :] * np.cos(angle)
    y = np.linspace(-0.5, 0.5, shape[0], dtype=np.float32)[:, None] * np.sin(angle)
    return (x + y).astype(np.float32)


def lit(chance, odds, grey):
    """Uneven light, the edge of a shadow, glare that washes out."""
    if odds.of("light"):
        grey *= chance.uniform(0.55, 1.05) * (1 + chance.uniform(0, 0.6) * ramp(chance, grey.shape))
    if odds.of("shadow"):
        edge = ramp(chance, grey.shape) - chance.uniform(-0.3, 0.3)
        shade = 1 / (1 + np.exp(-edge * np.exp(chance.uniform(2, 6))))
        grey *= 1 - chance.uniform(0.2, 0.65) * shade
    if odds.of("glare"):
        height, width = grey.shape
        x = (np.arange(width, dtype=np.float32)[None, :] - chance.uniform(0, width)) / (width * chance.uniform(0.05, 0.5))
        y = (np.arange(height, dtype=np.float32)[:, None] - chance.uniform(0, height)) / (height * chance.uniform(0.1, 1))
        spot = np.exp(-(x * x + y * y + chance.uniform(-1.5, 1.5) * x * y) / 2).clip(0, 1)
        veil = chance.uniform(0.3, 0.97) * spot
        grey += veil * (chance.uniform(200, 290) - grey)
    return grey


def blurred(chance, odds, page, grey):
    """Out of focus and shaken, in shares of the pitch: what is lost depends on the letters' size."""
    if odds.of("blur"):
        sigma = page.pitch * abs(chance.normal(0, 0.065))
        sigma = min(sigma, 0.16 * page.pitch)
        if sigma > 1 and chance.random() < 0.4:
            radius = 1.7 * sigma
            side = 2 * int(np.ceil(radius)) + 1
            y, x = np.mgrid[:side, :side] - side // 2
            disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
            grey = cv2.filter2D(grey, -1, disc / disc.sum(), borderType=cv2.BORDER_REPLICATE)
        elif sigma > 0.25:
            grey = cv2.GaussianBlur(grey, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    if odds.of("motion"):
        length = page.pitch * chance.uniform(0.1, 0.5)
        half = int(np.ceil(length / 2)) + 1
        angle = chance.uniform(0, np.pi)
        kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
        reach = length / 2 * np.array([np.cos(angle), np.sin(angle)])
        for step in np.linspace(-1, 1, 4 * half + 1):
            x, y = half + step * reach
            left, top = int(x), int(y)
            right, bottom = x - left, y - top
            kernel[top, left] += (1 - right) * (1 - bottom)
            kernel[top, left + 1] += right * (1 - bottom)
            kernel[top + 1, left] += (1 - right) * bottom
            kernel[top + 1, left + 1] += right * bottom
        grey = cv2.filter2D(grey, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE)
    return grey


def sensed(chance, odds, grey, stock):
    """Noise of the sensor, a screen's raster, sharpening, tone."""
    if odds.of("moire"):
        period, angle = chance.uniform(2.1, 9), chance.uniform(0, np.pi)
        x = np.arange(grey.shape[1], dtype=np.float32)[None, :] * np.cos(angle)
        y = np.arange(grey.shape[0], dtype=np.float32)[:, None] * np.sin(angle)
        bands = np.sin((x + y) * 2 * np.pi / period + 3 * stock.smooth(chance, grey.shape, 4)) if fits(grey) else 0
        grey = grey * (1 + chance.uniform(0.02, 0.16) * bands)
    if odds.of("noise"):
        strength = abs(chance.normal(0, 6))
        grey = grey + strength * stock.noise(chance, grey.shape)
        if chance.random() < 0.3 and fits(grey):
            grey += strength * stock.smooth(chance, grey.shape, 0)
    if odds.of("sharpen"):
        soft = cv2.GaussianBlur(grey, (0, 0), chance.uniform(0.6, 2.2))
        grey = grey + chance.uniform(0.4, 2.5) * (grey - soft)
    if odds.of("tone"):
        grey = 255 * np.clip(grey / 255, 0, 1) ** chance.uniform(0.55, 1.7)
        if chance.random() < 0.4:
            grey = (grey - chance.uniform(0, 50)) * chance.uniform(1, 1.35)
    return np.clip(grey, 0, 255).astype(np.uint8)


def fits(grey):
    """Whether the shared clouds are large enough for this piece."""
    return grey.shape[0] <= 256 and grey.shape[1] <= 1536


def compressed(chance, grey):
    """Once through JPEG."""
    quality = int(np.exp(chance.uniform(np.log(14), np.log(96))))
    _, data = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)


def sent(chance, odds, page, grey, pitch_min):
    """Scaled by software and compressed, maybe twice and on another grid of blocks."""
    if odds.of("jpeg"):
        grey = compressed(chance, grey)
    if odds.of("resample"):
        lowest = min(1.0, 1.1 * pitch_min / page.pitch)
        factor = chance.uniform(max(0.35, lowest), 1.15)
        kinds = chance.integers(len(INTERPOLATIONS), size=2)
        before = grey.shape
        # Nearest neighbours of a coarse raster are no letters any more.
        first = cv2.INTER_AREA if factor < 0.6 and kinds[0] == 0 else INTERPOLATIONS[kinds[0]]
        small, to_small = resized(grey, factor, first)
        if chance.random() < 0.5:
            grey = cv2.resize(small, before[::-1], interpolation=INTERPOLATIONS[kinds[1]])
        else:
            grey, page.from_print = small, to_small @ page.from_print
            page.pitch *= factor
    if odds.of("jpeg") and chance.random() < 0.5:
        top, left = chance.integers(0, 8, size=2)
        grey = compressed(chance, np.ascontiguousarray(grey[top:, left:]))
        page.from_print = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1.0]]) @ page.from_print
    return grey


def binarised(chance, grey):
    """Black and white, as fax-like scanners and copiers make it."""
    kind = chance.integers(3)
    if kind == 0:
        return cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)[1]
    if kind == 1:
        side = int(chance.choice([15, 21, 31, 41, 61]))
        return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, side, int(chance.integers(6, 22)))
    level = np.percentile(grey, 50) * chance.uniform(0.5, 0.9)
    return np.where(grey > level, 255, 0).astype(np.uint8)


def photographed(chance, odds, stock, printed):
    """The whole way of a print to a page in the reader's hands."""
    page = captured(chance, odds, printed)
    grey = lit(chance, odds, page.grey)
    grey = blurred(chance, odds, page, grey)
    grey = sensed(chance, odds, grey, stock)
    if page.pitch > 11 and odds.of("binary"):
        grey = binarised(chance, grey)
    page.grey = sent(chance, odds, page, grey, printed.pitch_min)
    return page


def sampled(page, to_page, width, height):
    """The strip, bilinear, from the level of the pyramid the reader would take."""
    grey = page.grey
    x, y, w = to_page @ np.array([[width / 2, width / 2 + 1, width / 2], [12, 12, 13], [1, 1, 1.0]])
    across = np.hypot(x[1] / w[1] - x[0] / w[0], y[1] / w[1] - y[0] / w[0])
    down = np.hypot(x[2] / w[2] - x[0] / w[0], y[2] / w[2] - y[0] / w[0])
    shrink = max(across, down)
    while shrink > SHRINK_MAX:
        rows, columns = (side // 2 for side in grey.shape)
        grey = cv2.resize(grey[: 2 * rows, : 2 * columns], (columns, rows), interpolation=cv2.INTER_AREA)
        to_page = scaling(0.5, 0.5) @ to_page
        shrink /= 2
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpPerspective(grey, to_page, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
