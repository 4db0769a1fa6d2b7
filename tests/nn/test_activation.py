"""What is applied to each number by itself."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.nn.activation import ACTIVATIONS, activate
from cnnstudio.nn.pooling import pool
from tests.facts import fact

DEFINITIONS = {
    "none": lambda x: x,
    "relu": lambda x: max(0, x),
    "leaky_relu": lambda x: x if x > 0 else 0.01 * x,
    "tanh": math.tanh,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
}


@pytest.mark.parametrize("activation", ACTIVATIONS)
@given(st.floats(-500, 500))
def test_it_is_its_definition(activation, x):
    expected = DEFINITIONS[activation](x)
    assert activate(np.array([x]), activation)[0] == pytest.approx(expected, rel=1e-14, abs=1e-300)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_million_either_way_overflows_nothing(activation, dtype):
    x = np.array([-1e6, -1e3, 0, 1e3, 1e6], dtype)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert np.isfinite(activate(x, activation)).all()


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_shape_stays(activation):
    assert activate(np.zeros((2, 3, 4)), activation).shape == (2, 3, 4)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_what_was_given_stays_as_it_was(activation):
    x = np.array([-2.0, 3.0])
    x.flags.writeable = False
    activate(x, activation)
    assert x.tolist() == [-2.0, 3.0]


def test_the_ends_of_sigmoid_and_tanh_are_reached():
    x = np.array([-1e6, 1e6])
    assert activate(x, "sigmoid").tolist() == [0, 1]
    assert activate(x, "tanh").tolist() == [-1, 1]


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_the_older_choices_give_the_printed_values(activation):
    made = activate(np.array(fact("activation.inputs"), np.float64), activation)
    assert made.round(4).tolist() == fact(f"{activation}.values")


def test_the_slope_of_sigmoid_is_greatest_in_the_middle_and_that_of_relu_is_one():
    x, step = np.linspace(-4, 4, 81), 1e-6
    slopes = (activate(x + step, "sigmoid") - activate(x - step, "sigmoid")) / (2 * step)
    assert x[slopes.argmax()] == pytest.approx(0, abs=1e-9)
    assert slopes.max() == pytest.approx(fact("sigmoid.slope"))
    for layers, product in fact("sigmoid.slope.powers").items():
        assert slopes.max() ** layers == pytest.approx(product, rel=0.01)
    rise = activate(np.array([3.0]), "relu") - activate(np.array([2.0]), "relu")
    assert rise[0] == fact("relu.slope")


def test_relu_and_average_pooling_cannot_change_places_but_relu_and_maximum_can():
    block, size = np.array([fact("order.block")], np.float64), (1, 4)
    how = (size, size, (0, 0))
    assert activate(pool(block, "average", *how), "relu") == fact("order.relu_of_average")
    assert pool(activate(block, "relu"), "average", *how) == fact("order.average_of_relu")
    assert activate(pool(block, "max", *how), "relu") == pool(activate(block, "relu"), "max", *how)
