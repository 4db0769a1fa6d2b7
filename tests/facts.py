"""Every fact the app teaches, with an id, its value and where it comes from.

A test asks `fact("curve.patch_1.total")` and never types a pixel, a kernel or a result again.
A source is an article and a section of FACTS.md: "A, 2" is Deshpande's beginner's guide, K Karn's
intuitive explanation, M Sanjeevi's chapter 8.0, "computed" what follows, "MNIST" its publishers.
"""

from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any


@dataclass(frozen=True)
class Fact:
    """Something the app states: a number, a text, or tuples and lists of them; never an array."""

    id: str
    value: Any
    source: str
    about: str


FACTS: dict[str, Fact] = {}


def fact(id: str) -> Any:
    """Return the value of one fact, a copy nobody else holds."""
    if id not in FACTS:
        near = " or ".join(get_close_matches(id, FACTS, 4, 0.4)) or "an id from tests/facts.py"
        raise KeyError(f"There is no fact called {id!r}; did you mean {near}?")
    return deepcopy(FACTS[id].value)


def _add(source, id, value, about):
    if id in FACTS:
        raise ValueError(f"Two facts are called {id!r}")
    FACTS[id] = Fact(id, value, source, about)


def _grid(text):
    """Read "1 0 -1 / 0 0 0" as two rows, and so "101 010", whose numbers have one digit each."""
    rows = text.split("/") if "/" in text else [" ".join(row) for row in text.split()]
    return [[int(number) for number in row.split()] for row in rows]


# 1. Images as numbers
_add("A/K, 1", "image.range", (0, 255), "Black and white, as numbers")
_add("K, 1", "image.channels.gray", 1, "Channels of a gray image")
_add("A/K, 1", "image.channels.colour", ("R", "G", "B"), "The matrices stacked in a colour image")
_add("A, 1", "image.small.shape", (32, 32, 3), "A small colour image: height, width, channels")
_add("A, 1", "image.small.numbers", 3_072, "Numbers in it")
_add("A, 1", "image.large.shape", (480, 480, 3), "A large colour image")
_add("A, 1", "image.large.numbers", 691_200, "Numbers in it")
_add("M, 1", "ordinary.image.shape", (100, 100, 3), "An image for an ordinary network")
_add("M, 1", "ordinary.inputs", 30_000, "Inputs it makes")
_add("M, 1", "ordinary.hidden", 100, "Units of one fully connected hidden layer")
_add("computed, 1", "ordinary.parameters", 3_000_100, "Parameters of that layer")
_add("computed, 1", "ordinary.filters", (3, 3, 3, 3), "Filters instead: how many of which shape")
_add("computed, 1", "ordinary.filters.parameters", 84, "Parameters of these filters, with biases")
_add("M, 1", "ordinary.fails", ("shifted", "black-and-white"), "Cats an ordinary network misses")
_add("M, 1", "ordinary.sees", "a list, not a pattern", "What an ordinary network sees")
_add("A, 1", "probabilities.names", ("cat", "dog", "bird"), "Classes of the first example")
_add("A, 1", "probabilities.values", [0.80, 0.15, 0.05], "What the network says of them")
_add("A, 1", "hubel_wiesel.year", 1962, "Cells were found that fire for one edge orientation")

# 2. Convolution
_WORDS = """filter, kernel, feature detector; weights, parameters; receptive field;
    feature map, activation map, convolved feature; element-wise product then sum;
    filter depth = input depth"""
for _place, _words in enumerate(_WORDS.split(";"), 1):
    _add("A/K, 2", f"words.{_place}", tuple(_words.strip().split(", ")), "Words for one thing")
_add("A, 2", "depth.filter.shape", (5, 5, 3), "A filter for image.small")
_add("A, 2", "depth.multiplications_per_position", 75, "Multiplications at one position")
_add("A, 2", "depth.positions", 784, "Positions of that filter")
for _count in (1, 2, 3):
    _add("A, 2", f"depth.map_{_count}.shape", (28, 28, _count), "What so many filters make")
