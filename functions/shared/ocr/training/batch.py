"""What the net is shown at a step: parts of strips out of the shards in use.

A batch follows from the seed and the number of its step alone.
"""

import numpy as np

import shards
import strip

SIZE = 64
# A part of each strip is shown, another one each time, pixels.
SHOWN = 256
# A shard is the newest for so many steps, and is used until so many newer ones are there.
SHARD_STEPS = 80
POOL = 20
# The first steps wait for so many shards only.
POOL_MIN = 4


def newest_at(step):
    """The newest shard that a step uses."""
    return step // SHARD_STEPS + POOL_MIN - 1


def oldest_at(step):
    """The oldest shard that a step uses."""
    return max(0, newest_at(step) - POOL + 1)


class Pool:
    """The shards in use; those no longer used are deleted."""

    def __init__(self, folder):
        self.folder, self.shards = folder, {}

    def at(self, step):
        oldest = oldest_at(step)
        for index in range(oldest, newest_at(step) + 1):
            if index not in self.shards:
                strips, labels = shards.read(self.folder, index)
                self.shards[index] = normalised(strips).astype(np.float16), labels
        for index in [index for index in self.shards if index < oldest]:
            del self.shards[index]
            shards.path_of(self.folder, index).unlink(missing_ok=True)
        return list(self.shards.values())


def normalised(strips):
    """Pixels less their mean, over their deviation plus 8, as `src/mrz/net.rs` does."""
    strips = strips.astype(np.float32)
    mean = strips.mean((1, 2), keepdims=True)
    deviation = strips.std((1, 2), keepdims=True)
    return (strips - mean) / (deviation + 8)


def place(chance):
    """The first column shown; often such that an end of the strip is shown as the reader sees it."""
    last = (strip.WIDTH - SHOWN) // strip.STRIDE
    kind = chance.integers(4)
    return (0, last, *chance.integers(last + 1, size=2))[kind]


def drawn(seed, step, pool):
    """The batch of a step: strips and the class of each of their columns."""
    chance = np.random.default_rng([seed, 1, step])
    x = np.empty((SIZE, strip.HEIGHT, SHOWN, 1), np.float32)
    y = np.empty((SIZE, SHOWN // strip.STRIDE), np.int32)
    for i in range(SIZE):
        strips, labels = pool[chance.integers(len(pool))]
        which = chance.integers(len(strips))
        column = place(chance)
        at = column * strip.STRIDE
        # A whole line has another mean and deviation than a part of it.
        part = strips[which, :, at : at + SHOWN].astype(np.float32)
        x[i, :, :, 0] = part * chance.uniform(0.75, 1.3) + chance.normal(0, 0.12)
        y[i] = labels[which, column : column + SHOWN // strip.STRIDE]
    return x, y
