"""Where one looked comes back with a session, as far as it makes sense."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cnnstudio.gui.workspaces.convolution.session_view import look, view_to_json
from cnnstudio.lab.filters import library
from tests.gui.conftest import pixels
from tests.gui.session_page import SessionPage

NAMES = (
    *("stage", "row", "column", "whole", "channel", "zoom", "tab", "display", "switches"),
    *("compare", "line"),
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(("activation", "pooled_map", "view.more", "display.clip", "split", "b")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(("more_geometry", "shared_scale", "x")), inner)
    ),
    max_leaves=6,
)


@pytest.fixture
def page(window, hand):
    return SessionPage(window, hand)


def seen(page):
    """Where one looks, by way of a file."""
    return json.loads(json.dumps(view_to_json(page.workspace)))


def go(page, view):
    workspace = page.workspace
    look(workspace, view, (7, 18), lambda: workspace.show_state(workspace.document.state))


def test_the_playhead_its_stage_and_the_whole_map_come_back(page):
    page.press("W", "2", "Home", "Right", "Down")
    view = seen(page)
    assert (view["stage"], view["row"], view["column"], view["whole"]) == ("activation", 1, 1, True)
    page.press("1", "W", "End")
    go(page, view)
    assert seen(page) == view
    assert page.place == (2, 2)


def test_the_channel_comes_back(page):
    page.take(pixels())
    page.press("G")
    view = seen(page)
    page.press("C")
    go(page, view)
    assert page.workspace.channel == 1


def test_the_zoom_comes_back(page):
    page.take(np.zeros((1, 60, 60), np.uint8))
    page.press("Ctrl++", "Ctrl++", "Ctrl+Right")
    view = seen(page)
    assert view["zoom"][0] > 1
    page.press("Ctrl+0")
    go(page, view)
    assert seen(page)["zoom"] == pytest.approx(view["zoom"])


def test_more_geometry_all_products_and_the_tab_come_back(page):
    page.press("M", "P", "A")
    view = seen(page)
    page.press("M", "L", "A")
    go(page, view)
    assert seen(page) == view


def test_the_way_maps_are_shown_comes_back(page):
    page.workspace.actions_["display.clip"].trigger()
    page.workspace.actions_["display.shared"].trigger()
    view = seen(page)
    assert view["display"] == "clip"
    page.workspace.actions_["display.signed"].trigger()
    page.workspace.actions_["display.shared"].trigger()
    go(page, view)
    assert seen(page) == view


@pytest.mark.parametrize("mode", ["b", "split", "difference"])
@pytest.mark.parametrize("tab", ["compare", "arithmetic"])
def test_kernel_b_and_the_line_come_back_with_a_file(page, tmp_path, mode, tab):
    page.workspace.document.edit("Keep", other=library()["sobel_x"].kernel)
    page.workspace.comparing.turn(mode)
    page.workspace.page.tray.turn_to(tab)
    page.workspace.comparing.curtains["feature_map"].line.dragged.emit(0.25)
    view, there = seen(page), page.find("feature_map.split").geometry()
    page.save_as(tmp_path / "mine.cnnstudio")
    page.press("Ctrl+Shift+N")
    assert seen(page)["compare"] == "a"
    page.open(tmp_path / "mine.cnnstudio")
    assert seen(page) == view
    assert (view["compare"], view["line"], view["tab"]) == (mode, 0.25, tab)
    line = page.find("feature_map.split")
    assert line.isVisible() == (mode == "split")
    assert mode != "split" or line.geometry() == there
    assert page.workspace.front.kernel == page.workspace.comparing.front(page.bench).kernel


def test_without_kernel_b_a_session_shows_a(page):
    go(page, {"compare": "split", "line": 0.25})
    assert seen(page)["compare"] == "a"
    assert page.find("feature_map.split").isHidden()


def test_an_empty_view_is_that_of_a_start(page):
    first = seen(page)
    page.press("W", "2", "Home", "M", "P")
    go(page, {})
    assert seen(page) == first


def test_a_place_that_is_not_there_becomes_the_nearest(page):
    go(page, {"row": 10**9, "column": -5})
    assert page.place == (26, 1)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(view=st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_no_view_does_any_harm(page, view):
    go(page, view)
    row, column = page.place
    assert 1 <= row <= 26
    assert 1 <= column <= 26


def test_a_bench_and_the_way_it_was_looked_at_are_shown_at_once(page, tmp_path, monkeypatch):
    page.take(pixels(9, 10, 3))
    page.workspace.document.edit("Keep", other=page.bench.kernel.repeated(3))
    page.workspace.comparing.turn("b")
    page.workspace.page.tray.turn_to("values")
    page.press("G")
    view, bench = seen(page), page.bench
    assert view["channel"] == 1
    page.save_as(tmp_path / "mine.cnnstudio")
    page.press("Ctrl+Shift+N")
    showing, shown = page.workspace.showing, []
    show_bench = showing.show_bench
    monkeypatch.setattr(showing, "show_bench", lambda *w: (shown.append(w), show_bench(*w)))
    page.open(tmp_path / "mine.cnnstudio")
    assert seen(page) == view
    assert page.bench == bench
    assert [channel for _front, channel in shown] == [1]
    page.press("Ctrl+Shift+N")
    assert len(shown) == 2
