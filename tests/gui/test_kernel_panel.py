"""The tab "Kernel": kernels made by a formula with live sliders, and what a kernel does."""

from fractions import Fraction

import numpy as np
import pytest
from PyQt6.QtCore import QPointF

from cnnstudio.gui.widgets import frequency_view
from cnnstudio.gui.widgets.frequency_view import FrequencyView
from cnnstudio.gui.widgets.slider_number import SliderNumber, Span
from cnnstudio.gui.workspaces.convolution.kernel import kernel_meaning
from cnnstudio.gui.workspaces.convolution.kernel.kernel_maker import KernelMaker
from cnnstudio.lab.generators import generators, parameters
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_facts import frequency_response
from cnnstudio.lab.number import TIMES
from tests.gui.kernel_page import KernelPage


@pytest.fixture
def tab(page):
    return KernelPage(page)


def put(tab, weights, **other):
    kernel = tab.page.bench.taken(Kernel.of(weights, **other))
    tab.page.workspace.document.edit("Put there", kernel=kernel)


def test_picking_a_generator_puts_its_kernel_on_the_bench_in_one_step(tab, page):
    put(tab, [[5]])
    for kind in generators().values():
        before = page.steps
        tab.pick("generator", kind.title)
        assert tab.kernel == kind().kernel(), kind.title
        assert page.steps == before + 1, kind.title


@pytest.fixture
def maker(qtbot, dressed):
    made = KernelMaker()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("key", generators())
def test_a_generator_has_a_row_for_each_parameter_with_its_unit(maker, key):
    maker.kind.picked.emit(key)
    shown = [row for row in maker.findChildren(SliderNumber) if not row.isHidden()]
    wanted = parameters(generators()[key])
    assert [row.name.text() for row in shown] == [each.label for each in wanted]
    assert [row.unit.text() for row in shown] == [each.unit for each in wanted]


