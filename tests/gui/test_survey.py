"""What is found out about maps: of large ones, band by band, the same as of small ones."""

import threading
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnnstudio.gui.workspaces.convolution import large_survey
from cnnstudio.gui.workspaces.convolution.displays.display import NAMES, USUAL, Display
from cnnstudio.gui.workspaces.convolution.large_survey import Dropped, LargeSurvey
from cnnstudio.gui.workspaces.convolution.planes import map_planes
from cnnstudio.gui.workspaces.convolution.survey import (
    glimpse,
    picture_layers,
    scale,
    stages_of,
    survey,
)
from cnnstudio.lab import convolution
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.sliding import Sliding
from cnnstudio.lab.stages import Pooling
from tests.lab.benches import working_benches


def never():
    return False


@st.composite
def photographs(draw):
    """Benches with pictures of whole numbers, some with a map for each channel."""
    bench = draw(working_benches(draw(st.sampled_from((1, 3)))))
    assume(bench.image.pixels.dtype == np.uint8)
    return replace(bench, each_channel=draw(st.booleans()))


displays = st.builds(Display, st.sampled_from(list(NAMES)), st.booleans())


def large(bench, band=7, display=USUAL):
    with patch.object(convolution, "LARGE", 0), patch.object(large_survey, "_BAND", band):
        return LargeSurvey(bench, never, display).run()


def seen(bench, stage, found, display=USUAL):
    """The colours of a whole map, as the screen would show them at one pixel a cell."""
    rows, columns = bench.shape(stage)
    plane = map_planes(bench, found, display)[stage]
    return plane.seen(slice(0, rows), slice(0, columns), 1.0).colours


@given(photographs(), st.integers(1, 40), displays)
def test_a_large_survey_finds_what_a_small_one_finds(bench, band, display):
    small, found = survey(bench), large(bench, band, display)
    assert found.display == display
    assert found.whole
    assert set(found.ranges) == set(small.ranges) == set(stages_of(bench))
    for stage in ("feature_map", "activation"):
        assert found.ranges[stage] == pytest.approx(small.ranges[stage], rel=1e-12, abs=1e-12)
    assert found.below == pytest.approx(small.below)
    assert found.above == pytest.approx(small.above)
    if all(bench.pooled_shape):
        ends = small.ranges["pooled_map"]
        most = max(map(abs, small.ranges["feature_map"]))
        assert found.ranges["pooled_map"] == pytest.approx(ends, rel=1e-5, abs=most * 1e-5)


@given(photographs(), st.integers(1, 40), displays)
def test_the_colours_of_large_maps_are_those_of_small_ones(bench, band, display):
    small, found = survey(bench), large(bench, band, display)
    for stage in stages_of(bench):
        there, here = (seen(bench, stage, each, display) for each in (found, small))
        # single floats may round a half the other way
        assert np.abs(there.astype(int) - here).max() <= 1
        assert there.shape == here.shape


@given(photographs(), st.data(), displays)
def test_a_glimpse_shows_some_of_the_true_numbers(bench, data, display):
    places = {
        stage: tuple(
            range(data.draw(st.integers(0, size - 1)), size, data.draw(st.integers(1, 4)))
            for size in bench.shape(stage)
        )
        for stage in stages_of(bench)
    }
    with patch.object(convolution, "LARGE", 0):
        found = glimpse(bench, places, display=display)
        planes = map_planes(bench, found, display)
    assert not found.whole
    for stage, (rows, columns) in places.items():
        layer, plane = planes[stage].layers[0], planes[stage]
        assert (layer.top, layer.left) == (rows.start, columns.start)
        family, low, high = scale(bench, stage, found, display)
        cut = slice(rows.start, None, rows.step), slice(columns.start, None, columns.step)
        maps = [each.whole(stage)[cut] for each in large_survey.parts(bench)]
        expected = [large_survey.indices(each, family, low, high) for each in maps]
        shown = layer.colours if layer.colours.ndim == 3 else layer.colours[..., None]
        difference = np.abs(shown.astype(int) - np.stack(expected, axis=-1))
        assert difference.max() <= (0 if rows.step == columns.step else 255)
        assert plane.high == high


