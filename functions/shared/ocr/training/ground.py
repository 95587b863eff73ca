"""What lies behind a line: paper, guilloche, the edge of a photo, scratches and strokes.

Drawing these costs more than reading them, so a shard of lines shares a few large sheets
and noise fields and takes another part of them, another way round, for each line.
"""

import cv2
import numpy as np

SHEET_HEIGHT, SHEET_WIDTH = 256, 1536


def waves(chance, x, y):
    """Guilloche: bent bands, sometimes sharp as engraved lines."""
    sheet = np.zeros_like(x)
    for _ in range(chance.integers(1, 5)):
        angle, period = chance.uniform(0, np.pi), chance.uniform(3, 60)
        bend = chance.uniform(0, 9) * np.sin(x / chance.uniform(8, 120) + y / chance.uniform(8, 120))
        wave = np.sin((x * np.cos(angle) + y * np.sin(angle) + bend) * 2 * np.pi / period)
        if chance.random() < 0.4:
            wave = (wave > chance.uniform(0.3, 0.9)).astype(np.float32)
        sheet += chance.uniform(0.1, 1) * wave
    return sheet


def strokes(chance, x):
    """Fine lines, letters' parts and scratches anywhere."""
    sheet = np.zeros_like(x)
    for _ in range(chance.integers(2, 14)):
        ends = [(int(chance.integers(0, SHEET_WIDTH)), int(chance.integers(-40, SHEET_HEIGHT + 40))) for _ in range(2)]
        if chance.random() < 0.5:
            ends[1] = (ends[0][0] + int(chance.integers(-90, 90)), ends[1][1])
        cv2.line(sheet, *ends, float(chance.uniform(-1, 1)), int(chance.integers(1, 5)), cv2.LINE_AA)
    return sheet


def cloud(chance, shape, cell):
    """Smooth noise of about unit variance with details of `cell` pixels."""
    height, width = (max(2, int(side / cell) + 2) for side in shape)
    small = chance.standard_normal((height, width)).astype(np.float32)
    return cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


class Stock:
    """Sheets and noise that the lines of one shard share."""

    def __init__(self, chance):
        y, x = np.mgrid[0:SHEET_HEIGHT, 0:SHEET_WIDTH].astype(np.float32)
        shape = x.shape
        self.sheets = [waves(chance, x, y) for _ in range(8)]
        self.sheets += [strokes(chance, x) for _ in range(4)]
        self.sheets += [cloud(chance, shape, chance.uniform(3, 40)) for _ in range(4)]
        self.clouds = [cloud(chance, shape, cell) for cell in (2, 4, 8, 20, 60)]
        self.grain = chance.standard_normal((1024, 2048)).astype(np.float32)

    def part(self, chance, sheet, shape):
        """Some part of a sheet, maybe mirrored, of a shape not larger than it."""
        top = chance.integers(0, sheet.shape[0] - shape[0] + 1)
        left = chance.integers(0, sheet.shape[1] - shape[1] + 1)
        part = sheet[top : top + shape[0], left : left + shape[1]]
        flip = chance.integers(4)
        return part[:: 1 - 2 * (flip & 1), :: 1 - (flip & 2)]

    def noise(self, chance, shape):
        """White noise of unit variance, of any shape."""
        if shape[0] <= 1024 and shape[1] <= 2048:
            return self.part(chance, self.grain, shape)
        return chance.standard_normal(shape).astype(np.float32)

    def smooth(self, chance, shape, kind):
        """Noise with details of 2, 4, 8, 20 or 60 pixels (`kind` 0 to 4)."""
        return self.part(chance, self.clouds[kind], shape)

    def ground(self, chance, shape, strength):
        """Something to print on, about zero on the mean."""
        ground = np.zeros(shape, np.float32)
        for _ in range(chance.integers(0, 4)):
            sheet = self.sheets[chance.integers(len(self.sheets))]
            ground += chance.uniform(0.1, 1) * strength * self.part(chance, sheet, shape)
        if chance.random() < 0.12:
            photo(chance, ground, self)
        return ground


def photo(chance, ground, stock):
    """The edge of a photo or of another panel runs through: another tone on one side."""
    height, width = ground.shape
    tone = chance.uniform(-70, 40) + 20 * stock.smooth(chance, ground.shape, 3)
    if chance.random() < 0.5:
        at = int(chance.integers(0, width))
        ground[:, at:] += tone[:, at:]
    else:
        at = int(height * (chance.uniform(0, 0.3) if chance.random() < 0.5 else chance.uniform(0.7, 1)))
        part = slice(0, at) if at < height / 2 else slice(at, height)
        ground[part] += tone[part]