@pytest.mark.parametrize("key", generators())
def test_every_place_of_every_slider_makes_a_kernel(maker, key):
    made, refused = [], []
    maker.made.connect(lambda _text, _gesture, kernel: made.append(kernel))
    maker.refused.connect(refused.append)
    maker.kind.picked.emit(key)
    moves = 1
    for slider in maker.sliders.values():
        start = slider.line.value()
        for place in {0, slider.line.maximum() // 2, slider.line.maximum()} - {start}:
            slider.line.setValue(place)
            moves += 1
        slider.line.setValue(start)
    assert refused == []
    assert len(made) >= moves


def test_the_sentence_about_a_generator_is_there_to_read(tab, page):
    tab.pick("generator", "Box blur")
    about = generators()["box"].about
    assert page.find("generator_about").toolTip() == about
    assert page.find("generator").toolTip() == about


def test_a_number_typed_makes_the_kernel_at_once(tab, page):
    tab.pick("generator", "Gaussian blur")
    tab.type("gaussian_size", "3")
    assert (tab.kernel.height, tab.kernel.total) == (3, 1)
    tab.type("gaussian_sigma", "0,8")
    assert tab.kernel == generators()["gaussian"](size=3, sigma=0.8).kernel()


def test_a_drag_along_a_slider_is_live_and_one_step_of_undo(tab, page):
    tab.pick("generator", "Gaussian blur")
    before, steps, seen = tab.kernel, page.steps, []
    page.workspace.document.changed.connect(lambda bench: seen.append(bench.kernel))
    tab.drag("gaussian_sigma", 0.1, 0.4, 0.6, 0.9)
    assert len(set(seen)) >= 3
    assert tab.kernel == seen[-1]
    assert page.steps == steps + 1
    page.undo()
    assert tab.kernel == before


def test_two_drags_are_two_steps(tab, page):
    tab.pick("generator", "Gaussian blur")
    steps = page.steps
    tab.drag("gaussian_sigma", 0.1, 0.4)
    tab.drag("gaussian_sigma", 0.4, 0.6)
    assert page.steps == steps + 2


@pytest.mark.parametrize(
    ("field", "typed"), [("gaussian_size", "2.5"), ("gaussian_size", "99"), ("gaussian_sigma", "x")]
)
def test_a_parameter_that_cannot_be_is_refused_in_a_sentence(tab, page, field, typed):
    tab.pick("generator", "Gaussian blur")
    before, steps = tab.kernel, page.steps
    tab.type(field, typed)
    assert (tab.kernel, page.steps) == (before, steps)
    assert typed in page.said or "goes from" in page.said


def test_after_a_refused_parameter_the_others_still_work(tab):
    tab.pick("generator", "Gaussian blur")
    tab.type("gaussian_size", "2.5")
    tab.type("gaussian_size", "7")
    assert tab.kernel.height == 7


@pytest.mark.parametrize("channels", [1, 3])
def test_a_generated_kernel_is_called_by_what_it_was_made_by(tab, page, channels):
    page.take(np.zeros((channels, 12, 12)))
    tab.pick("generator", "Gaussian blur")
    assert page.read("filter") == "Gaussian blur: size 5, sigma 1 px"
    page.workspace.document.edit("Put there", kernel=Kernel.of([[1, 9]]).repeated(channels))
    assert page.read("filter") == "own kernel"
    page.undo()
    assert page.read("filter") == "Gaussian blur: size 5, sigma 1 px"


def test_a_generated_kernel_that_the_library_has_is_called_as_there(tab, page):
    tab.pick("generator", "Box blur")
    assert page.read("filter") == "box blur"


def test_a_generator_keeps_its_sliders_when_the_kernel_is_edited_by_hand(tab, page):
    tab.pick("generator", "Gaussian blur")
    tab.type("gaussian_sigma", "2")
    page.hand.click(page.kernel, page.weight_at(0, 0))
    page.type("77")
    page.press("Return")
    assert tab.kernel.cells[0][0][0] == 77
    assert page.find("gaussian_sigma").text() == "2"
    tab.type("gaussian_size", "3")
    assert tab.kernel == generators()["gaussian"](size=3, sigma=2.0).kernel()


def test_a_generator_keeps_its_sliders_while_another_is_looked_at(tab):
    tab.pick("generator", "Gaussian blur")
    tab.type("gaussian_size", "9")
    tab.pick("generator", "Box blur")
    tab.pick("generator", "Gaussian blur")
    assert tab.kernel == generators()["gaussian"](size=9).kernel()


def test_a_kernel_made_for_a_colour_picture_keeps_its_brightness(tab, page):
    page.take(np.zeros((3, 8, 8)))
    tab.pick("generator", "Box blur")
    assert tab.kernel.channels == 3
    assert tab.kernel.total == 1


def test_the_facts_of_sobel_are_written_beside_it(tab, page):
    page.take(np.full((1, 8, 8), 7))
    put(tab, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    assert tab.fact("Sum") == "Sum 0: flat areas become 0"
    assert tab.fact("Output") == "−1\u2009020 … 1\u2009020, for pixels from 0 to 255"
    assert tab.fact("Separable") == "(1, 2, 1) down × (−1, 0, 1) across"
    assert tab.fact("Weights") == "6 of 9 are not 0"
    assert tab.fact("Half turn") == "changes the kernel"


def test_the_facts_of_the_curve_detector_are_written_beside_it(tab):
    assert tab.fact("Separable") == "no, rank 3"
    assert tab.fact("Weights") == "6 of 49 are not 0"
    assert tab.fact("Output") == "0 … 9\u2009000, for pixels from 0 to 50"


def test_the_facts_follow_every_edit_and_undo(tab, page):
    put(tab, [[1, 2], [2, 4]])
    assert tab.fact("Separable") == "(1, 2) down × (1, 2) across"
    put(tab, [[1, 2], [2, 5]])
    assert tab.fact("Separable") == "no, rank 2"
    page.undo()
    assert tab.fact("Separable") == "(1, 2) down × (1, 2) across"


def test_the_facts_are_those_of_the_channel_looked_at(tab, page):
    page.take(np.zeros((3, 8, 8)))
    cells = tuple(Kernel.of([[0] * n + [1] * (3 - n)]).cells[0] for n in range(3))
    page.workspace.document.edit("Put there", kernel=Kernel(cells))
    assert tab.fact("Weights") == "6 of 9 are not 0"
    assert tab.panel.meaning.whose.toolTip() == "all 3 slices together"
    page.leave()
    page.press("B")
    assert tab.fact("Weights") == "1 of 3 are not 0"
    assert tab.panel.meaning.whose.toolTip() == "blue"


def test_weights_too_fine_to_find_the_rank_are_said_to_be(tab, page):
    odd = (Fraction(1, 10**9 - 1 - 2 * each) for each in range(121))
    rows = tuple(tuple(next(odd) for _ in range(11)) for _ in range(11))
    page.workspace.document.edit("x", kernel=Kernel((rows,)))
    assert tab.fact("Separable") == "not worked out: weights too fine"
    page.take(np.zeros((2, 12, 12)))
    page.workspace.document.edit("x", kernel=Kernel((rows, ((Fraction(1),) * 11,) * 11)))
    line = tab.panel.meaning.lines["Separable"]
    assert line.whole == "not worked out: weights too fine; ranks ?, 1"


def test_of_many_slices_the_rank_is_told_of_the_one_looked_at(tab, page):
    page.take(np.zeros((6, 8, 8)))
    kernel = Kernel(Kernel.of([[1, 2], [2, 4]]).cells * 5 + Kernel.of([[1, 2], [2, 5]]).cells)
    page.workspace.document.edit("x", kernel=kernel)
    assert tab.panel.meaning.lines["Separable"].whole == "told of one slice at a time"
    page.workspace.looking.choose(5)
    assert tab.fact("Separable") == "no, rank 2"


def test_nothing_is_worked_out_while_nobody_looks_and_all_of_it_when_they_do(
    tab, page, monkeypatch
):
    asked = []
    real = kernel_meaning.kernel_facts
    monkeypatch.setattr(
        kernel_meaning, "kernel_facts", lambda *given: asked.append(given) or real(*given)
    )
    page.workspace.page.tray.turn_to("arithmetic")
    put(tab, [[5, 6], [7, 8]])
    assert asked == []
    page.workspace.page.tray.turn_to("kernel")
    assert tab.fact("Weights") == "4 of 4 are not 0"
    assert len(asked) == 1


def test_in_a_narrow_window_making_and_meaning_take_turns(tab, page):
    panel = tab.panel
    assert panel.maker.isVisible()
    assert panel.meaning.isVisible()
    page.window.resize(1000, 760)
    page.hand.until(lambda: not panel.meaning.isVisible())
    assert panel.maker.isVisible()
    tab.click("kernel_part.what")
    assert panel.meaning.isVisible()
    assert not panel.maker.isVisible()
    put(tab, [[1, 2]])
    assert tab.fact("Weights") == "2 of 2 are not 0"
    page.window.resize(1280, 800)
    page.hand.until(panel.maker.isVisible)
    assert panel.meaning.isVisible()


def test_the_frequency_picture_is_that_of_the_kernel(tab):
    put(tab, [[1, 2, 1], [2, 4, 2], [1, 2, 1]], divisor=16)
    shown = tab.panel.meaning.picture.response
    np.testing.assert_array_equal(shown, frequency_response(tab.kernel))


def test_the_frequency_under_the_pointer_is_told(tab, page):
    put(tab, [[1, 1, 1], [1, 1, 1], [1, 1, 1]], divisor=9)
    picture = page.find("frequency")
    value = page.find("frequency_value")
    assert value.toolTip()
    page.hand.move(picture, QPointF(picture.width() / 2, picture.height() / 2))
    assert value.text() == f"flat: {TIMES} 1"
    page.hand.move(picture, QPointF(picture.width() - 1, picture.height() / 2))
    assert value.text() == f"2 px: {TIMES} 0.3333"


@pytest.fixture
def view(qtbot, dressed):
    made = FrequencyView("frequency")
    qtbot.addWidget(made)
    return made


def test_a_blur_is_bright_in_the_middle_and_an_edge_detector_dark(view):
    for weights, middle, edge in (
        ([[1, 2, 1], [2, 4, 2], [1, 2, 1]], 255, 0),
        ([[0, 1, 0], [1, -4, 1], [0, 1, 0]], 0, 255),
    ):
        view.show_response(frequency_response(Kernel.of(weights)))
        seen = view.grab().toImage()
        assert abs(seen.pixelColor(view.width() // 2, view.height() // 2).red() - middle) < 12
        assert abs(seen.pixelColor(3, 3).red() - edge) < 12


def test_a_kernel_of_zeros_lets_nothing_pass_and_is_black(view):
    view.show_response(frequency_response(Kernel.of([[0]])))
    assert view.most == 0
    assert view.grab().toImage().pixelColor(20, 20).red() == 0
    assert view.words_at(QPointF(20, 20)).endswith(f"{TIMES} 0")


def test_waves_get_shorter_towards_the_edge(view):
    view.show_response(np.ones((65, 65)))
    size, told = view.width(), []
    for share in (0.6, 0.75, 0.999):
        words = view.words_at(QPointF(share * size, size / 2))
        told.append(float(words.split(" px")[0]))
    assert told == sorted(told, reverse=True)
    assert told[-1] == 2


def test_the_picture_explains_itself_to_a_learner(view):
    assert "wave" in view.toolTip()
    assert frequency_view._SMALLEST <= view.width() <= frequency_view._LARGEST


@pytest.fixture
def slider(qtbot, dressed):
    made = SliderNumber("size", "Size", Span(Fraction(1), Fraction(3), Fraction(1, 10), "px"))
    qtbot.addWidget(made)
    made.told = []
    made.changed.connect(lambda value, gesture: made.told.append(value))
    return made


def test_a_slider_stands_on_exact_steps(slider):
    slider.line.setValue(7)
    assert slider.told == [Fraction(17, 10)]
    assert slider.field.text() == "1.7"


def test_showing_a_number_tells_nobody(slider):
    slider.show_value(Fraction(5, 2))
    assert slider.told == []
    assert (slider.line.value(), slider.field.text()) == (15, "2.5")


def test_a_number_between_two_steps_can_be_typed(slider):
    slider.field.setText("1.234")
    slider.field.commit()
    assert slider.told == [Fraction("1.234")]
    assert slider.field.text() == "1.234"


def test_a_number_beyond_the_ends_is_refused(slider):
    refused = []
    slider.refused.connect(refused.append)
    slider.field.setText("3.5")
    slider.field.commit()
    assert refused == ["Size goes from 1 to 3 px"]
    assert slider.told == []
    assert slider.field.property("bad") is True


def test_a_sum_is_not_said_to_be_what_it_nearly_is(tab):
    line = tab.panel.meaning.lines["Sum"]
    tab.page.workspace.document.edit("x", kernel=Kernel.of([["99999/100000"]]))
    assert line.whole == "0.99999: flat areas × 0.99999"
    tab.page.workspace.document.edit("x", kernel=Kernel.of([["2/3"]]))
    assert line.whole == "2/3: flat areas × (2/3)"
    tab.page.workspace.document.edit("x", kernel=Kernel.of([["1234567/1234568"]]))
    assert line.whole == "≈ 1: flat areas × ≈ 1"


def test_zeros_round_a_picture_without_black_count_as_pixels(tab):
    line = tab.panel.meaning.lines["Output"]
    image = Image(np.full((1, 5, 5), 150.0), "bright", 100, 200)
    average = Kernel.of([[1] * 3] * 3, divisor=9)
    tab.page.workspace.document.edit("x", source=image, kernel=average, padding=(1, 1, 1, 1))
    assert line.whole == "0 … 200 from 0 … 200"
    assert "0 … 200" in tab.page.workspace.page.kernel.info.text()
    assert tab.page.bench.feature_map().min() < 100
    tab.page.workspace.document.edit("x", padding_mode="replicate")
    assert line.whole == "100 … 200 from 100 … 200"


def test_waves_are_as_long_as_the_dilation_makes_them(tab):
    tab.page.workspace.document.edit("x", dilation=(2, 2))
    assert tab.panel.meaning._hint.toolTip() == "edge: 4 px waves"
