"""What does not fit, and whether the cures that are offered really work."""

import re
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.misfit import formula, misfit, pooling_misfit
from cnnstudio.lab.number import MINUS, shown
from cnnstudio.lab.stages import Pooling
from cnnstudio.nn.geometry import Axis
from tests.lab.benches import benches, images, kernels, pairs


def flat(height, width, kernel=(3, 3), **fields):
    """A gray picture of zeros under a kernel of ones."""
    image = Image.of([[0] * width] * height)
    return ConvolutionBench(image, Kernel.of([[1] * kernel[1]] * kernel[0]), **fields)


@st.composite
def tight_benches(draw):
    """Benches on which much does not fit: small pictures, large kernels, strides and paddings."""
    image = draw(images(1, 12))
    even = st.integers(0, 3).map(lambda side: (side,) * 4)
    return ConvolutionBench(
        image,
        draw(kernels(1, 11)),
        stride=draw(pairs(1, 7)),
        padding=draw(st.tuples(*[st.integers(0, 16)] * 4) | even),
        padding_mode=draw(st.sampled_from(("zero", "replicate", "reflect", "wrap"))),
        dilation=draw(pairs(1, 4)),
    )


def promised(label):
    """Read the shape a cure promises out of its label."""
    found = re.search(r": (\d+) × (\d+)$", label)
    return int(found[1]), int(found[2])


def cure_called(bench, start):
    return next(cure for cure in misfit(bench).cures if cure.label.startswith(start))


# every cure works


@given(tight_benches())
def test_every_cure_makes_a_map_of_the_size_in_its_label(bench):
    found = misfit(bench)
    for cure in found.cures if found else ():
        cured = replace(bench, **cure.changes)
        assert cured.map_shape == promised(cure.label)
        assert cured.feature_map().shape == promised(cure.label)
        assert all(cured.map_shape)


@given(tight_benches())
def test_every_cure_of_a_stride_but_leaving_out_leaves_nothing_unread(bench):
    found = misfit(bench)
    assume(found is not None and not found.stops)
    assert [cure.changes for cure in found.cures].count({}) == 1
    for cure in found.cures:
        cured = replace(bench, **cure.changes)
        assert bool(cured.down.unread or cured.across.unread) == (not cure.changes)


@given(tight_benches())
def test_every_cure_says_what_it_changes_to(bench):
    found = misfit(bench)
    for cure in found.cures if found else ():
        head = cure.label.partition(":")[0]
        said = {int(number) for number in re.findall(r"\d+", head)}
        values = [value for value in cure.changes.values() if isinstance(value, tuple)]
        if head.startswith(("padding", "stride")):
            assert said == set(values[0]), cure.label
        if head.startswith("padding") and not found.stops:
            assert len(said) == 1
            assert min(said) >= max(bench.padding)
        if "kernel" in cure.changes:
            kernel = cure.changes["kernel"]
            assert said == {kernel.height, kernel.width}
        if head == "one-sided padding":
            more = [new - old for new, old in zip(values[0], bench.padding, strict=True)]
            assert {int(each) for each in re.findall(r"\d+", cure.about)} == set(more) - {0}
            assert ("bottom" in cure.about, "right" in cure.about) == (more[1] > 0, more[3] > 0)
            assert more[0] == more[2] == 0


@given(tight_benches())
def test_there_is_always_a_way_out(bench):
    found = misfit(bench)
    assert found is None or found.cures


@given(tight_benches())
def test_a_bench_with_a_map_that_reads_everything_has_no_misfit_and_only_such_a_one(bench):
    good = all(bench.map_shape) and not bench.down.unread and not bench.across.unread
    assert (misfit(bench) is None) == good


@given(tight_benches())
def test_a_misfit_stops_where_there_is_no_map(bench):
    found = misfit(bench)
    assume(found)
    assert found.stops == (not all(bench.map_shape))
    assert found.stage == "feature_map"


@given(benches())
def test_every_cure_of_a_pooling_works(bench):
    found = pooling_misfit(bench)
    wanted = bench.pooling.kind != "none" and all(bench.map_shape)
    assert (found is not None) == (wanted and not all(bench.pooled_shape))
    if found:
        assert found.stops
        assert found.stage == "pooled_map"
        window, nothing = (replace(bench, **cure.changes) for cure in found.cures)
        rows, columns = window.pooling.size
        assert found.cures[0].label == f"window {rows} × {columns}"
        assert all(window.pooled_shape)
        assert nothing.pooling == replace(bench.pooling, kind="none")


# the sentences


def test_a_stride_that_does_not_fit_is_a_note_with_the_numbers_in():
    found = misfit(flat(7, 7, stride=(3, 3)))
    assert not found.stops
    assert found.title == "Stride 3 does not fit"
    assert found.about == (
        "Room for 2.33 positions. The hatched row and column are never read: 13 of 49 pixels."
    )


def test_seven_by_seven_with_stride_three_is_cured_by_padding_one():
    bench = flat(7, 7, stride=(3, 3))
    assert formula(bench.down) == ("O = (7 − 3 + 2·0) ∕ 3 + 1 ≈", "2.33")
    assert bench.map_shape == (2, 2)
    cure = cure_called(bench, "padding 1")
    assert cure.label == "padding 1: 3 × 3"
    assert replace(bench, **cure.changes).padding == (1, 1, 1, 1)
    assert [cure.label for cure in misfit(bench).cures] == [
        "leave them out: 2 × 2",
        "padding 1: 3 × 3",
        "one-sided padding: 3 × 3",
        "stride 2: 3 × 3",
    ]