def test_three_maps_are_composed_into_a_picture():
    pixels = np.arange(60, dtype=np.uint8).reshape(3, 4, 5) * 4
    bench = ConvolutionBench(
        Image(pixels), Kernel.of([[2]]).repeated(1).repeated(3), each_channel=True
    )
    bench = replace(bench, kernel=bench.taken(Kernel.of([[2]])))
    shown = seen(bench, "feature_map", survey(bench))
    assert shown.tolist() == np.moveaxis(np.clip(pixels.astype(int) * 2, 0, 255), 0, -1).tolist()


def test_a_map_that_is_zero_everywhere_has_a_scale():
    bench = ConvolutionBench(Image(np.zeros((1, 4, 4), np.uint8)), Kernel.of([[1]]))
    for found in (large(bench), survey(bench)):
        assert scale(bench, "feature_map", found) == ("data", -1.0, 1.0)


def test_a_survey_nobody_wants_ends_soon():
    bench = ConvolutionBench(Image(np.zeros((1, 400, 400), np.uint8)), Kernel.of([[1] * 3] * 3))
    before, bands = threading.active_count(), []
    block = Sliding.block

    def counted(*arguments):
        bands.append(arguments)
        return block(*arguments)

    with (
        patch.object(large_survey, "_BAND", 400),
        patch.object(Sliding, "block", counted),
        pytest.raises(Dropped),
    ):
        LargeSurvey(bench, lambda: len(bands) >= 3).run()
    assert len(bands) <= 4  # of 398
    assert threading.active_count() == before


def test_the_layers_of_a_picture_are_its_own_colours():
    pixels = np.random.default_rng(1).integers(0, 256, (3, 30, 40), np.uint8)
    assert picture_layers(Image(pixels))[0].colours.tolist() == np.moveaxis(pixels, 0, 2).tolist()
    gray = Image(pixels[:1], "", 0, 255)
    assert picture_layers(gray)[0].colours.tolist() == pixels[0].tolist()


def test_a_pooled_sum_that_cancels_is_neutral_in_large_maps_too():
    bench = ConvolutionBench(
        Image(np.array([[[10, 23, 41]]], np.uint8)),
        Kernel.of([[1]], 7, "-74/21"),
        activation="none",
        pooling=Pooling("sum", (1, 3), (1, 3)),
    )
    assert bench.pooled().tolist() == [[0.0]]
    found = large(bench)
    for each in (found, survey(bench)):
        assert scale(bench, "pooled_map", each) == ("data", -1.0, 1.0)
    assert seen(bench, "pooled_map", found).tolist() == [[128]]


def test_a_glimpse_nobody_wants_ends_soon():
    bench = ConvolutionBench(Image(np.zeros((1, 40, 40), np.uint8)), Kernel.of([[1] * 3] * 3))
    places = {stage: (range(0, 10), range(0, 10)) for stage in stages_of(bench)}
    with patch.object(convolution, "LARGE", 0), pytest.raises(Dropped):
        glimpse(bench, places, lambda: True)


def test_a_glimpse_leaves_out_what_is_not_seen():
    bench = ConvolutionBench(Image(np.zeros((1, 40, 40), np.uint8)), Kernel.of([[1] * 3] * 3))
    with patch.object(convolution, "LARGE", 0):
        found = glimpse(bench, {"activation": (range(0, 10), range(0, 10))})
    assert set(found.layers) == {"activation"}


def test_whole_sums_that_nearly_cancel_are_not_taken_for_rounding():
    pixels = np.indices((32, 32)).sum(0) % 2 * 255
    bench = ConvolutionBench(
        Image(pixels[None].astype(np.uint8)),
        Kernel.of([[1000]], 1, "-127499"),
        activation="none",
        pooling=Pooling("sum", (16, 16), (16, 16)),
    )
    assert set(bench.pooled().ravel().tolist()) == {256.0}
    assert scale(bench, "pooled_map", large(bench)) == ("data", -256.0, 256.0)
