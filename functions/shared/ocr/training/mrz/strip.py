"""A strip as `src/mrz/strip.rs` cuts it, with the mistakes it makes, and its labels.

The reader cuts strips 24 pixels high: the first look 1.4 capitals high with 17.1 pixels
a character by the row it found, the second look 1.3 and 1.65 capitals high with 16
pixels a character by the fitted frame. Heights of rows come from boxes of ink, which
blur makes larger; pitches from the median of gaps; so both are off by some, and the line
may lie off the middle, tilted, slanted or narrowing.
"""

import numpy as np

import camera_damage
import print_damage
from alphabet import BLANK, CLASS_OF, UNKNOWN
from damage_class import Odds, any_class

HEIGHT = 24
WIDTH = 320
STRIDE = 4
FIRST_PITCH, SECOND_PITCH = 24 / 1.4, 24 / 1.5
FIRST_ZOOM, SECOND_ZOOMS = 1.4, (1.3, 1.65)
# Share of the pitch to either side of a glyph's middle that is labelled with it: enough
# blank stays between two for the reader to see the gap.
HALF_LABEL = 0.3
# At least one column lies this near to any middle, pixels.
HALF_LABEL_MIN = 2.05


def look(chance, odds):
    """Pitch and height of a capital that the strip has, pixels."""
    if chance.random() < 0.5:
        pitch, zoom = FIRST_PITCH * chance.normal(1, 0.04), FIRST_ZOOM * chance.normal(1.03, 0.07)
    else:
        zoom = SECOND_ZOOMS[chance.integers(2)] * chance.normal(1, 0.05)
        pitch = SECOND_PITCH * chance.normal(1, 0.02)
    if odds.of("astray"):
        zoom, pitch = chance.uniform(1.1, 2.1), chance.uniform(12.5, 21)
    return np.clip(pitch, 12, 22), HEIGHT / np.clip(zoom, 1.08, 2.3)


def to_print(chance, odds, line, pitch, capital, shape):
    """The map from strip to print canvas that the reader believes in."""
    across, down = line.pitch / pitch, print_damage.CAPITAL / capital
    off, tilt = chance.normal(0, 1.5), chance.normal(0, 0.006)
    slant, narrowing = chance.normal(0, 0.04), 0.0
    if odds.of("astray"):
        off, tilt = chance.uniform(-7.5, 7.5), chance.uniform(-0.025, 0.025)
        slant, narrowing = chance.uniform(-0.3, 0.3), chance.normal(0, 0.12) / WIDTH
    elif odds.of("perspective"):
        narrowing = chance.normal(0, 0.05) / WIDTH
    height, width = shape
    middle = np.array([[1, 0, -(WIDTH - 1) / 2], [0, 1, -(HEIGHT - 1) / 2], [0, 0, 1.0]])
    errors = np.array([[across, across * slant, 0], [down * tilt, down, down * off], [narrowing, 0, 1.0]])
    back = np.array([[1, 0, width / 2], [0, 1, height / 2], [0, 0, 1.0]])
    return back @ errors @ middle


def labels(glyphs, from_print, pitch):
    """The class of each column: a glyph's around its middle, blank between."""
    out = np.full(WIDTH // STRIDE, BLANK, np.uint8)
    middles = STRIDE * np.arange(len(out)) + (STRIDE - 1) / 2
    half = max(HALF_LABEL * pitch, HALF_LABEL_MIN)
    cut = []
    for x, y, character in glyphs:
        u, _, w = from_print @ (x, y, 1.0)
        near = np.abs(middles - u / w)
        out[near <= half] = CLASS_OF[character]
        if not pitch / 2 <= u / w <= WIDTH - pitch / 2:
            cut.append(near <= pitch / 2)
    for columns in cut:
        out[columns] = UNKNOWN
    return out


def cropped(chance, page):
    """The page ends within the strip: the reader goes on with its last pixels."""
    width = page.grey.shape[1]
    cut = int(width * chance.uniform(0.05, 0.4))
    if chance.random() < 0.5:
        page.grey = np.ascontiguousarray(page.grey[:, : width - cut])
    else:
        page.grey = np.ascontiguousarray(page.grey[:, cut:])
        page.from_print = np.array([[1, 0, -cut], [0, 1, 0], [0, 0, 1.0]]) @ page.from_print


def on_page(page, glyph):
    """Whether the middle of a glyph is on the page."""
    x, _, w = page.from_print @ (*glyph[:2], 1.0)
    return 0 <= x / w < page.grey.shape[1]


# A strip with less contrast than this shows nothing that could be learned, grey levels.
DEVIATION_MIN = 3.0


def attempt(chance, stock, name, held_out):
    odds = Odds(chance, name or any_class(chance))
    pitch, capital = look(chance, odds)
    line = print_damage.printed(chance, odds, stock, 1.15 * WIDTH / pitch, held_out)
    page = camera_damage.photographed(chance, odds, stock, line)
    view = to_print(chance, odds, line, pitch, capital, line.grey.shape)
    if odds.of("cropped"):
        cropped(chance, page)
    strip = camera_damage.sampled(page, page.from_print @ view, WIDTH, HEIGHT)
    glyphs = [glyph for glyph in line.glyphs if on_page(page, glyph)]
    return strip, labels(glyphs, np.linalg.inv(view), pitch)


def sample(chance, stock, name=None, held_out=False):
    """One strip of a class of damage (any, to train on) and its labels."""
    while True:
        strip, label = attempt(chance, stock, name, held_out)
        if strip.std() > DEVIATION_MIN:
            return strip, label
