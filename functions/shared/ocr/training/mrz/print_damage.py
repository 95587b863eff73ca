"""A printed line on its canvas: glyphs set at a pitch, ink and what becomes of it.

The canvas is about twice as fine as what the net sees; where each glyph stands on it is
known, which is what the labels are made of.
Never here: cameras and scanners.
"""

from dataclasses import dataclass

import cv2
import numpy as np

import faces
import line_text
from faces import CAPITAL, CELL_HEIGHT, CELL_WIDTH

HEIGHT = 128
# An OCR-B capital is 2.5 mm high, its pitch 2.54 mm.
PITCH = CAPITAL * 2.54 / 2.5
# Distance of a field that has no ink.
NOWHERE = -8.0


@dataclass
class Print:
    """A printed line: grey canvas, and where the middle of each glyph is."""

    grey: np.ndarray
    glyphs: list
    pitch: float


def put(field, glyph, x, y, bolder=0.0):
    """Lays a glyph's field over the canvas with its middle at (x, y)."""
    height, width = glyph.shape
    left, top = round(x) - width // 2, round(y) - height // 2
    from_x, from_y = max(0, -left), max(0, -top)
    until_x, until_y = min(width, field.shape[1] - left), min(height, field.shape[0] - top)
    if from_x >= until_x or from_y >= until_y:
        return
    place = field[top + from_y : top + until_y, left + from_x : left + until_x]
    np.maximum(place, glyph[from_y:until_y, from_x:until_x] + bolder, out=place)


def bend(chance, odds, width):
    """How far the baseline leaves the straight, by place: a bent card or page."""
    if not odds.of("curve"):
        return lambda x: 0.0
    depth = chance.normal(0, 3.0)
    middle = chance.uniform(0, width)
    return lambda x: depth * ((x - middle) / (width / 2)) ** 2


def set_line(chance, field, face, text, places, y, jitter):
    """Sets a line and returns the middles of its glyphs."""
    glyphs = []
    for character, x in zip(text, places):
        if character == " ":
            continue
        dx, dy = chance.normal(0, jitter, 2)
        at = (round(x + dx), round(y(x) + dy))
        put(field, face.glyphs[character], *at, bolder=chance.normal(0, 0.12))
        # The reader wants the place in the pitch, not the glyph's own waver.
        glyphs.append((x, y(x), character))
    return glyphs


# How often a strip shows the inside of a line, its beginning, its end, or ground alone.
INSIDE, BEGINS, ENDS = 0.4, 0.28, 0.28
# Room before and behind a line on the canvas, in characters: two that the reader leaves and what the strip cuts off.
ROOMS = (3, 6)


def window(chance, count):
    """`count` characters out of a line; spaces where it has not begun or is over.

    The reader leaves two characters of ground at either end, and more where it grew a row that did not go on.
    """
    text, kind = line_text.line(chance), chance.random()
    ground = int(chance.integers(*ROOMS) if chance.random() < 0.6 else chance.integers(1, int(0.7 * count)))
    if kind < INSIDE:
        start = int(chance.integers(0, max(1, len(text) - count)))
        return text[start : start + count].ljust(count)
    if kind < INSIDE + BEGINS:
        return (" " * ground + text)[:count].ljust(count)
    if kind < INSIDE + BEGINS + ENDS:
        return (text + " " * ground)[-count:]
    return " " * count


def fill_with_prose(chance, field):
    """Ordinary print along the whole line."""
    x = chance.uniform(-60, 30)
    path = faces.PROSE[chance.integers(len(faces.PROSE))]
    while x < field.shape[1]:
        piece = faces.prose(path, line_text.words(chance))
        put(field, piece, x + piece.shape[1] / 2, HEIGHT / 2 + chance.normal(0, 1))
        x += piece.shape[1] + chance.uniform(10, 60)


def add_neighbours(chance, odds, field, face, places, y):
    """Other lines of the zone set closer than they should be, or other print."""
    if not odds.of("neighbours"):
        return
    for side in (-1, 1):
        if chance.random() < 0.6:
            away = side * CAPITAL * chance.uniform(1.4, 2.3)
            if chance.random() < 0.7:
                set_line(chance, field, face, window(chance, len(places)), places, lambda x: y(x) + away, 0.5)
            else:
                path = faces.PROSE[chance.integers(len(faces.PROSE))]
                piece = faces.prose(path, line_text.words(chance))
                put(field, piece, chance.uniform(0, field.shape[1]), HEIGHT / 2 + away)


def inked(chance, odds, field, stock):
    """Ink from distances: weight, unevenness and rough edges; 0 to 1."""
    shape = field.shape
    weight = chance.normal(0, 0.35)
    if odds.of("heavy_or_thin"):
        weight = chance.uniform(-1.3, 2.1)
    field += weight
    if odds.of("rough"):
        field += chance.uniform(0, 0.9) * stock.smooth(chance, shape, int(chance.integers(0, 3)))
        field += chance.uniform(0, 0.6) * stock.smooth(chance, shape, int(chance.integers(3, 5)))
    field *= 1 / chance.uniform(0.6, 1.8)
    field += 0.5
    return np.clip(field, 0, 1, out=field)


