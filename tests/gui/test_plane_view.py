"""A view of numbers: colours, digits where there is room, marks, and the mouse."""

import numpy as np
import pytest
from PyQt6.QtCore import QEvent, QPointF
from PyQt6.QtWidgets import QApplication

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.plane_layers import Grid, Marks, Plane
from cnnstudio.gui.widgets.plane_view import MARGIN, PlaneView
from tests.gui.hand import RIGHT

NUMBERS = np.array([[-4.0, 0.0, 4.0], [1.0, 2.0, -3.0]])


class Shown:
    """A view on the screen, and what it told."""

    def __init__(self, qtbot, hand, values, cell, **plane):
        self.view, self.hand = PlaneView("test.view", "A view"), hand
        qtbot.addWidget(self.view)
        plane = {"low": -4.0, "high": 4.0, **plane}
        self.view.look_at(Grid(cell, MARGIN, MARGIN))
        self.view.show_plane(Plane(values, **plane))
        self.view.setFixedSize(self.view.sizeHint())
        self.view.show()
        self.told = []
        for name in ("hovered", "clicked", "painted", "stroke_ended", "zoomed", "dragged"):
            signal = getattr(self.view, name)
            signal.connect(lambda *what, name=name: self.told.append((name, *what)))

    def look(self):
        return self.view.grab().toImage()

    def area(self, row, column):
        return self.view.grid.rect_of(row, column).toAlignedRect().adjusted(2, 2, -2, -2)

    def colours(self, row, column):
        """The colours inside a cell."""
        image, area = self.look(), self.area(row, column)
        return {
            image.pixelColor(x, y).name()
            for x in range(area.left(), area.right())
            for y in range(area.top(), area.bottom())
        }

    def at(self, row, column):
        return self.view.grid.rect_of(row, column).center()


@pytest.fixture
def show(qtbot, dressed, hand):
    def make(values=NUMBERS, cell=12.0, **plane):
        shown = Shown(qtbot, hand, np.asarray(values, float), cell, **plane)
        qtbot.waitExposed(shown.view)
        return shown

    return make


def test_the_ends_of_a_signed_scale_and_its_zero_have_the_themes_colours(show):
    shown = show()
    tokens = theme.tokens("light")
    assert shown.colours(0, 0) == {tokens["data_negative"]}
    assert shown.colours(0, 1) == {tokens["data_zero"]}
    assert shown.colours(0, 2) == {tokens["data_positive"]}


@pytest.mark.parametrize("family", ["data", "weight"])
@pytest.mark.parametrize("name", theme.THEMES)
def test_zero_is_the_neutral_colour_in_every_theme(qapp, show, family, name):
    theme.apply_theme(qapp, name)
    try:
        shown = show(family=family)
        assert theme.tokens(name)[f"{family}_zero"] in shown.colours(0, 1)
    finally:
        theme.apply_theme(qapp, "light")


def test_an_image_goes_from_black_to_white(show):
    shown = show([[0, 25, 50]], family="image", low=0, high=50)
    assert shown.colours(0, 0) == {"#000000"}
    assert shown.colours(0, 2) == {"#ffffff"}
    (middle,) = shown.colours(0, 1)
    assert middle in {"#7f7f7f", "#808080"}


@pytest.mark.parametrize(("cell", "digits"), [(12.0, False), (22.0, True), (30.0, True)])
def test_digits_appear_from_about_22_px_a_cell_on(show, cell, digits):
    shown = show(cell=cell)
    assert (len(shown.colours(0, 2)) > 1) is digits


def test_digits_appear_in_all_cells_or_in_none(show):
    shown = show([[1, 2], [3, 123456]], cell=24, high=123456, low=-123456)
    assert len(shown.colours(0, 0)) == 1


def test_cells_show_their_own_numbers(show):
    def digits(shown, row, column):
        return shown.look().copy(shown.area(row, column))

    eights = show([[8, 8], [7, 8]], cell=30, low=-8, high=8)
    assert digits(eights, 0, 0) == digits(eights, 0, 1) == digits(eights, 1, 1)
    assert digits(eights, 1, 0) != digits(eights, 0, 0)


def test_padding_is_hatched_and_no_image(show):
    plain = show(np.zeros((4, 4)), family="image", low=0, high=255)
    ringed = show(np.zeros((4, 4)), family="image", low=0, high=255, ring=(1, 1, 1, 1))
    assert ringed.colours(0, 0) != plain.colours(0, 0)
    assert ringed.colours(1, 1) == plain.colours(1, 1)
    assert theme.tokens("light")["window"] in ringed.colours(0, 3)


def test_what_is_never_read_is_hatched_in_another_way_than_padding(show):
    unread = show(np.zeros((4, 4)), family="image", low=0, high=255, unread=((3, 0, 1, 4),))
    padded = show(np.zeros((4, 4)), family="image", low=0, high=255, ring=(0, 1, 0, 0))
    assert unread.colours(3, 1).isdisjoint(padded.colours(3, 1))
    assert unread.colours(2, 1) == {"#000000"}


