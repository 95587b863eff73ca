"""Weights between Keras and the ONNX file that the reader loads.

What is written are the means of the weights over the last steps, with each
normalisation folded into the convolution before it and each convolution written as a
product of matrices; what is read is unfolded again.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from alphabet import CLASSES
from model import BLOCK_STEPS, COLUMN_LABELS, FILTERS, NORM_FROM
from strip import HEIGHT

NORMED = [f"conv{i + 1}" for i in range(NORM_FROM, len(FILTERS))] + ["row"]
NORMED += [f"block{i + 1}" for i in range(len(BLOCK_STEPS))]
PLAIN = [f"conv{i + 1}" for i in range(NORM_FROM)] + ["classes"]
# To the end of an axis.
END = np.iinfo(np.int32).max


def means(net, optimizer):
    """Each variable by layer and name, trainable ones as their moving mean."""
    moving = dict(zip([id(v) for v in optimizer._trainable_variables], optimizer._model_variables_moving_average))
    return {
        (layer.name, variable.name): moving.get(id(variable), variable).numpy()
        for layer in net.layers
        for variable in layer.variables
    }


def folded(values):
    """Kernel and bias of each convolution, normalisation folded in."""
    out = {name: (values[name, "kernel"], values[name, "bias"]) for name in PLAIN}
    for name in NORMED:
        norm = f"{name}_norm"
        scale = values[norm, "gamma"] / np.sqrt(values[norm, "moving_variance"] + 1e-3)
        bias = values[norm, "beta"] - values[norm, "moving_mean"] * scale
        out[name] = (values[name, "kernel"] * scale, bias)
    return out


class Graph:
    """An ONNX graph in the making."""

    def __init__(self, weights):
        self.weights, self.nodes, self.tensors = weights, [], []

    def node(self, operator, inputs, name, **attributes):
        self.nodes.append(helper.make_node(operator, inputs, [name], **attributes))
        return name

    def numbers(self, name, values):
        self.tensors.append(numpy_helper.from_array(np.array(values, np.int64), name))
        return name

    def conv(self, x, name, around=(0, 0), dilation=1):
        """A convolution as a product: what a place sees, by row, column and channel, times each filter.

        The engine that reads picks each pixel that a place sees by itself, which takes longer than to multiply
        them all. Shifted copies of the whole, one upon the other, say the same and are made in half the time.
        """
        kernel, bias = self.weights[name]
        rows, columns, _, filters = kernel.shape
        matrix = kernel.reshape(-1, filters).T.reshape(filters, -1, 1, 1)
        self.tensors.append(numpy_helper.from_array(np.ascontiguousarray(matrix, np.float32), f"{name}.w"))
        self.tensors.append(numpy_helper.from_array(bias.astype(np.float32), f"{name}.b"))
        if any(around):
            x = self.node("Pad", [x, self.numbers(f"{name}.pads", 2 * [0, 0, *around])], f"{name}.padded")
        shifts = [(row, column * dilation) for row in range(rows) for column in range(columns)]
        if len(shifts) > 1:
            seen = [self.shifted(x, f"{name}.{row}.{column}", (row, column), shifts[-1]) for row, column in shifts]
            x = self.node("Concat", seen, f"{name}.seen", axis=1)
        return self.node("Conv", [x, f"{name}.w", f"{name}.b"], name, kernel_shape=[1, 1])

    def shifted(self, x, name, shift, most):
        """The part of an image that begins at a shift, as large as what begins at the widest one."""
        starts = self.numbers(f"{name}.from", shift)
        ends = self.numbers(f"{name}.to", [at - widest or END for at, widest in zip(shift, most)])
        return self.node("Slice", [x, starts, ends, self.numbers(f"{name}.axes", [2, 3])], name)

    def relu(self, x):
        return self.node("Relu", [x], f"{x}.r")

    def pool(self, x, name, sides):
        return self.node("MaxPool", [x], name, kernel_shape=sides, strides=sides)

    def add(self, a, b, name):
        return self.node("Add", [a, b], name)


def onnx_model(weights):
    """The net as the reader wants it: [1, 1, height, w] to [1, labels of a column, 1, w / 4]."""
    graph = Graph(weights)
    x = "x"
    for i, pool in enumerate(((2, 2), (2, 2), (2, 1), None)):
        x = graph.conv(x, f"conv{i + 1}", around=(1, 1))
        # The largest of a pool is cut off at 0 as each of its pixels would be.
        x = graph.relu(graph.pool(x, f"pool{i + 1}", list(pool)) if pool else x)
    x = graph.relu(graph.conv(x, "row"))
    for i, step in enumerate(BLOCK_STEPS):
        block = graph.relu(graph.conv(x, f"block{i + 1}", around=(0, 2 * step), dilation=step))
        x = graph.add(x, block, f"sum{i + 1}")
    x = graph.conv(x, "classes")
    strips = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 1, HEIGHT, "w"])
    logits = helper.make_tensor_value_info(x, TensorProto.FLOAT, ["n", COLUMN_LABELS * CLASSES, 1, "f"])
    model = helper.make_model(
        helper.make_graph(graph.nodes, "line", [strips], [logits], graph.tensors),
        opset_imports=[helper.make_opsetid("", 13)],
    )
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def save(net, optimizer, path):
    """Writes the net as it stands."""
    onnx.save(onnx_model(folded(means(net, optimizer))), path)


def cooled(path, temperature):
    """Divides the logits by a temperature, in the last layer's weights."""
    model = onnx.load(path)
    for tensor in model.graph.initializer:
        if tensor.name in ("classes.w", "classes.b"):
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor) / np.float32(temperature), tensor.name))
    return model


def load(net, optimizer, path, strips):
    """Starts a net from an ONNX file; `strips` show what each normalisation has to undo."""
    import keras

    read = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(path).graph.initializer}

    def kernel(layer):
        matrix = read[f"{layer.name}.w"]
        return matrix.reshape(len(matrix), -1).T.reshape(layer.kernel.shape)

    for name in PLAIN:
        layer = net.get_layer(name)
        layer.set_weights([kernel(layer), read[f"{name}.b"]])
    for name in NORMED:
        layer = net.get_layer(name)
        layer.set_weights([kernel(layer)])
        seen = np.array(keras.Model(net.input, layer.output)(strips, training=False), np.float32)
        mean, variance = seen.mean((0, 1, 2)), seen.var((0, 1, 2))
        gamma = np.sqrt(variance + 1e-3)
        net.get_layer(f"{name}_norm").set_weights([gamma, read[f"{name}.b"] + mean, mean, variance])
    if optimizer is not None:
        # The moving means start where the weights do.
        for variable, mean in zip(optimizer._trainable_variables, optimizer._model_variables_moving_average):
            mean.assign(variable)
