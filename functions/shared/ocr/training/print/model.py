"""The net: convolutions down to one row of columns, then blocks that look to either side.

A column is four pixels wide and says two labels, its left half and its right one. Batch
normalisation is for training only: export folds it into the convolutions before it.
"""

import keras
from keras import layers

from alphabet import CLASSES

# Filters of the four convolutions that see the strip's height.
FILTERS = (20, 36, 56, 80)
# The first convolutions have most pixels and gain least from normalisation: they do without.
NORM_FROM = 2
# Filters of the single row that is left, and how far apart each block's five columns are.
ROW_FILTERS = 144
BLOCK_STEPS = (1, 2, 3, 1)
# Labels that one column says.
COLUMN_LABELS = 2


def convolved(x, name, filters, kernel, padding="same", dilation=1, normed=True):
    """Convolution, normalisation, ReLU."""
    x = layers.Conv2D(
        filters, kernel, padding=padding, dilation_rate=(1, dilation), use_bias=not normed,
        kernel_initializer="he_normal", name=name,
    )(x)  # fmt: skip
    if normed:
        x = layers.BatchNormalization(momentum=0.99, epsilon=1e-3, name=f"{name}_norm")(x)
    return layers.ReLU(name=f"{name}_relu")(x)


def net():
    """Input: batch, 32, width, 1; output: logits of batch, 1, width / 2, classes."""
    x = strips = keras.Input((32, None, 1))
    pools = ((2, 2), (2, 2), (2, 1), None)
    for i, (filters, pool) in enumerate(zip(FILTERS, pools)):
        x = convolved(x, f"conv{i + 1}", filters, (3, 3), normed=i >= NORM_FROM)
        if pool:
            x = layers.MaxPooling2D(pool, name=f"pool{i + 1}")(x)
    x = convolved(x, "row", ROW_FILTERS, (4, 1), padding="valid")
    for i, step in enumerate(BLOCK_STEPS):
        x = layers.Add(name=f"sum{i + 1}")([x, convolved(x, f"block{i + 1}", ROW_FILTERS, (1, 5), dilation=step)])
    # The loss wants all its digits, whatever the rest is computed in.
    logits = layers.Conv2D(COLUMN_LABELS * CLASSES, 1, dtype="float32", name="classes")(x)
    return keras.Model(strips, layers.Reshape((1, -1, CLASSES), dtype="float32")(logits))
