"""Random benches for hypothesis: any picture, kernel, stride, padding and pooling allowed."""

from fractions import Fraction

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from cnnstudio.lab.convolution import PADDING_MODES, ConvolutionBench
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.stages import Pooling
from cnnstudio.nn.activation import ACTIVATIONS
from cnnstudio.nn.pooling import POOLINGS

TYPED = ("0", "1", "-1", "2", "-4", "7", "30", "0.5", "0.1", "-0.3", "1/3", "-1/9", "5/16", "0.125")
STAGES = ("feature_map", "activation", "pooled_map")
SCALES = ("1", "2", "9", "-3", "16", "25", "0.5", "1/9", "7")
BIASES = ("0", "0", "1", "-128", "0.5", "-1/3", "0.1")

WEIGHTS = tuple(map(Fraction, TYPED))


def pairs(least, most):
    return st.tuples(st.integers(least, most), st.integers(least, most))


@st.composite
def images(draw, channels=None, most=9):
    """Binary, the articles' 0..50, photos, tenths of either sign, and any finite numbers."""
    if channels is None:
        channels = draw(st.sampled_from((1, 1, 1, 2, 3)))
    shape = (channels, draw(st.integers(1, most)), draw(st.integers(1, most)))
    rng = np.random.default_rng(draw(st.integers(0, 9999)))
    kind = draw(st.sampled_from(("binary", "grid", "photo", "tenths", "finite")))
    if kind == "binary":
        return Image(rng.integers(0, 2, shape), kind, 0, 1)
    if kind == "grid":
        return Image(rng.integers(0, 51, shape), kind, 0, 50)
    if kind == "photo":
        return Image(rng.integers(0, 256, shape, np.uint8), kind)
    if kind == "tenths":
        return Image(rng.integers(-9, 10, shape) / 10, kind, -1, 1)
    return Image(rng.normal(size=shape) * 10.0 ** rng.integers(-4, 4), kind, -3, 3)


@st.composite
def kernels(draw, channels=1, most=5):
    """Weights as people type them, a third of them 0."""
    rows, columns = draw(pairs(1, most))
    rng = np.random.default_rng(draw(st.integers(0, 9999)))
    chosen = rng.integers(-len(WEIGHTS) // 2, len(WEIGHTS), (channels, rows, columns)).tolist()
    cells = tuple(
        tuple(tuple(WEIGHTS[max(0, which)] for which in row) for row in plane) for plane in chosen
    )
    divisor = Fraction(draw(st.sampled_from(SCALES)))
    return Kernel(cells, divisor, Fraction(draw(st.sampled_from(BIASES))))


@st.composite
def poolings(draw, most=6):
    kind = draw(st.sampled_from(POOLINGS))
    size = draw(pairs(1, most))
    padding = tuple(draw(st.integers(0, side // 2)) for side in size)
    return Pooling(kind, size, draw(pairs(1, most)), padding)


@st.composite
def benches(draw, channels=None, most=9):
    """Any bench, one whose kernel or stride does not fit among them."""
    image = draw(images(channels, most))
    return ConvolutionBench(
        image,
        draw(kernels(image.channels)),
        fit=draw(st.sampled_from((None, None, None, 4))),
        square=draw(st.booleans()),
        invert=draw(st.booleans()),
        flipped=draw(st.booleans()),
        stride=draw(pairs(1, 4)),
        padding=draw(st.tuples(*[st.integers(0, 4)] * 4)),
        padding_mode=draw(st.sampled_from(PADDING_MODES)),
        dilation=draw(st.sampled_from(((1, 1), (1, 1), (2, 1), (1, 3)))),
        activation=draw(st.sampled_from(ACTIVATIONS)),
        pooling=draw(poolings()),
    )


@st.composite
def working_benches(draw, channels=None, most=9):
    """A bench that has a feature map."""
    bench = draw(benches(channels, most))
    assume(all(bench.map_shape))
    return bench


@st.composite
def positions(draw, shape):
    """A row and a column of a map."""
    return tuple(draw(st.integers(0, count - 1)) for count in shape)


@st.composite
def large_benches(draw, channels=None):
    """Benches whose sums are so long that they are folded."""
    image = draw(images(channels or draw(st.sampled_from((1, 3))), 16))
    pooling = Pooling(draw(st.sampled_from(("max", "average", "sum"))), (6, 6), (3, 3), (1, 1))
    bench = ConvolutionBench(
        image,
        draw(kernels(image.channels, 8)),
        padding=draw(st.sampled_from(((0,) * 4, (5,) * 4))),
        padding_mode="replicate",
        activation=draw(st.sampled_from(("none", "relu", "leaky_relu", "tanh", "sigmoid"))),
        pooling=pooling,
    )
    assume(all(bench.map_shape))
    return bench


@st.composite
def visits(draw, stages=STAGES, channels=None):
    """A bench, a stage and a position of its map."""
    bench = draw(working_benches(channels) | large_benches(channels))
    stage = draw(st.sampled_from(stages))
    assume(all(bench.shape(stage)))
    return bench, stage, draw(positions(bench.shape(stage)))
