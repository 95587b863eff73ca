"""A strip as `src/print/strip.rs` cuts it, with the mistakes it makes, and its labels.

The reader cuts strips 32 pixels high: capitals 18, the baseline at 25. Heights come from
boxes of ink, so they are off by some; the line may lie off its place, tilted or slanted.
"""

import numpy as np

import camera_damage
import faces
import typesetting
from alphabet import BLANK, UNKNOWN, class_of
from damage_class import Odds, any_class

HEIGHT = 32
WIDTH = 320
# Pixels of a column of labels.
STRIDE = 2
CAPITAL, MIDDLE = 18.0, 16.0
# Share of a letter's width to either side of its middle that is labelled with it, and the
# least of it in pixels; the rest of the letter is not learned from, its edges are blank.
HALF_LABEL, HALF_LABEL_MIN = 0.24, 1.05
# A strip with less contrast than this shows nothing that could be learned, grey levels.
DEVIATION_MIN = 3.0


def look(chance, odds):
    """Height and width of what a capital becomes, as shares of what it should."""
    if odds.of("astray"):
        return chance.uniform(0.7, 1.3), chance.uniform(0.75, 1.25)
    tall = chance.normal(1.0, 0.06)
    return tall, tall * chance.normal(1.0, 0.06)


def to_print(chance, odds, tall, wide, shape):
    """The map from strip to print canvas that the reader believes in."""
    down, across = faces.CAPITAL / (CAPITAL * tall), faces.CAPITAL / (CAPITAL * wide)
    off, tilt = chance.normal(0, 0.9), chance.normal(0, 0.005)
    slant, narrowing = chance.normal(0, 0.04), 0.0
    if odds.of("astray"):
        off, tilt = chance.uniform(-4, 4), chance.uniform(-0.02, 0.02)
        slant, narrowing = chance.uniform(-0.25, 0.25), chance.normal(0, 0.1) / WIDTH
    elif odds.of("perspective"):
        slant, narrowing = chance.normal(0, 0.08), chance.normal(0, 0.04) / WIDTH
    height, width = shape
    middle = np.array([[1, 0, -(WIDTH - 1) / 2], [0, 1, -MIDDLE], [0, 0, 1.0]])
    errors = np.array([[across, across * slant, 0], [down * tilt, down, down * off], [narrowing, 0, 1.0]])
    back = np.array([[1, 0, width / 2], [0, 1, height / 2], [0, 0, 1.0]])
    return back @ errors @ middle


def labels(letters, from_print):
    """The class of each column: a letter's around its middle, blank at its edges, unknown between."""
    out = np.full(WIDTH // STRIDE, BLANK, np.uint8)
    middles = STRIDE * np.arange(len(out)) + (STRIDE - 1) / 2
    spans = []
    for left, right, y, character in letters:
        ends = from_print @ np.array([[left, right], [y, y], [1, 1.0]])
        spans.append((*(ends[0] / ends[2]), character))
    for left, right, _ in spans:
        out[(middles > left) & (middles < right)] = UNKNOWN
    for left, right, character in spans:
        if left < -0.5 or right > WIDTH + 0.5:
            out[(middles >= left - 1) & (middles <= right + 1)] = UNKNOWN
            continue
        half, middle = max(HALF_LABEL * (right - left), HALF_LABEL_MIN), (left + right) / 2
        out[np.abs(middles - middle) <= half] = class_of(character)
        for edge in (left, right):
            column = int(edge / STRIDE)
            if 0 <= column < len(out) and abs(middles[column] - middle) > half:
                out[column] = BLANK
    return out


def attempt(chance, stock, name, held_out):
    odds = Odds(chance, name or any_class(chance))
    tall, wide = look(chance, odds)
    width = 1.1 * WIDTH * faces.CAPITAL / (CAPITAL * wide)
    line = typesetting.printed(chance, odds, stock, width, held_out)
    page = camera_damage.photographed(chance, odds, stock, line)
    view = to_print(chance, odds, tall, wide, line.grey.shape)
    strip = camera_damage.sampled(page, page.from_print @ view, WIDTH, HEIGHT)
    return strip, labels(line.glyphs, np.linalg.inv(view))


def sample(chance, stock, name=None, held_out=False):
    """One strip of a class of damage (any, to train on) and its labels."""
    while True:
        strip, label = attempt(chance, stock, name, held_out)
        if strip.std() > DEVIATION_MIN:
            return strip, label
