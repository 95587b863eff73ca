"""A printed line on its canvas: glyphs set at a pitch, ink and what becomes of it.

The canvas is about twice as fine as what the net sees; where each glyph stands on it is
known, which is what the labels are made of.
Never here: cameras and scanners.
"""

from dataclasses import dataclass

import numpy as np

import faces
import line_text
from faces import CAPITAL
from ink import HEIGHT, NOWHERE, bend, inked, painted, put, wear

# An OCR-B capital is 2.5 mm high, its pitch 2.54 mm.
PITCH = CAPITAL * 2.54 / 2.5
# How much thinner or bolder strokes become, canvas pixels.
WEIGHTS = (-1.3, 2.1)


@dataclass
class Print:
    """A printed line: grey canvas, and where the middle of each glyph is."""

    grey: np.ndarray
    glyphs: list
    pitch: float
    # The smallest pitch that is asked of the net, page pixels.
    pitch_min: float = 5.5


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
    ink = inked(chance, odds, field, stock, WEIGHTS)
    wear(chance, odds, ink, stock)
    grey = painted(chance, odds, ink, stock)
    add_edges(chance, grey, glyphs, pitch, stock)
    return Print(grey, glyphs, pitch)