_add("computed, 2", "depth.multiplications", 58_800, "Multiplications of one filter in all")
_add("computed, 2", "depth.parameters", 76, "Parameters of one filter, with bias")
_B = "convolution.binary_5x5"
_add("K, 2", f"{_B}.image", _grid("11100 01110 00111 00110 01100"), "Karn's image")
_add("K, 2", f"{_B}.kernel", _grid("101 010 101"), "Karn's kernel")
_add("K, 2", f"{_B}.map", _grid("434 243 234"), "The feature map")
_add("K, 2", f"{_B}.products", _grid("101 010 001"), "Products in the first window")
_add("K, 2", f"{_B}.first", 4, "Their sum")
_add("computed, 2", f"{_B}.stride_2", _grid("44 24"), "The map with stride 2")
_add("computed, 2", f"{_B}.padding_1", _grid("22311 14341 12433 12341 02211"), "With padding 1")
_full = _grid("1121100 0223110 1143411 0124330 0123411 0022110 0111100")
_add("computed, 2", f"{_B}.full", _full, "With full padding, 2")
_add("computed, 2", f"{_B}.full.side", 7, "Side of that map")
_add("M, 2", "random_filters", (3, 3, 3), "Three random filters of zeros and ones: how many, shape")
_add("M, 2", "random_filters.image", (5, 5), "The image they slide over by their stride")
_CURVE = [(0, 5), (1, 4), (2, 3), (3, 3), (4, 3), (5, 3)]
_kernel = [[30 if (row, col) in _CURVE else 0 for col in range(7)] for row in range(7)]
_patch_1 = "0 0 0 0 0 0 30 / 0 0 0 0 50 50 50 / 0 0 0 20 50 0 0" + " / 0 0 0 50 50 0 0" * 4
_patch_2 = """0 0 0 0 0 0 0 / 0 40 0 0 0 0 0 / 40 0 40 0 0 0 0 / 40 20 0 0 0 0 0 / 0 50 0 0 0 0 0
    / 0 0 50 0 0 0 0 / 25 25 0 50 0 0 0"""
_padded = _grid("0 3600 6000 / 0 6600 8400 / 2100 9000 7500")
_add("A, 2", "curve.kernel", _kernel, "The 7x7 curve detector")
_add("A, 2", "curve.weight", 30, "Its only weight that is not 0")
_add("A, 2", "curve.places", _CURVE, "Where it has that weight: (row, column)")
_add("A, 2", "curve.patch_1", _grid(_patch_1), "A patch with the curve in it")
_add("A, 2", "curve.patch_1.pixels", [50, 20, 50, 50, 50], "Pixels of it that meet a weight")
_add("A, 2", "curve.patch_1.products", [1500, 600, 1500, 1500, 1500], "Products other than 0")
_add("A, 2", "curve.patch_1.total", 6600, "Their sum")
_add("A, 2", "curve.patch_2", _grid(_patch_2), "A patch without the curve")
_add("A, 2", "curve.patch_2.total", 0, "No pixel of it meets a weight")
_add("computed, 2", "curve.patch_1.padding_1", _padded, "The map of patch 1 with padding 1")
_add("computed, 2", "curve.patch_1.one_row_down", 9000, "In that map, one row below the middle")
_add("computed, 2", "curve.patch_1.one_column_right", 8400, "And one column to the right of it")
_add("computed, 2", "curve.brightest", 50, "The brightest pixel in the patches")
_add("computed, 2", "curve.greatest", 9000, "Greatest total if no pixel is brighter")
_add("computed, 2", "curve.mirrored.patch_1.total", 5100, "With the filter mirrored left-right")
_add("computed, 2", "curve.flipped.patch_1.total", 3600, "With the filter turned by 180 degrees")
_add("computed, 2", "curve.flipped.patch_2.total", 2250, "With the filter turned by 180 degrees")
_add("A/K/M, 2", "convolution.operation", "cross-correlation", "What all call convolution")
_add("K, 2", "filters.more", "more filters, more depth", "Each makes another map of the image")
_add("K, 2", "learned", ("weights",), "What training finds, from a random start")
_add("K, 2", "chosen", ("number", "size", "architecture"), "What is decided before training")

