"""Where a window goes, held against counting it out."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.nn.geometry import Axis, pad, padding_source
from tests.facts import fact
from tests.nn import loops

axes = st.builds(
    Axis,
    size=st.integers(1, 40),
    kernel_size=st.integers(1, 11),
    stride=st.integers(1, 16),
    before=st.integers(0, 16),
    after=st.integers(0, 16),
    dilation=st.integers(1, 4),
)


def places_read(axis):
    """List, window by window, which places of the padded input are read."""
    taps = [tap * axis.dilation for tap in range(axis.kernel_size)]
    windows, start = [], 0
    while start + taps[-1] < axis.before + axis.size + axis.after:
        windows.append([start + tap for tap in taps])
        start += axis.stride
    return windows


@given(axes)
def test_there_are_as_many_places_as_can_be_counted(axis):
    assert axis.output == len(places_read(axis))


@given(axes)
def test_the_formula_before_rounding_is_the_one_of_the_textbooks(axis):
    spans = axis.dilation * (axis.kernel_size - 1) + 1
    padding = axis.before + axis.after
    assert axis.exact == Fraction(axis.size - spans + padding, axis.stride) + 1


@given(axes)
def test_unread_is_what_lies_behind_the_last_window(axis):
    windows = places_read(axis)
    behind = axis.padded - 1 - windows[-1][-1] if windows else 0
    assert axis.unread == behind


@given(axes)
def test_a_window_reads_the_places_it_lies_on(axis):
    for position, window in enumerate(places_read(axis)):
        assert list(axis.reads(position)) == [place - axis.before for place in window]
        assert axis.start(position) == window[0] - axis.before


@given(axes, st.integers(-16, 56))
def test_a_place_feeds_just_the_windows_that_read_it(axis, place):
    readers = {
        (position, tap)
        for position, window in enumerate(places_read(axis))
        for tap, read in enumerate(window)
        if read - axis.before == place
    }
    found = list(axis.feeds(place))
    assert len(found) == len(set(found))
    assert set(found) == readers


@given(
    st.sampled_from(loops.MODES),
    st.tuples(*[st.integers(0, 9)] * 4),
    st.integers(1, 3),
    st.data(),
)
def test_padding_is_what_the_loops_put_there(mode, sides, channels, data):
    least = {"reflect": 1, "wrap": 0}.get(mode)
    height = data.draw(st.integers(1 if least is None else max(1, max(sides[:2]) + least), 12))
    width = data.draw(st.integers(1 if least is None else max(1, max(sides[2:]) + least), 12))
    x = np.arange(1.0, 1 + channels * height * width).reshape(channels, height, width)
    expected = [loops.padded(plane.tolist(), sides, mode) for plane in x]
    assert pad(x, sides, mode).tolist() == expected


@pytest.mark.parametrize("mode", loops.MODES)
@pytest.mark.parametrize("size", [1, 2, 5, 9])
def test_the_source_of_a_padding_cell_holds_its_number(mode, size):
    most = {"reflect": size - 1, "wrap": size}.get(mode, 16)
    row = np.arange(1.0, size + 1)
    wide = pad(row[None], (0, 0, most, most), mode)[0]
    for place in range(-most, size + most):
        source = padding_source(place, size, mode)
        assert wide[place + most] == (0 if source is None else row[source])


def test_no_padding_gives_the_picture_back():
    x = np.ones((1, 2, 2))
    assert pad(x, (0, 0, 0, 0), "reflect") is x


@pytest.mark.parametrize(
    ("stride", "padding", "expected"),
    [
        (1, 0, "stride.7_3_1.output"),
        (2, 0, "stride.7_3_2.output"),
        (3, 0, "stride.7_3_3.output"),
        (3, 1, "stride.7_3_3.padding_1.output"),
        (4, 0, "stride.7_3_4.output"),
    ],
)
def test_the_formula_gives_the_printed_sizes(stride, padding, expected):
    axis = Axis(7, 3, stride, padding, padding)
    assert round(float(axis.exact), 2) == fact(expected)


def test_stride_three_on_seven_leaves_a_row_unread_unless_it_is_padded():
    assert Axis(7, 3, 3).output == fact("stride.7_3_3.floor")
    assert Axis(7, 3, 3).unread == fact("stride.7_3_3.unread")
    assert Axis(7, 3, 3, 1, 1).unread == 0


@pytest.mark.parametrize(("kernel_size", "padding"), fact("same.paddings").items())
def test_same_padding_keeps_the_size(kernel_size, padding):
    assert Axis(32, kernel_size, 1, padding, padding).output == 32


@pytest.mark.parametrize(("kernel_size", "padding"), fact("same.even").items())
def test_an_even_kernel_keeps_the_size_with_one_more_on_one_side(kernel_size, padding):
    assert padding % 1 == 0.5
    assert Axis(32, kernel_size, 1, int(padding), int(padding) + 1).output == 32


@pytest.mark.parametrize("name", fact("padding.5_3"))
def test_narrow_same_and_full_padding_have_the_printed_sizes(name):
    padding = fact("padding.5_3.paddings")[name]
    assert Axis(5, 3, 1, padding, padding).output == fact("padding.5_3")[name]


def test_padding_two_keeps_the_size_under_a_five_by_five_kernel():
    padding = fact("padding.32_5.padding")
    axis = Axis(32, 5, 1, padding, padding)
    assert (axis.padded, axis.padded) == fact("padding.32_5.padded")[:2]
    assert (axis.output, axis.output) == fact("padding.32_5.output")
