"""What an exported net reads of faces it has never seen, per class of damage.

A glyph counts as read when the likeliest character at its place, as the reader smooths
its columns, is the right one, any of the 37 allowed: so these figures are worse than the
reader's own, which knows what may stand where and has two looks.
`validate.py mrz.onnx...` prints them side by side, with the margins' honesty.
"""

import sys
from functools import lru_cache

import numpy as np
import onnxruntime

import damage_class
import strip
from alphabet import BLANK, CHARACTERS, UNKNOWN
from batch import normalised
from ground import Stock

SEED = 20_000_000
STRIPS_A_CLASS = 192
# The reader's own floor of probabilities (`src/mrz/decode.rs`).
FLOOR = 1e-3


@lru_cache(maxsize=None)
def strips_of(name, count, seed=SEED):
    """Strips of a class of damage in held-out faces."""
    chance = np.random.default_rng([seed, list(damage_class.CLASSES).index(name)])
    stock = Stock(chance)
    made = [strip.sample(chance, stock, name, held_out=True) for _ in range(count)]
    return np.stack([m[0] for m in made]), np.stack([m[1] for m in made])


def session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def posteriors(net, strips):
    """Probabilities on half columns, smoothed over three of them (`src/mrz/posterior.rs`)."""
    x, name = normalised(strips)[:, None], net.get_inputs()[0].name
    logits = np.concatenate([net.run(None, {name: one[None]})[0][:, :, 0] for one in x])
    logits -= logits.max(1, keepdims=True)
    shares = np.exp(logits)
    shares /= shares.sum(1, keepdims=True)
    fine = np.empty((*shares.shape[:2], 2 * shares.shape[2] - 1), np.float32)
    fine[..., ::2] = shares
    fine[..., 1::2] = (shares[..., 1:] + shares[..., :-1]) / 2
    padded = np.pad(fine, ((0, 0), (0, 0), (1, 1)), mode="edge")
    return (padded[..., 2:] + padded[..., 1:-1] + padded[..., :-2]) / 3


def glyphs(labels):
    """Row, half column of the middle, and class of each whole glyph."""
    for row, line in enumerate(labels):
        starts = np.flatnonzero(np.diff(line.astype(int))) + 1
        for first, last in zip([0, *starts], [*starts, len(line)]):
            if line[first] not in (BLANK, UNKNOWN):
                yield row, first + last - 1, line[first]


def read(net, strips, labels):
    """For each glyph: row, right class, class read, margin."""
    grid = posteriors(net, strips)
    out = []
    for row, point, right in glyphs(labels):
        shares = grid[row, :, point]
        best = 1 + shares[1:].argmax()
        second = np.delete(shares, best).max()
        margin = max(0.0, np.log((shares[best] + FLOOR) / (second + FLOOR)))
        out.append((row, right, best, margin))
    return np.array(out)


def report(path, count=STRIPS_A_CLASS):
    """A table of glyph errors and whole strips read, and the commonest mistakes."""
    net, lines, everything = session(path), [], []
    for name in damage_class.CLASSES:
        strips, labels = strips_of(name, count)
        found = read(net, strips, labels)
        wrong = found[:, 1] != found[:, 2]
        whole = len(set(found[:, 0])) - len(set(found[wrong, 0]))
        lines.append(f"  {name:10} glyphs wrong {100 * wrong.mean():6.2f} %  strips whole {100 * whole / len(set(found[:, 0])):5.1f} %")
        everything.append(found)
    found = np.concatenate(everything)
    wrong = found[:, 1] != found[:, 2]
    lines.append(f"  all        glyphs wrong {100 * wrong.mean():6.2f} %  of {len(found)}")
    pairs = {}
    for _, right, best, _ in found[wrong]:
        pair = CHARACTERS[int(right) - 1] + ">" + CHARACTERS[int(best) - 1]
        pairs[pair] = pairs.get(pair, 0) + 1
    common = sorted(pairs.items(), key=lambda item: -item[1])[:24]
    lines.append("  " + " ".join(f"{pair} {count}" for pair, count in common))
    return "\n".join(lines)


def honesty(path, count=STRIPS_A_CLASS):
    """For each threshold on the margin: glyphs over it, and wrong ones among those."""
    net = session(path)
    found = np.concatenate([read(net, *strips_of(name, count)) for name in damage_class.CLASSES])
    wrong = found[:, 1] != found[:, 2]
    lines = []
    for threshold in np.arange(0, 6.6, 0.5):
        over = found[:, 3] >= threshold
        lines.append(
            f"  margin >= {threshold:3.1f}: {100 * over.mean():6.2f} % accepted, {int((wrong & over).sum()):5} wrong "
            f"of {int(over.sum())} ({100 * (wrong & over).sum() / max(1, over.sum()):.4f} %)"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    for path in sys.argv[1:]:
        print(path + "\n" + report(path) + "\n" + honesty(path))
