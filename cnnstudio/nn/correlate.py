"""Slide one filter over one picture: the cross-correlation every library calls convolution.

The sums are matrix products, by the technique called im2col ("picture to columns": K. Chellapilla,
S. Puri, P. Simard, High Performance Convolutional Neural Networks for Document Processing, 2006),
with two changes that save copying and fetching:

- A row of the picture is copied once for each *column* of the kernel, begun one number later each
  time. What one row of the map is made of then lies below each other, and what the next row is
  made of begins a few lines further down: nothing is copied again for each row of the kernel.

      row y      p0 p1 p2 p3 ..    under the first column of the kernel
                 p1 p2 p3 p4 ..    under the second
      row y + 1  q0 q1 q2 q3 ..      a 2x2 kernel makes row y of the map of the first four lines
                 q1 q2 q3 q4 ..      and row y + 1 of lines three to six
      row y + 2  r0 r1 r2 r3 ..

- Where it pays, one product makes four rows of the map at once. Its weights are the kernel's four
  times, each time a row of the picture further on, with zeros between: a banded Toeplitz matrix.

      w00 w01 w10 w11  0   0       Multiplying the zeros is wasted, but a number that was fetched
       0   0  w00 w01 w10 w11      serves four rows.
"""

import threading
from functools import lru_cache
from math import inf, prod
from time import perf_counter
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from cnnstudio.nn.geometry import Array, Axis, Pair

_BLOCK = 1 << 17  # numbers copied at a time: half a megabyte or one, to stay in the L2 cache
_NEAR = 52 << 10  # bytes fetched for a row of the map: about what the L1 cache holds
_NARROWEST = 64  # columns of the map; with fewer, calling a product takes longer than making it
_EVEN = 32  # columns are made in multiples of that: a few registers full
_BAND = 4  # rows of the map that one product makes, where that pays
_LINE = 64  # bytes of a line of the cache


def correlate(
    x: NDArray[Any],
    weights: Array,
    stride: Pair = (1, 1),
    dilation: Pair = (1, 1),
    out: Array | None = None,
) -> Array:
    """Sum pixel times weight under every place of the window: (C, H, W) -> (H', W').

    The kernel is not turned, as everywhere in deep learning. Sums of whole numbers are exact while
    they stay below 2^24 in float32, 2^53 in float64. All numbers have to be finite: some are
    multiplied by 0, and infinity times 0 is not a number.

    Beside the map it takes a few megabytes, whatever the picture's size: a picture of bytes is
    converted a block at a time. Several threads may be in here at once.

    Args:
        x: (C, H, W), padded already; any type of real numbers, any order in memory
        weights: (C, kH, kW); the sums are made in their type, float32 or float64, else in float64
        stride: how far the window moves down and across
        dilation: the distance between two neighbours in the window, down and across
        out: (H', W') of that type to write to, apart from x; numbers in a row are neighbours

    Raises:
        ValueError: the channels are not as many, or `out` is not of the map's shape and type
    """
    if len(x) != len(weights):
        raise ValueError(f"{len(weights)} channels of weights do not fit {len(x)} of the picture")
    dtype = weights.dtype if weights.dtype in (np.float32, np.float64) else np.dtype(np.float64)
    down = Axis(x.shape[1], weights.shape[1], stride[0], dilation=dilation[0])
    across = Axis(x.shape[2], weights.shape[2], stride[1], dilation=dilation[1])
    shape = (down.output, across.output)
    if out is None:
        out = np.empty(shape, dtype)
    elif out.shape != shape or out.dtype != dtype:
        raise ValueError(f"the map is {shape} of {dtype}, but out is {out.shape} of {out.dtype}")
    if not out.size:
        return out
    if weights.size == 1:
        pixels, weight = x[0, :: stride[0], :: stride[1]], weights.astype(dtype)[0, 0, 0]
        np.multiply(pixels, weight, out=out, dtype=dtype, casting="same_kind")
        return out
    by_row = np.ascontiguousarray(weights.transpose(1, 0, 2), dtype)
    # With dilation 2 a window sees every other row, and in the picture of these rows alone it has
    # no gaps. So each row of the map belongs to one of a few pictures without dilation down.
    for first in range(min(dilation[0], down.output)):
        rows = x[:, first * stride[0] :: dilation[0]]
        _slide(rows, by_row, stride[0], across, out[first :: dilation[0]])
    return out


