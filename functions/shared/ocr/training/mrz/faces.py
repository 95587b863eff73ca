"""Glyphs as distances to their outline, so that one face gives every stroke weight.

A glyph is kept as a signed distance field: positive inside the stroke, in pixels of
the print canvas. Adding a constant makes the stroke bolder or thinner with round
corners, as ink does; adding noise makes it worn.

Held out of training for ever, so that what is reported is measured on faces the net has
never seen: OCRBS (sharp corners) and OCRBL (slanted).
"""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from alphabet import CHARACTERS

# Height of a capital on the print canvas, pixels.
CAPITAL = 32
# The cell a glyph is drawn in, pixels; its middle is the middle of the capital's box.
CELL_WIDTH, CELL_HEIGHT = 56, 64
# Drawn so much larger before distances are measured.
FINE = 4

OCR_B = "/usr/share/fonts/opentype/ocr-b/OCRB.otf"
HELD_OUT = (
    "/usr/share/fonts/opentype/ocr-b/OCRBS.otf",
    "/usr/share/fonts/opentype/ocr-b/OCRBL.otf",
)
# What issuers without OCR-B print zones with.
OTHERS = (
    "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationMono-Bold.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansMono-Regular.ttf",
    "/usr/share/fonts/opentype/urw-base35/NimbusMonoPS-Bold.otf",
)
# Ordinary print that stands on documents too and is no zone.
PROSE = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
)
# How often a line is set in another face than OCR-B.
OTHERS_SHARE = 0.08


@dataclass(frozen=True)
class Face:
    """Every character of one face as a distance field."""

    glyphs: dict


def distances(mask):
    """Signed distance to the edge of a fine 0/255 mask, in canvas pixels and at canvas size."""
    ink = (mask > 127).astype(np.uint8)
    inside = cv2.distanceTransform(ink, cv2.DIST_L2, 5)
    outside = cv2.distanceTransform(1 - ink, cv2.DIST_L2, 5)
    field = (inside - outside) / FINE
    return cv2.resize(field, None, fx=1 / FINE, fy=1 / FINE, interpolation=cv2.INTER_AREA)


def font_of(path, capital):
    """The font at the size whose H is `capital` pixels high."""
    trial = ImageFont.truetype(path, 1000)
    _, top, _, bottom = trial.getbbox("H")
    return ImageFont.truetype(path, round(1000 * capital / (bottom - top)))


@lru_cache(maxsize=None)
def face(path):
    """The face in a font file: each character in the middle of its own advance."""
    font = font_of(path, CAPITAL * FINE)
    _, top, _, bottom = font.getbbox("H")
    glyphs = {}
    for character in CHARACTERS:
        cell = Image.new("L", (CELL_WIDTH * FINE, CELL_HEIGHT * FINE), 0)
        left = (CELL_WIDTH * FINE - font.getlength(character)) / 2
        above = CELL_HEIGHT * FINE / 2 - (top + bottom) / 2
        ImageDraw.Draw(cell).text((left, above), character, fill=255, font=font)
        glyphs[character] = distances(np.array(cell)).astype(np.float32)
    return Face(glyphs)


@lru_cache(maxsize=256)
def prose(path, text):
    """A piece of ordinary print as a distance field."""
    font = font_of(path, CAPITAL * FINE)
    _, top, _, bottom = font.getbbox("H")
    width = int(font.getlength(text)) + 8 * FINE
    piece = Image.new("L", (width, CELL_HEIGHT * FINE), 0)
    above = CELL_HEIGHT * FINE / 2 - (top + bottom) / 2
    ImageDraw.Draw(piece).text((4 * FINE, above), text, fill=255, font=font)
    return distances(np.array(piece)).astype(np.float32)


def any_face(chance, held_out):
    """A face for a line: one of those held out, or one to train on."""
    if held_out:
        return face(HELD_OUT[chance.integers(len(HELD_OUT))])
    if chance.random() < OTHERS_SHARE:
        return face(OTHERS[chance.integers(len(OTHERS))])
    return face(OCR_B)