def wear(chance, odds, ink, stock):
    """Takes ink away: blotches, scratches, strips that did not print, dots."""
    if odds.of("worn"):
        blotches = stock.smooth(chance, ink.shape, int(chance.integers(1, 4))) > chance.uniform(0.7, 1.9)
        ink *= 1 - chance.uniform(0.4, 1) * blotches
        for _ in range(chance.integers(0, 4)):
            ends = [(int(chance.integers(0, ink.shape[1])), int(chance.integers(30, HEIGHT - 30))) for _ in range(2)]
            if chance.random() < 0.5:
                ends[1] = (ends[0][0] + int(chance.integers(-60, 60)), ends[1][1])
            cv2.line(ink, *ends, float(chance.uniform(0, 0.5)), int(chance.integers(1, 4)), cv2.LINE_AA)
    if odds.of("dots"):
        period = chance.uniform(2.2, 5.5)
        angle = chance.choice([0.0, np.pi / 4, chance.uniform(0, np.pi)])
        x = np.arange(ink.shape[1], dtype=np.float32)[None, :]
        y = np.arange(ink.shape[0], dtype=np.float32)[:, None]
        turn = 2 * np.pi / period
        dots = np.sin(turn * (x * np.cos(angle) + y * np.sin(angle)))
        if chance.random() < 0.7:
            dots = dots * np.sin(turn * (y * np.cos(angle) - x * np.sin(angle)))
        ink *= 1 - chance.uniform(0.2, 0.9) * (dots > chance.uniform(-0.2, 0.6))
    if chance.random() < 0.3:
        faded = np.clip(stock.smooth(chance, ink.shape, int(chance.integers(3, 5))), 0, 1)
        ink *= 1 - chance.uniform(0, 0.6) * faded


def add_edges(chance, grey, glyphs, pitch, stock):
    """Where a line begins or is over the document may be over too: paper, a table, a dark background goes on."""
    places = [x for x, _, _ in glyphs] or [chance.uniform(0, grey.shape[1])]
    for end, side in ((min(places), -1), (max(places), 1)):
        at = int(end + side * pitch * chance.uniform(0.7, 4))
        if chance.random() < 0.4 and 0 < at < grey.shape[1]:
            part = slice(0, at) if side < 0 else slice(at, grey.shape[1])
            beyond = chance.uniform(0, 255) if chance.random() < 0.6 else chance.uniform(230, 255)
            texture = stock.smooth(chance, grey.shape, int(chance.integers(5)))[:, part]
            grey[:, part] = beyond + chance.uniform(0, 20) * texture
            if chance.random() < 0.3:
                grey[:, at : at + int(chance.integers(1, 4))] -= chance.uniform(20, 120)


def painted(chance, odds, ink, stock):
    """Ink on its ground, grey 0 to 255."""
    paper = chance.uniform(110, 252)
    contrast = chance.uniform(70, 235)
    if odds.of("faint"):
        contrast = chance.uniform(22, 70)
    tone = max(chance.uniform(0, 25), paper - contrast)
    contrast = paper - tone
    if chance.random() < 0.03:
        paper, tone = tone, paper
    strength = min(26.0, 0.35 * contrast) * chance.random()
    ground = stock.ground(chance, ink.shape, strength) + paper
    through = chance.uniform(0, 0.5)
    return ground + ink * (tone + through * (ground - paper) - ground)


def printed(chance, odds, stock, width, held_out):
    """A line printed on a canvas at least `width` pitches wide; prose, which has no glyphs, now and then."""
    pitch = PITCH * chance.normal(1, 0.035)
    if chance.random() < 0.15:
        pitch = PITCH * chance.uniform(0.86, 1.22)
    count = int(np.ceil(width))
    field = np.full((HEIGHT, int(count * pitch)), NOWHERE, np.float32)
    glyphs = []
    if chance.random() < 0.02:
        fill_with_prose(chance, field)
    else:
        face = faces.any_face(chance, held_out)
        places = (np.arange(count) + chance.uniform(0, 1)) * pitch
        curve = bend(chance, odds, field.shape[1])
        y = lambda x: HEIGHT / 2 + curve(x)
        jitter = abs(chance.normal(0, 0.5))
        add_neighbours(chance, odds, field, face, places, y)
        glyphs = set_line(chance, field, face, window(chance, count), places, y, jitter)
    ink = inked(chance, odds, field, stock)
    wear(chance, odds, ink, stock)
    grey = painted(chance, odds, ink, stock)
    add_edges(chance, grey, glyphs, pitch, stock)
    return Print(grey, glyphs, pitch)