# 3. Kernels
_WHAT = ("divisor", "sum", "range", "flat", "step", "separable")
_KERNELS = (  # sum 1 keeps brightness, sum 0 turns flat areas to 0; the range is that for 0..255
    ("identity", "000 010 000", 1, 1, (0, 255), 100, [0, 0, 255, 255], True),
    ("edge_1", "1 0 -1 / 0 0 0 / -1 0 1", 1, 0, (-510, 510), 0, [0, 0, 0, 0], True),
    ("edge_2", "0 1 0 / 1 -4 1 / 0 1 0", 1, 0, (-1020, 1020), 0, [0, 255, -255, 0], False),
    ("edge_3", "-1 -1 -1 / -1 8 -1 / -1 -1 -1", 1, 0, (-2040, 2040), 0, [0, -765, 765, 0], False),
    ("sharpen", "0 -1 0 / -1 5 -1 / 0 -1 0", 1, 1, (-1020, 1275), 100, [0, -255, 510, 255], False),
    ("box_blur", "111 111 111", 9, 1, (0, 255), 100, [0, 85, 170, 255], True),
    ("gaussian_blur", "121 242 121", 16, 1, (0, 255), 100, [0, 63.75, 191.25, 255], True),
)
_add("K, 3", "kernels.names", tuple(row[0] for row in _KERNELS), "The seven kernels")
_add("computed, 3", "kernels.flat", 100, "A flat area to try them on")
_add("computed, 3", "kernels.step", [0, 0, 255, 255], "A row of a step; the edge is repeated")
_add("computed, 3", "kernels.turned", True, "Are all seven unchanged by a turn of 180 degrees?")
for _name, _rows, *_values in _KERNELS:
    _add("K, 3", f"kernels.{_name}.rows", _grid(_rows), "The kernel, before the divisor")
    for _what, _value in zip(_WHAT, _values, strict=True):
        _add("computed, 3", f"kernels.{_name}.{_what}", _value, f"Its {_what}")
_add("computed, 3", "kernels.edge_1.misses", ("vertical", "horizontal"), "Straight edges")
_add("computed, 3", "kernels.edge_1.answers", ("corners", "diagonals"), "What it does answer to")
_add("computed, 3", "kernels.edge_2.centre", -4, "The Laplacian has a negative centre")
_add("computed, 3", "kernels.edge_3.equals", {"identity": 9, "box_blur": -9}, "As a sum of others")
_add("computed, 3", "kernels.sharpen.equals", {"identity": 1, "edge_2": -1}, "As a sum of others")
_more = "Sobel x, Sobel y, Prewitt x, Prewitt y, Scharr x, Scharr y, emboss, motion blur, "
_more += "unsharp 5x5, Gaussian 5x5, Gaussian 7x7, Laplacian of Gaussian 5x5"
_add("computed, 3", "kernels.further", tuple(_more.split(", ")), "To be offered too")
_add("computed, 3", "kernels.line_detectors", 4, "Directions of line detectors to be offered")
_add("computed, 3", "kernels.curve_detectors", 8, "Turns and mirrors of the curve detector")

# 4. Depth, stride, padding
_add("A, 4", "output.formula", "O = (W - K + 2P)/S + 1", "Side of a feature map")
_add("A, 4", "stride.7_3_1.output", 5, "W 7, K 3, stride 1")
_add("A, 4", "stride.7_3_2.output", 3, "W 7, K 3, stride 2")
_add("computed, 4", "stride.7_3_3.output", 2.33, "W 7, K 3, stride 3 does not fit")
_add("computed, 4", "stride.7_3_3.floor", 2, "What libraries make of it")
_add("computed, 4", "stride.7_3_3.unread", 1, "Rows, and columns, they leave unread")
_add("computed, 4", "stride.7_3_3.padding_1.output", 3, "Padding 1 makes it fit")
_add("computed, 4", "stride.7_3_4.output", 2, "W 7, K 3, stride 4")
_add("A, 4", "same.paddings", {1: 0, 3: 1, 5: 2, 7: 3}, "K: P = (K - 1)/2 that keeps the size")
_add("computed, 4", "same.even", {2: 0.5, 4: 1.5}, "An even K needs uneven padding")
_add("A, 4", "padding.32_5.padding", 2, "Padding of image.small for a 5x5 filter")
_add("A, 4", "padding.32_5.padded", (36, 36, 3), "What it is padded to")
_add("A, 4", "padding.32_5.output", (32, 32), "Height and width of the map")
_add("K, 4", "padding.5_3", {"narrow": 3, "same": 5, "full": 7}, "W 5, K 3: side of the map")
_add("K, 4", "padding.5_3.paddings", {"narrow": 0, "same": 1, "full": 2}, "Their padding")
_add("A, 4", "padding.none", "maps shrink layer by layer", "Without padding")
_add("A, 4", "stride.larger", "less overlap, smaller map", "With a larger stride")

