"""Makes the margins honest: `temperature.py net.onnx OUT.onnx`.

One number divides the logits, folded into the last layer, so that a character called
nine times as likely as the next is right nine times as often. It is fitted on strips of
the held-out faces that are not those `validate.py` reports.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx

import damage_class
import export
import validate

SEED = validate.SEED + 1
STRIPS_A_CLASS = 128
TEMPERATURES = np.exp(np.linspace(np.log(0.6), np.log(2.2), 14))


def surprise(path):
    """Mean negative log of what is given to the right class at its place, blank and floor counted."""
    net, losses = validate.session(path), []
    for name in damage_class.CLASSES:
        strips, labels = validate.strips_of(name, STRIPS_A_CLASS, SEED)
        grid = validate.posteriors(net, strips)
        losses += [-np.log(grid[row, right, point] + validate.FLOOR) for row, point, right in validate.glyphs(labels)]
    return float(np.mean(losses))


def main(source, target):
    best = (np.inf, 1.0)
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / "trial.onnx"
        for temperature in TEMPERATURES:
            onnx.save(export.cooled(source, temperature), trial)
            loss = surprise(trial)
            print(f"temperature {temperature:.3f}: {loss:.5f}", flush=True)
            best = min(best, (loss, float(temperature)))
    onnx.save(export.cooled(source, best[1]), target)
    print(f"{target}: temperature {best[1]:.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
