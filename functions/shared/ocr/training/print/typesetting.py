"""A printed line of text on its canvas: letters set in a face, and where each one stands.

The canvas is nearly twice as fine as what the net sees.
Never here: what the line says, cameras and scanners.
"""

from dataclasses import dataclass

import cv2
import numpy as np

import faces
import ink
import line_text
from faces import CAPITAL, CELL_WIDTH, PEN

# How much thinner or bolder strokes become, canvas pixels: hairlines must stay.
WEIGHTS = (-0.8, 1.9)
# Letters are about so wide; damage is measured in it.
LETTER = 0.75 * CAPITAL


@dataclass
class Print:
    """A printed line: grey canvas; left edge, right edge, height of the middle and character of each letter."""

    grey: np.ndarray
    glyphs: list
    pitch: float
    # The smallest pitch that is asked of the net, page pixels: capitals of five.
    pitch_min: float = 3.7


@dataclass
class Manner:
    """How a line is set: face, width of letters, space between them, which 3."""

    face: faces.Face
    stretch: float
    spacing: float
    flat_three: bool


def manner(chance, held_out):
    face = faces.any_face(chance, held_out)
    stretch = chance.uniform(0.78, 1.12) if chance.random() < 0.45 else 1.0
    spacing = chance.uniform(-0.03, 0.24) * CAPITAL if chance.random() < 0.3 else 0.0
    return Manner(face, stretch, spacing, "flat 3" in face.glyphs and chance.random() < 0.25)


def squeezed(glyph, stretch):
    if stretch == 1.0:
        return glyph.astype(np.float32)
    width = round(glyph.shape[1] * stretch / 2) * 2
    return cv2.resize(glyph.astype(np.float32), (width, glyph.shape[0]), interpolation=cv2.INTER_LINEAR)


def set_line(chance, field, how, text, pen, y):
    """Sets text from `pen` on and returns its letters; y gives the middle of capitals by place."""
    letters, even = [], chance.normal(0, 0.3)
    for character in text:
        advance = how.face.advances[character] * how.stretch + how.spacing
        if pen + advance > field.shape[1] + CAPITAL:
            break
        name = "flat 3" if character == "3" and how.flat_three else character
        if character != " ":
            middle = pen + (CELL_WIDTH / 2 - PEN) * how.stretch
            ink.put(field, squeezed(how.face.glyphs[name], how.stretch), middle, y(pen) + chance.normal(0, even * even), bolder=chance.normal(0, 0.08))
        letters.append((pen, pen + advance, y(pen), character))
        pen += advance
    return letters


def covered(face):
    """The characters of a face as text; the space always."""
    return "".join(character for character in face.advances if len(character) == 1)


# How often a strip shows the inside of a line, its beginning and its end together, or ground alone.
WHOLE, BEGINS, ENDS = 0.3, 0.25, 0.25


def placed(chance, how, width):
    """A piece of a line and where its pen starts, such that it begins, ends, does both or neither on the canvas."""
    text = line_text.line(chance, covered(how.face), int(1.6 * width / LETTER) + 8)
    margin, kind = chance.uniform(0.4, 1.1) * CAPITAL, chance.random()
    if kind < WHOLE:
        room, count, used = width - 2 * margin, 0, 0.0
        while count < len(text) and used + advance_of(how, text[count]) <= room:
            used += advance_of(how, text[count])
            count += 1
        if chance.random() < 0.5:
            count = int(chance.integers(1, max(2, count)))
        return text[:count].strip(), margin
    if kind < WHOLE + BEGINS:
        return text.lstrip(), margin
    if kind < WHOLE + BEGINS + ENDS:
        used, first = 0.0, len(text)
        text = text.rstrip()
        while first > 0 and used < width - margin:
            first -= 1
            used += advance_of(how, text[first]) if first < len(text) else 0.0
        return text[first:], width - margin - used
    return ("", 0.0) if chance.random() < 0.06 else (text, -chance.uniform(0, 1.5) * CAPITAL)


def advance_of(how, character):
    return how.face.advances[character] * how.stretch + how.spacing


def add_neighbours(chance, odds, field, how, y):
    """Lines above and below that stand close, and rules under the line."""
    if chance.random() < 0.06:
        at = int(ink.HEIGHT / 2 + CAPITAL * chance.uniform(0.72, 1.1))
        field[at : at + int(chance.integers(1, 4))] = 1.0
    if not odds.of("neighbours") and chance.random() > 0.25:
        return
    for side in (-1, 1):
        if chance.random() < 0.6:
            text = line_text.line(chance, covered(how.face), 24)
            away = side * CAPITAL * chance.uniform(1.5, 2.4)
            set_line(chance, field, how, text, chance.uniform(-40, 60), lambda x: y(x) + away)


def printed(chance, odds, stock, width, held_out):
    """A line printed on a canvas `width` pixels wide."""
    how = manner(chance, held_out)
    field = np.full((ink.HEIGHT, int(width)), ink.NOWHERE, np.float32)
    curve = ink.bend(chance, odds, field.shape[1])
    y = lambda x: ink.HEIGHT / 2 + 0.6 * curve(x)
    add_neighbours(chance, odds, field, how, y)
    text, pen = placed(chance, how, field.shape[1])
    letters = set_line(chance, field, how, text, pen, y)
    print_ = ink.inked(chance, odds, field, stock, WEIGHTS)
    ink.wear(chance, odds, print_, stock)
    return Print(ink.painted(chance, odds, print_, stock), letters, LETTER)