# 5. Non-linearity
_add("K, 5", "relu.formula", "f(x) = max(0, x)", "ReLU, element by element")
_add("A/K, 5", "relu.place", "after every convolution", "Because convolution is linear")
_add("A, 5", "relu.changes_receptive_field", False, "It looks at one element")
_add("A, 5", "relu.slope", 1, "Its greatest slope")
_add("computed, 5", "activation.inputs", [-2, -1, 0, 1, 2], "Where the older choices are compared")
_add("computed, 5", "sigmoid.values", [0.1192, 0.2689, 0.5, 0.7311, 0.8808], "Sigmoid there")
_add("computed, 5", "tanh.values", [-0.9640, -0.7616, 0, 0.7616, 0.9640], "tanh there")
_add("computed, 5", "sigmoid.slope", 0.25, "Greatest slope of the sigmoid")
_add("computed, 5", "sigmoid.slope.powers", {5: 0.00098, 10: 9.5e-7}, "Through so many layers")
_add("computed, 5", "order.block", [-4, 2, -2, 2], "A block for average pooling and ReLU")
_add("computed, 5", "order.relu_of_average", 0, "Average first, as M pools first")
_add("computed, 5", "order.average_of_relu", 1, "ReLU first")
_add("M, 5", "order.m", ("pooling", "ReLU"), "The order of M; for max it makes no difference")

# 6. Pooling
_add("K, 6", "pooling.kinds", ("max", "average", "sum"), "Ways to pool; each map by itself")
_add("A/K, 6", "pooling.window", (2, 2), "The usual window")
_add("A/K, 6", "pooling.stride", 2, "The usual stride")
_add("K, 6", "pooling.maps", (3, 3), "Maps in, maps out")
_add("A/K, 6", "pooling.image", _grid("1124 5678 3210 1234"), "The example")
_add("A/K, 6", "pooling.max", [[6, 8], [3, 4]], "Its greatest numbers")
_add("computed, 6", "pooling.average", [[3.25, 5.25], [2, 2]], "Its averages")
_add("computed, 6", "pooling.sum", [[13, 21], [8, 8]], "Its sums")
_add("A, 6", "pooling.dropped", 0.75, "Share of the values that go")
_add("A/K, 6", "pooling.why", ("smaller", "fewer parameters", "small shifts tolerated"), "Aims")
_add("K, 6", "pooling.needed_after_every_convolution", False, "Not needed each time")
_add("M, 6", "pooling.may_pad", True, "Pooling may pad too")