def test_cells_without_a_number_yet_are_blank_from_there_on(show):
    shown = show()
    whole = [shown.colours(*place) for place in np.ndindex(2, 3)]
    shown.view.show_marks(Marks(shown=4))
    growing = [shown.colours(*place) for place in np.ndindex(2, 3)]
    assert growing[:4] == whole[:4]
    blank = theme.tokens("light")["unvisited"]
    assert all(blank in colours for colours in growing[4:])


@pytest.mark.parametrize(
    "mark",
    [
        {"window": (0, 0, 1, 2)},
        {"cell": (1, 1)},
        {"tap": (1, 1)},
        {"hover": ((1, 1, 1, 1),)},
        {"pinned": (1, 1)},
        {"winner": (1, 1)},
        {"frame": (0, 0, 2, 2)},
    ],
)
def test_every_mark_is_seen_and_can_be_taken_away(show, mark):
    shown = show(cell=24.0)
    before = shown.look()
    shown.view.show_marks(Marks(**mark))
    marked = shown.look()
    assert marked != before
    shown.view.show_marks(Marks())
    assert shown.look() == before


def test_the_marks_are_told_apart(show):
    shown = show(cell=24.0)
    looks = []
    for mark in ("cell", "tap", "pinned", "winner"):
        shown.view.show_marks(Marks(**{mark: (1, 1)}))
        looks.append(shown.look())
    assert all(a != b for index, a in enumerate(looks) for b in looks[:index])


def test_a_sentence_can_stand_in_the_place_of_numbers(show):
    shown = show(cell=60)
    shown.view.show_plane(None, "")
    empty = shown.look()
    shown.view.show_plane(None, "no map here")
    assert shown.look() != empty


def test_another_theme_paints_the_numbers_anew(qapp, show):
    shown = show()
    before = shown.colours(0, 2)
    theme.apply_theme(qapp, "dark")
    try:
        assert shown.colours(0, 2) == {theme.tokens("dark")["data_positive"]} != before
    finally:
        theme.apply_theme(qapp, "light")


def test_a_cell_is_found_under_a_point_and_none_outside(show):
    view = show().view
    assert view.cell_at(QPointF(MARGIN + 1, MARGIN + 1)) == (0, 0)
    assert view.cell_at(QPointF(MARGIN + 12 * 2 + 1, MARGIN + 12 + 1)) == (1, 2)
    assert view.cell_at(QPointF(0, 0)) is None
    assert view.cell_at(QPointF(500, 5)) is None


def test_the_mouse_tells_each_cell_once_and_when_it_leaves(show):
    shown = show()
    for place in ((0, 0), (0, 1)):
        for nudge in (-3, 0, 3):
            shown.hand.move(shown.view, shown.at(*place) + QPointF(nudge, nudge))
    QApplication.sendEvent(shown.view, QEvent(QEvent.Type.Leave))
    assert shown.told == [("hovered", 0, 0), ("hovered", 0, 1), ("hovered", -1, -1)]


def test_a_click_tells_the_cell(show):
    shown = show()
    shown.hand.click(shown.view, shown.at(1, 2))
    assert ("clicked", 1, 2) in shown.told


def test_a_drag_pushes_the_picture_and_is_no_click(show):
    shown = show(cell=24.0)
    shown.hand.push(shown.view, shown.at(0, 0))
    shown.hand.move(shown.view, shown.at(0, 1))
    shown.hand.let_go(shown.view, shown.at(0, 1))
    assert ("dragged", 24.0, 0.0) in shown.told
    assert "clicked" not in [name for name, *_ in shown.told]


def test_the_wheel_asks_for_zoom_round_the_cell_under_the_pointer(show):
    shown = show()
    shown.hand.turn(shown.view, 1, shown.at(1, 2))
    shown.hand.turn(shown.view, -1, shown.at(1, 2))
    (_, nearer, *middle), (_, farther, *_) = _only(shown.told, "zoomed")
    assert nearer == pytest.approx(1.25)
    assert farther == pytest.approx(0.8)
    assert middle == pytest.approx([1.5, 2.5])


def test_with_a_pencil_a_stroke_paints_every_cell_it_crosses_once(show, hand):
    shown = show(cell=20.0)
    shown.view.pencil = True
    hand.push(shown.view, shown.at(0, 0), RIGHT)
    for place in ((0, 0), (0, 1), (0, 2)):
        for nudge in (-4, 0, 4):
            hand.move(shown.view, shown.at(*place) + QPointF(nudge, nudge))
    hand.let_go(shown.view, shown.at(0, 2), RIGHT)
    painted = [(row, column) for name, row, column, *_ in _only(shown.told, "painted")]
    assert painted == [(0, 0), (0, 1), (0, 2)]
    assert all(erase for *_, erase in _only(shown.told, "painted"))
    assert shown.told[-1] == ("stroke_ended",)
    assert not _only(shown.told, "clicked")


def _only(told, name):
    return [what for what in told if what[0] == name]
