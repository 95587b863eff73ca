"""Weights between Keras and the ONNX file that the reader loads.

What is written are the means of the weights over the last steps, with each
normalisation folded into the convolution before it; what is read is unfolded again.
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

    def conv(self, x, name, pads, dilation=1, relu=True):
        kernel, bias = self.weights[name]
        self.tensors.append(numpy_helper.from_array(np.ascontiguousarray(kernel.transpose(3, 2, 0, 1), np.float32), f"{name}.w"))
        self.tensors.append(numpy_helper.from_array(bias.astype(np.float32), f"{name}.b"))
        self.nodes.append(
            helper.make_node(
                "Conv", [x, f"{name}.w", f"{name}.b"], [name],
                kernel_shape=list(kernel.shape[:2]), pads=pads, dilations=[1, dilation],
            )  # fmt: skip
        )
        if not relu:
            return name
        self.nodes.append(helper.make_node("Relu", [name], [f"{name}.r"]))
        return f"{name}.r"

    def pool(self, x, name, sides):
        self.nodes.append(helper.make_node("MaxPool", [x], [name], kernel_shape=sides, strides=sides))
        return name

    def add(self, a, b, name):
        self.nodes.append(helper.make_node("Add", [a, b], [name]))
        return name


def onnx_model(weights):
    """The net as the reader wants it: [1, 1, height, w] to [1, labels of a column, 1, w / 4]."""
    graph = Graph(weights)
    x = "x"
    for i, pool in enumerate(((2, 2), (2, 2), (2, 1), None)):
        x = graph.conv(x, f"conv{i + 1}", [1, 1, 1, 1])
        x = graph.pool(x, f"pool{i + 1}", list(pool)) if pool else x
    x = graph.conv(x, "row", [0, 0, 0, 0])
    for i, step in enumerate(BLOCK_STEPS):
        block = graph.conv(x, f"block{i + 1}", [0, 2 * step, 0, 2 * step], dilation=step)
        x = graph.add(x, block, f"sum{i + 1}")
    x = graph.conv(x, "classes", [0, 0, 0, 0], relu=False)
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
    for name in PLAIN:
        net.get_layer(name).set_weights([read[f"{name}.w"].transpose(2, 3, 1, 0), read[f"{name}.b"]])
    for name in NORMED:
        layer = net.get_layer(name)
        layer.set_weights([read[f"{name}.w"].transpose(2, 3, 1, 0)])
        seen = np.array(keras.Model(net.input, layer.output)(strips, training=False), np.float32)
        mean, variance = seen.mean((0, 1, 2)), seen.var((0, 1, 2))
        gamma = np.sqrt(variance + 1e-3)
        net.get_layer(f"{name}_norm").set_weights([gamma, read[f"{name}.b"] + mean, mean, variance])
    if optimizer is not None:
        # The moving means start where the weights do.
        for variable, mean in zip(optimizer._trainable_variables, optimizer._model_variables_moving_average):
            mean.assign(variable)
