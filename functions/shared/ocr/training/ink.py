"""Ink on paper: a distance field becomes print, wears and stands on its ground.

Never here: letters, cameras and scanners.
"""

import cv2
import numpy as np

# Height of a print canvas, pixels; capitals are 32 high.
HEIGHT = 128
# Distance of a field that has no ink.
NOWHERE = -8.0


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


def inked(chance, odds, field, stock, weights):
    """Ink from distances: weight within `weights`, unevenness and rough edges; 0 to 1."""
    shape = field.shape
    weight = chance.normal(0, 0.35)
    if odds.of("heavy_or_thin"):
        weight = chance.uniform(*weights)
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