# 7. Network
_add("A, 7", "network.a.chain", "Input-Conv-ReLU-Conv-ReLU-Pool-ReLU-Conv-ReLU-Pool-FC", "A's")
_add("computed, 7", "network.a.idle", 6, "Place of the ReLU that changes nothing")
_add("K, 7", "network.k.chain", "Conv-ReLU-Pool-Conv-ReLU-Pool-FC", "K's network")
_add("K, 7", "network.k.filters", (3, 6), "Filters of its convolutions")
_add("K, 7", "network.k.classes", ("dog", "cat", "boat", "bird"), "What it tells apart")
_add("K, 7", "network.k.boat", 0.94, "How sure it is of the boat")
_SHAPES = ((1, 32, 32), (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (120,), (100,), (10,))
_add("K, 7", "lenet.shapes", _SHAPES, "LeNet as in Karn's last figures: channels, height, width")
_add("K, 7", "lenet.flat", 400, "Numbers handed to its fully connected layers")
_add("computed, 7", "lenet.nodes", 9_134, "Its nodes, the input counted")
_add("computed, 7", "lenet.parameters", [156, 2_416, 48_120, 12_100, 1_010], "Of its layers")
_add("computed, 7", "lenet.parameters.total", 63_802, "Their sum")
_add("computed, 7", "lenet5.units", 84, "Units LeNet-5 has where Karn's figure has 100")
_add("computed, 7", "lenet5.parameters.total", 61_706, "Parameters of LeNet-5")
_add("computed, 7", "lenet.multiplications", [117_600, 240_000], "Of its convolutions, per image")
_add("computed, 7", "lenet.conv_1.as_dense", 4_821_600, "Parameters if fully connected")
_add("computed, 7", "receptive.chain", ("conv", "pool", "conv", "pool", "FC"), "LeNet's layers")
_add("computed, 7", "receptive.fields", [5, 6, 14, 16, 32], "Pixels one number depends on")
_low_to_high = ("edges and curves", "semicircles, squares", "hands, paws, writing")
_add("A, 7", "features.low_to_high", _low_to_high, "What layers answer to, one after the other")
_add("K, 7", "dense.connections", "every node to every node", "Fully connected")
_add("computed, 7", "softmax.logits", [1, 2, 3, 4], "An example")
_add("computed, 7", "softmax.values", [0.0321, 0.0871, 0.2369, 0.6439], "Its softmax")
_add("K, 7", "softmax.sum", 1, "What probabilities sum to; all are positive")
_add("A, 7", "digit.vector", [0, 0.1, 0.1, 0.75, 0, 0, 0, 0, 0, 0.05], "What a network says")
_add("A, 7", "digit.sum", 1.0, "Its sum")
_add("A, 7", "digit.answer", 3, "The digit it means")
_add("K, 7", "history.lenet.years", "1990s", "LeNet")
_HISTORY = "AlexNet 2012, ZFNet 2013, GoogLeNet 2014, VGG 2014, ResNet 2015, DenseNet 2016"
for _network, _year in map(str.split, _HISTORY.split(", ")):
    _add("K, 7", f"history.{_network.lower()}.year", int(_year), _network)
_add("A, 7", "history.alexnet.error", (0.26, 0.15), "Error before it and with it")
_add("K, 7", "history.googlenet.parameters", (4_000_000, 60_000_000), "Its and AlexNet's")

# 8. Training
_add("A, 8", "training.parts", ("forward", "loss", "backward", "update"), "Of one iteration")
_add("A, 8", "training.start", "random weights, labelled examples", "What training begins with")
_add("A, 8", "untrained.output", [0.1] * 10, "What an untrained network says")
_add("A, 8", "untrained.target", [0, 0, 0, 1, 0, 0, 0, 0, 0, 0], "The digit is 3, one-hot")
_add("computed, 8", "untrained.half_squared", 0.45, "Half squared error of it")
_add("computed, 8", "untrained.cross_entropy", 2.3026, "Cross-entropy of it, ln 10")
_add("A/K, 8", "loss.formula", "E = sum 1/2 (target - output)^2", "Half the sum of squares")
_add("computed, 8", "digit.half_squared", 0.0425, "Half squared error of digit.vector against 3")
_add("K, 8", "boat.target", [0, 0, 1, 0], "The picture shows a boat")
_add("K, 8", "boat.before", [0.2, 0.4, 0.1, 0.3], "Before training")
_add("computed, 8", "boat.before.terms", [0.02, 0.08, 0.405, 0.045], "Its half squared errors")
_add("computed, 8", "boat.before.half_squared", 0.55, "Their sum")
_add("computed, 8", "boat.before.cross_entropy", 2.3026, "Its cross-entropy")
_add("K, 8", "boat.after", [0.1, 0.1, 0.7, 0.1], "After training")
_add("computed, 8", "boat.after.half_squared", 0.06, "Its half squared error")
_add("computed, 8", "boat.after.cross_entropy", 0.3567, "Its cross-entropy")
_add("A, 8", "sgd.formula", "w = w_i - eta dL/dW", "The weight update")
_add("computed, 8", "sgd.start", 1, "Where w starts on the loss L = w^2")
_add("computed, 8", "sgd.rate_0.1", [0.8, 0.64, 0.512], "w with learning rate 0.1: shrinks")
_add("computed, 8", "sgd.rate_0.5", [0], "0.5: there in one step")
_add("computed, 8", "sgd.rate_0.9", [-0.8, 0.64, -0.512], "0.9: overshoots, but shrinks")
_add("computed, 8", "sgd.rate_1.0", [-1, 1, -1], "1.0: jumps for ever")
_add("computed, 8", "sgd.rate_1.1", [-1.2, 1.44, -1.73], "1.1: diverges")
_add("computed, 8", "backward.output_gradient", _grid("111 111 111"), "dO of the binary example")
_add("computed, 8", "backward.kernel_gradient", _grid("676 477 466"), "Its dK")
_add("computed, 8", "backward.image_gradient", _grid("11211 12321 23532 12321 11211"), "dX")
_add("computed, 8", "training.words", ("batch", "iteration", "epoch"), "Three different things")
_add("K, 8", "training.changes", ("weights",), "Nothing else changes in training")
_add("A, 8", "training.tested_on", "other images than those trained on", "What a test needs")

# 9. Errors in the articles: what is said (in our words), and what is true
_ERRATA = """
A | the top left value of the 28x28 map is 6600 | with a 7x7 filter the map has 26x26 values
A | eleven outputs of .1 and a label of nine entries | both need ten
A | weights go in the direction of the gradient | they go against it
A | forward, loss, backward, update are one epoch | they are one iteration; an epoch is one pass
A | more filters preserve the spatial dimensions better | filters change the depth only
A | MSE is 1/2 times the squares | it is half the sum, not a mean
K | CNNs are almost scale invariant | translation only: convolution equivariant, pooling invariant
K | ReLU is not shown separately in Harley's picture | that network has none: 1.7159 tanh(2x/3)
K | edge 1 detects edges | it is zero on straight edges along the axes
A | stride 3 on 7x7 has issues with spacing | libraries floor; a row and a column stay unread
M | the activation step is normalization | ReLU normalises nothing
A | the filter is a neuron, the window its receptive field | a neuron is one output cell
"""
for _place, _line in enumerate(_ERRATA.strip().splitlines(), 1):
    _who, _said, _true = _line.split(" | ")
    _add(f"{_who}, 9", f"errata.{_place}", (_said, _true), "An error: what is said, what is true")
_add("computed, 9", "errata.1.map", (26, 26), "The map of a 7x7 filter on 32x32")
_add("A, 9", "errata.2.lengths", (11, 9), "Entries printed: outputs, label")
_add("computed, 9", "errata.2.length", 10, "Entries needed")
_add("K, 9", "errata.8.tanh", (1.7159, 2 / 3), "a and b of a tanh(bx)")

# 10. MNIST
_FILES = """train_images train-images-idx3-ubyte.gz 9912422 f68b3c2dcbeaaa9fbdd348bbdeb94873
    train_labels train-labels-idx1-ubyte.gz 28881 d53e105ee54ea40749a09fcbcd1e9432
    test_images t10k-images-idx3-ubyte.gz 1648877 9fb629c4189551a2d022fa330f9573f3
    test_labels t10k-labels-idx1-ubyte.gz 4542 ec29112dd5afa0611ce80d1b7f02629c"""
for _part, _file, _bytes, _md5 in map(str.split, _FILES.splitlines()):
    _add("MNIST, 10", f"mnist.{_part}", (_file, int(_bytes), _md5), "File, bytes, MD5")
_BUCKETS = ("ossci-datasets.s3.amazonaws.com/mnist/", "storage.googleapis.com/cvdf-datasets/mnist/")
_add("MNIST, 10", "mnist.mirrors", tuple(f"https://{at}" for at in _BUCKETS), "Where it is")
_add("MNIST, 10", "mnist.licence", "CC BY-SA 3.0", "As usually stated")
_1998 = ("scaled tanh", "trainable averaging", "partial connections in conv 2", "RBF outputs")
_add("computed, 10", "lenet5.1998", _1998, "LeNet-5 as it was")
_add("computed, 10", "lenet5.today", ("ReLU", "max pooling", "full connections", "logits"), "Now")
