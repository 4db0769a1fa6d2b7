"""Slide one filter over one picture: the cross-correlation every library calls convolution."""

import numpy as np

from cnnstudio.nn.geometry import Array, Axis, Pair

_BLOCK = 1 << 18  # numbers copied at a time, so that they stay in the processor's cache


def correlate(x: Array, weights: Array, stride: Pair = (1, 1), dilation: Pair = (1, 1)) -> Array:
    """Sum pixel times weight under every place of the window: (C, H, W) -> (H', W').

    The kernel is not turned, as everywhere in deep learning. Each row of the picture is copied
    once for every column of the kernel; after that a row of the map is one matrix product.

    Args:
        x: (C, H, W), padded already; its dtype is the one the sums are made in
        weights: (C, kH, kW)
        stride: how far the window moves down and across
        dilation: the distance between two neighbours in the window, down and across
    """
    channels, height, width = x.shape
    _, kernel_height, kernel_width = weights.shape
    down = Axis(height, kernel_height, stride[0], dilation=dilation[0])
    across = Axis(width, kernel_width, stride[1], dilation=dilation[1])
    out = np.zeros((down.output, across.output), x.dtype)
    if not out.size:
        return out
    by_row = np.ascontiguousarray(weights.transpose(1, 0, 2), x.dtype).reshape(kernel_height, -1)
    depth = channels * kernel_width
    block = max(1, _BLOCK // (depth * across.output * down.stride))
    for first in range(0, down.output, block):
        count = min(block, down.output - first)
        top = first * down.stride
        rows = x[:, top : top + (count - 1) * down.stride + down.extent]
        shifted = np.empty((rows.shape[1], channels, kernel_width, across.output), x.dtype)
        for tap in range(kernel_width):
            begin = tap * across.dilation
            end = begin + (across.output - 1) * across.stride + 1
            shifted[:, :, tap] = rows[:, :, begin : end : across.stride].transpose(1, 0, 2)
        flat = shifted.reshape(-1, depth, across.output)
        _add_rows(out[first : first + count], flat, by_row, down)
    return out


def _add_rows(out: Array, shifted: Array, by_row: Array, down: Axis) -> None:
    """Add up what each kernel row gives for the (n, W') rows of `out`."""
    count = len(out)
    if down.dilation == 1:  # neighbouring rows lie side by side: one product for all kernel rows
        step, inner, last = shifted.strides
        stacked = np.lib.stride_tricks.as_strided(
            shifted, (count, by_row.size, out.shape[1]), (step * down.stride, inner, last)
        )
        np.matmul(by_row.reshape(1, 1, -1), stacked, out=out[:, None])
        return
    for tap, weights in enumerate(by_row):
        begin = tap * down.dilation
        rows = shifted[begin : begin + (count - 1) * down.stride + 1 : down.stride]
        out += np.matmul(weights, rows)
