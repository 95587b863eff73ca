"""What an exported net reads of faces it has never seen, per class of damage.

A letter counts as read when the class of most weight over its columns is the right one,
any allowed, case aside where capital and small letter look alike is not forgiven: the
reader, which knows what may stand where, does better.
`validate.py print.onnx...` prints them side by side, with the margins' honesty.
"""

import sys
from functools import lru_cache

import numpy as np
import onnxruntime

import damage_class
import strip
from alphabet import BLANK, CHARACTERS, CLASSES, UNKNOWN
from batch import normalised
from ground import Stock

SEED = 20_000_000
STRIPS_A_CLASS = 96
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
    """Probabilities of each class in each column of labels: strip, class, column."""
    x, name = normalised(strips)[:, None], net.get_inputs()[0].name
    logits = np.concatenate([net.run(None, {name: one[None]})[0][:, :, 0] for one in x])
    count, _, columns = logits.shape
    logits = logits.reshape(count, 2, CLASSES, columns).transpose(0, 2, 3, 1).reshape(count, CLASSES, 2 * columns)
    logits -= logits.max(1, keepdims=True)
    shares = np.exp(logits)
    return shares / shares.sum(1, keepdims=True)


def glyphs(labels):
    """Row, column of the middle, and class of each whole letter; spaces too."""
    for row, line in enumerate(labels):
        starts = np.flatnonzero(np.diff(line.astype(int))) + 1
        for first, last in zip([0, *starts], [*starts, len(line)]):
            if line[first] not in (BLANK, UNKNOWN):
                yield row, (first + last - 1) // 2, line[first]


def read(net, strips, labels):
    """For each letter: row, right class, class read, margin."""
    grid, out = posteriors(net, strips), []
    for row, column, right in glyphs(labels):
        shares = grid[row, :, column]
        best = 1 + shares[1:].argmax()
        second = np.delete(shares, best)[1:].max()
        out.append((row, right, best, max(0.0, np.log((shares[best] + FLOOR) / (second + FLOOR)))))
    return np.array(out)


def report(path, count=STRIPS_A_CLASS):
    """A table of letter errors and whole strips read, and the commonest mistakes."""
    net, lines, everything = session(path), [], []
    for name in damage_class.CLASSES:
        found = read(net, *strips_of(name, count))
        wrong = found[:, 1] != found[:, 2]
        whole = len(set(found[:, 0])) - len(set(found[wrong, 0]))
        lines.append(f"  {name:10} letters wrong {100 * wrong.mean():6.2f} %  strips whole {100 * whole / len(set(found[:, 0])):5.1f} %")
        everything.append(found)
    found = np.concatenate(everything)
    wrong = found[:, 1] != found[:, 2]
    lines.append(f"  all        letters wrong {100 * wrong.mean():6.2f} %  of {len(found)}")
    pairs = {}
    for _, right, best, _ in found[wrong]:
        pair = CHARACTERS[int(right) - 1] + ">" + CHARACTERS[int(best) - 1]
        pairs[pair] = pairs.get(pair, 0) + 1
    common = sorted(pairs.items(), key=lambda item: -item[1])[:32]
    lines.append("  " + " ".join(f"{pair} {count}" for pair, count in common))
    return "\n".join(lines)


def honesty(path, count=STRIPS_A_CLASS):
    """For each threshold on the margin: letters over it, and wrong ones among those."""
    net = session(path)
    found = np.concatenate([read(net, *strips_of(name, count)) for name in damage_class.CLASSES])
    wrong, lines = found[:, 1] != found[:, 2], []
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