def test_only_the_direction_that_does_not_fit_is_named():
    found = misfit(flat(7, 8, stride=(2, 2)))
    assert found.about == (
        "Room for 3 by 3.5 positions. The hatched column is never read: 7 of 56 pixels."
    )


@pytest.mark.parametrize(
    ("height", "width", "about"),
    [
        (7, 7, "2 more at the bottom and at the right"),
        (7, 8, "2 more at the bottom and 1 more at the right"),
        (6, 8, "1 more at the right"),
        (8, 6, "1 more at the bottom"),
    ],
)
def test_padding_on_one_side_says_how_much_goes_where(height, width, about):
    assert cure_called(flat(height, width, stride=(3, 3)), "one-sided").about == about


def test_padding_on_one_side_is_evened_out_if_that_is_enough():
    bench = flat(5, 5, stride=(2, 2), padding=(0, 1, 0, 1))
    assert cure_called(bench, "padding").label == "padding 1: 3 × 3"


def test_padding_that_no_window_reaches_is_not_called_pixels():
    found = misfit(flat(7, 7, stride=(2, 2), padding=(0, 1, 0, 1)))
    assert found.about == "Room for 3.5 positions. Only padding stays unread."


def test_a_kernel_larger_than_the_picture_is_named_with_both_sizes():
    found = misfit(flat(5, 6, (7, 7)))
    assert found.title == "A 7×7 kernel does not fit into 5×6 pixels"
    assert found.about == "There is no place where all its weights meet a pixel."
    assert [cure.label for cure in found.cures] == [
        "padding 1: 1 × 2",
        "kernel 5 × 6: 1 × 1",
        "identity 3 × 3: 3 × 4",
    ]


def test_a_kernel_larger_than_a_colour_picture_has_the_same_cures():
    gray = flat(5, 6, (7, 7))
    colour = replace(gray, source=Image(np.zeros((3, 5, 6))), kernel=gray.kernel.repeated(3))
    assert [each.label for each in misfit(colour).cures] == [
        each.label for each in misfit(gray).cures
    ]


def test_padding_and_dilation_are_named_where_they_count():
    found = misfit(flat(3, 3, (5, 5), padding=(0, 1, 0, 0), dilation=(2, 2)))
    assert found.about == (
        "There is no place where all its weights meet a pixel. "
        "With the padding there are 4 × 3 pixels. "
        "With its dilation the kernel spans 9 × 9."
    )


@pytest.mark.parametrize(
    ("mode", "padding", "title", "about"),
    [
        (
            "reflect",
            (5, 0, 0, 0),
            "A padding of 5 cannot be made of 5×9 pixels",
            "Reflecting 5 rows takes at least 6 of them.",
        ),
        (
            "reflect",
            (5, 0, 8, 8),
            "A padding of 5 cannot be made of 5×9 pixels",
            "Reflecting 5 rows takes at least 6 of them.",
        ),
        (
            "wrap",
            (5, 0, 0, 10),
            "A padding of 10 cannot be made of 5×9 pixels",
            "Wrapping round 10 columns takes at least 10 of them.",
        ),
    ],
)
def test_a_padding_that_cannot_be_copied_names_the_side_that_lacks_pixels(
    mode, padding, title, about
):
    found = misfit(flat(5, 9, padding=padding, padding_mode=mode))
    assert (found.title, found.about) == (title, about)


def test_a_padding_that_cannot_be_copied_is_cut_to_what_each_side_allows():
    bench = flat(5, 9, padding=(5, 0, 9, 1), padding_mode="reflect")
    assert [cure.label for cure in misfit(bench).cures] == [
        "padding 4, 0, 8, 1: 7 × 16",
        "zeros: 8 × 17",
        "edge pixels: 8 × 17",
    ]


def test_a_kernel_that_does_not_fit_even_into_zeros_is_cut():
    bench = flat(2, 2, (7, 7), padding=(2, 2, 2, 2), padding_mode="reflect")
    assert [cure.label for cure in misfit(bench).cures] == ["zeros and kernel 6 × 6: 1 × 1"]


def test_a_window_larger_than_the_map_is_named_with_both_sizes():
    bench = flat(5, 6, pooling=Pooling("max", (4, 4), (4, 4)))
    assert pooling_misfit(bench).title == "A 4×4 window does not fit into a 3×4 map"


@given(
    st.builds(
        Axis, st.integers(1, 99), st.integers(1, 11), st.integers(1, 16), *[st.integers(0, 16)] * 2
    )
)
def test_the_formula_is_an_equation_or_says_that_it_is_rounded(axis):
    text, result = formula(axis)
    found = re.fullmatch(
        r"O = \((\d+) − (\d+) \+ (?:2·(\d+)|(\d+) \+ (\d+))\) ∕ (\d+) \+ 1 (.)", text
    )
    size, extent, both, before, after, stride, equals = found.groups()
    padding = 2 * int(both) if both else int(before) + int(after)
    claimed = Fraction(int(size) - int(extent) + padding, int(stride)) + 1
    assert claimed == axis.exact
    assert (shown(result) == claimed) == (equals == "=")
    assert abs(shown(result) - claimed) <= Fraction(1, 200)
    assert not result.endswith("0") or "." not in result
    assert "-" not in result
    assert result.startswith(MINUS) == (claimed < 0)
