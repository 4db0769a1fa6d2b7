"""What is applied to each number of a feature map by itself."""

from typing import Literal

import numpy as np

from cnnstudio.nn.geometry import Array

Activation = Literal["none", "relu", "leaky_relu", "tanh", "sigmoid"]
ACTIVATIONS: tuple[Activation, ...] = ("none", "relu", "leaky_relu", "tanh", "sigmoid")
LEAK = 0.01  # the slope of leaky ReLU below zero, as in Maas et al. (2013) and PyTorch


def activate(x: Array, activation: Activation) -> Array:
    """Apply `activation` to every number: any shape in, the same shape out."""
    if activation == "relu":
        return np.maximum(x, 0)
    if activation == "leaky_relu":
        return np.where(x > 0, x, x * LEAK)
    if activation == "tanh":
        return np.tanh(x)
    if activation == "sigmoid":
        return sigmoid(x)
    return x


def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(-x)), written so that no large number overflows."""
    small = np.exp(-np.abs(x))
    made: Array = np.where(x >= 0, 1, small) / (1 + small)
    return made