def _slide(x: NDArray[Any], weights: Array, step: int, across: Axis, out: Array) -> None:
    """Correlate with weights (kH, C, kW) that move `step` rows down: (C, H, W) -> (H', W').

    Four rows at once are made where that at most doubles the products, and is quicker here at all.
    Only so many columns are made at once that what a row is made of stays in the nearest cache.
    """
    plane, row, number = x.strides
    if step > len(weights):  # windows do not touch: what lies between them is not even copied
        seen = len(x), len(out), len(weights), x.shape[2]
        groups = as_strided(x, seen, (plane, step * row, row, number), writeable=False)
        step, weights = 1, weights[np.newaxis]
    else:
        groups, weights = x[:, :, np.newaxis], weights[:, np.newaxis]
    reach = step * (_BAND - 1) + len(weights)
    banded = reach <= 2 * len(weights) and _bands_pay(weights.dtype)
    bands = _bands(weights, step, _BAND if banded else 1)
    most = max(_NARROWEST, _NEAR * len(bands) // bands[0].nbytes // _EVEN * _EVEN)
    tiles = -(-out.shape[1] // most)
    width = _rounded_up(-(-out.shape[1] // tiles), _EVEN)
    for left in range(0, out.shape[1], width):
        columns = out[:, left : left + width]
        begin = left * across.stride
        end = begin + (columns.shape[1] - 1) * across.stride + across.extent
        _sweep(groups[..., begin:end], bands, step, across, columns)


def _bands(weights: Array, step: int, rows: int) -> Array:
    """Lay out the weights for several rows of the map: (kH, ...) -> (rows, all they reach)."""
    height, *rest = weights.shape
    made = np.zeros((rows, step * (rows - 1) + height, *rest), weights.dtype)
    for row, band in enumerate(made):
        band[row * step : row * step + height] = weights
    return made.reshape(rows, -1)


def _sweep(x: NDArray[Any], bands: Array, step: int, across: Axis, out: Array) -> None:
    """Make some columns of the map, a block of rows after the other.

    Args:
        x: (C, N, G, W), what these columns see of the picture, in N groups of G rows
        bands: (rows, reach * G * C * kW), the weights of one product, which reads `reach` groups
        step: how many groups further down the window of the next row of the map is
        across: how the window moves across, and how wide the kernel is
        out: (H', W'), the columns to make
    """
    rows, length = bands.shape
    count, width = out.shape
    channels, _, group, pixels = x.shape
    depth = group * channels * across.kernel_size  # lines to copy for each group
    height = length // depth - step * (rows - 1)  # of a window, in groups
    pitch = _rounded_up(width, _LINE // 4)  # so that each line begins a line of the cache
    block = max(1, _BLOCK // (depth * pitch * step * rows)) * rows  # rows of the map
    block = min(block, _rounded_up(count, rows))
    most = step * (block - 1) + height  # groups that they see
    lines = _lines.numbers((most, group, channels, across.kernel_size, pitch), bands.dtype)
    apart = bands.itemsize * pitch  # from one line to the next
    products = (block // rows, length, width)
    seen = as_strided(lines, products, (step * rows * depth * apart, apart, bands.itemsize))
    plain = x.dtype == bands.dtype and x.strides[3] == x.itemsize
    convert = not plain and across.kernel_size > across.stride  # once, not once for each column
    source = _rows.numbers((channels, most, group, pixels), bands.dtype) if convert else x
    windows = _shifted(source, across, width)
    for first in range(0, count, block):
        made = out[first : first + block]
        top, used = first * step, step * (len(made) - 1) + height
        if convert:
            np.copyto(source[:, :used], x[:, top : top + used], casting="same_kind")
            top = 0
        np.copyto(lines[:used, ..., :width], windows[top : top + used], casting="same_kind")
        full, rest = divmod(len(made), rows)
        if full:
            np.matmul(bands, seen[:full], out=made[: full * rows].reshape(full, rows, width))
        if rest:
            reach = (step * (rest - 1) + height) * depth
            np.matmul(bands[:rest, :reach], seen[full, :reach], out=made[full * rows :])


def _shifted(x: NDArray[Any], across: Axis, width: int) -> NDArray[Any]:
    """Show what each column of the kernel sees: (C, N, G, W) -> (N, G, C, kW, W'), not copied."""
    channels, count, group, _ = x.shape
    plane, down, row, number = x.strides
    return as_strided(
        x,
        (count, group, channels, across.kernel_size, width),
        (down, row, plane, number * across.dilation, number * across.stride),
        writeable=False,
    )


def _rounded_up(number: int, multiple: int) -> int:
    return -(-number // multiple) * multiple


class _Kept(threading.local):
    """Memory that each thread keeps: fresh memory would cost more than what is done with it."""

    def __init__(self) -> None:
        self._bytes = np.empty(0, np.uint8)

    def numbers(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> NDArray[Any]:
        """Return the same memory each time, uninitialised. It begins a line of the cache."""
        size = prod(shape) * dtype.itemsize
        if self._bytes.size < size:
            made = np.empty(size + _LINE, np.uint8)
            self._bytes = made[-made.ctypes.data % _LINE :]
        return self._bytes[:size].view(dtype).reshape(shape)


_lines, _rows = _Kept(), _Kept()


@lru_cache(maxsize=2)
def _bands_pay(dtype: np.dtype[Any]) -> bool:
    """Try whether a product of four rows is quicker than four of one; it takes a millisecond.

    It is with OpenBLAS on processors with AVX-512, where small matrices have kernels of their own;
    with the others it is not, by far. Which one is at work here, NumPy does not tell.
    """
    weights = np.ones((7, 1, 7), dtype)
    across = Axis(134, 7)
    x, out = np.ones((1, 70, 1, across.size), dtype), np.empty((64, across.output), dtype)
    quickest = {1: inf, _BAND: inf}
    for _ in range(6):
        for rows, before in quickest.items():
            begin = perf_counter()
            _sweep(x, _bands(weights, 1, rows), 1, across, out)
            quickest[rows] = min(before, perf_counter() - begin)
    return quickest[_BAND] < quickest[1]
