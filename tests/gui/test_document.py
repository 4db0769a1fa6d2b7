"""The document: one value on the bench, every step of it undoable, and nothing half done."""

import logging
from dataclasses import dataclass

import numpy as np
import pytest

from cnnstudio.gui.document import Document


@dataclass(frozen=True)
class Bench:
    stride: int = 1
    padding: int = 0

    def __post_init__(self):
        if self.stride < 1:
            raise ValueError(f"A stride of {self.stride} never moves")


class Heard:
    """What a document has told, in order."""

    def __init__(self, document):
        self.told = []
        document.changed.connect(lambda state: self.told.append(("changed", state)))
        document.viewed.connect(lambda view: self.told.append(("viewed", view)))
        document.refused.connect(lambda reason: self.told.append(("refused", reason)))


@pytest.fixture
def document(qapp):
    return Document(Bench())


@pytest.fixture
def heard(document):
    return Heard(document)


def test_an_edit_replaces_the_named_fields_and_tells_the_new_state(document, heard):
    document.edit("Change stride", stride=2)
    assert document.state == Bench(stride=2)
    assert heard.told == [("changed", Bench(stride=2))]


def test_an_edit_is_undone_and_redone_and_both_are_told(document, heard):
    document.edit("Change stride", stride=2)
    document.undo_stack.undo()
    assert document.state == Bench()
    document.undo_stack.redo()
    assert document.state == Bench(stride=2)
    assert heard.told == [("changed", Bench(2)), ("changed", Bench(1)), ("changed", Bench(2))]


def test_the_undo_menu_says_what_the_user_did(document):
    document.edit("Change stride", stride=2)
    assert document.undo_stack.undoText() == "Change stride"


def test_a_meaningless_edit_is_refused_with_its_reason_and_changes_nothing(document, heard):
    document.edit("Change stride", stride=0)
    assert heard.told == [("refused", "A stride of 0 never moves")]
    assert document.state == Bench()
    assert document.undo_stack.count() == 0


def test_a_refused_edit_keeps_what_can_be_redone(document):
    document.edit("Change stride", stride=2)
    document.undo_stack.undo()
    document.edit("Change stride", stride=0)
    assert document.undo_stack.canRedo()


def test_an_edit_that_changes_nothing_is_no_step_and_keeps_what_can_be_redone(document, heard):
    document.edit("Change stride", stride=2)
    document.undo_stack.undo()
    heard.told.clear()
    document.edit("Change stride", stride=1)
    assert heard.told == []
    assert document.undo_stack.canRedo()


def test_a_field_the_bench_does_not_have_is_an_error_and_no_refusal(document, heard):
    with pytest.raises(TypeError):
        document.edit("Change stride", strides=2)
    assert heard.told == []


def test_put_replaces_the_whole_state_as_one_step(document):
    document.put("Open session", Bench(3, 4))
    assert document.state == Bench(3, 4)
    document.undo_stack.undo()
    assert document.state == Bench()


def test_edits_without_a_gesture_stay_apart_even_with_the_same_text(document):
    for stride in (2, 3):
        document.edit("Change stride", stride=stride)
    assert document.undo_stack.count() == 2


def test_edits_in_a_row_of_one_gesture_are_one_step(document):
    for stride in (2, 3, 4):
        document.edit("Change stride", gesture="drag 1", stride=stride)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.state == Bench()
    document.undo_stack.redo()
    assert document.state == Bench(stride=4)


def test_edits_of_two_gestures_are_two_steps(document):
    document.edit("Change stride", gesture="drag 1", stride=2)
    document.edit("Change stride", gesture="drag 2", stride=3)
    assert document.undo_stack.count() == 2


def test_a_gesture_interrupted_by_another_edit_goes_on_as_a_new_step(document):
    document.edit("Change stride", gesture="drag 1", stride=2)
    document.edit("Change padding", padding=1)
    document.edit("Change stride", gesture="drag 1", stride=3)
    assert document.undo_stack.count() == 3


def test_a_gesture_interrupted_by_an_undo_goes_on_as_a_new_step(document):
    document.edit("Change stride", gesture="drag 1", stride=2)
    document.edit("Change padding", padding=1)
    document.undo_stack.undo()
    document.edit("Change stride", gesture="drag 1", stride=3)
    document.undo_stack.undo()
    assert document.state == Bench(stride=2)


def test_an_undo_and_a_redo_end_a_gesture(document):
    document.edit("Change stride", gesture="drag 1", stride=2)
    document.undo_stack.undo()
    document.undo_stack.redo()
    document.edit("Change stride", gesture="drag 1", stride=3)
    assert document.undo_stack.count() == 2


def test_a_gesture_that_comes_back_to_where_it_began_leaves_no_step(document):
    for stride in (2, 3, 1):
        document.edit("Change stride", gesture="drag 1", stride=stride)
    assert document.state == Bench()
    assert document.undo_stack.count() == 0


def test_after_a_gesture_came_back_the_next_edits_are_steps_like_any_other(document):
    document.edit("Change padding", gesture="drag 0", padding=5)
    for stride in (2, 1, 3, 4):
        document.edit("Change stride", gesture="drag 1", stride=stride)
    document.edit("Change padding", padding=6)
    seen = [document.state]
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
        seen.append(document.state)
    assert seen == [Bench(4, 6), Bench(4, 5), Bench(1, 5), Bench(1, 0)]


def test_a_gesture_does_not_merge_into_a_saved_state(document):
    document.edit("Change stride", gesture="drag 1", stride=2)
    document.undo_stack.setClean()
    document.edit("Change stride", gesture="drag 1", stride=3)
    assert not document.undo_stack.isClean()
    document.undo_stack.undo()
    assert document.state == Bench(stride=2)
    assert document.undo_stack.isClean()


def test_a_scene_sets_the_bench_and_then_the_view(document, heard):
    document.put("Scene: edges", Bench(2), view="(3, 4)")
    assert heard.told == [("changed", Bench(2)), ("viewed", "(3, 4)")]


def test_undoing_a_scene_goes_back_to_where_the_user_looked(document, heard):
    document.current_view = lambda: "(0, 1)"
    document.put("Scene: edges", Bench(2), view="(3, 4)")
    heard.told.clear()
    document.undo_stack.undo()
    assert heard.told == [("changed", Bench()), ("viewed", "(0, 1)")]
    heard.told.clear()
    document.undo_stack.redo()
    assert heard.told == [("changed", Bench(2)), ("viewed", "(3, 4)")]


def test_a_scene_redone_remembers_anew_where_the_user_looked(document, heard):
    looking_at = ["(0, 1)"]
    document.current_view = lambda: looking_at[0]
    document.put("Scene: edges", Bench(2), view="(3, 4)")
    document.undo_stack.undo()
    looking_at[0] = "(9, 9)"
    document.undo_stack.redo()
    document.undo_stack.undo()
    assert heard.told[-1] == ("viewed", "(9, 9)")


def test_an_ordinary_step_never_moves_the_view(document, heard):
    document.current_view = lambda: "(0, 1)"
    document.edit("Change stride", stride=2)
    document.undo_stack.undo()
    assert [name for name, _ in heard.told] == ["changed", "changed"]


def test_a_scene_of_the_bench_that_is_there_still_moves_the_view(document, heard):
    document.current_view = lambda: "(0, 1)"
    document.put("Scene: edges", Bench(), view="(3, 4)")
    assert heard.told[-1] == ("viewed", "(3, 4)")


def test_a_scene_that_is_wholly_there_already_is_no_step(document, heard):
    document.current_view = lambda: "(3, 4)"
    document.put("Scene: edges", Bench(), view="(3, 4)")
    assert heard.told == []
    assert document.undo_stack.count() == 0


def test_two_scenes_never_merge_even_in_one_gesture(document):
    document.put("Scene: edges", Bench(2), gesture="key", view="a")
    document.put("Scene: blur", Bench(3), gesture="key", view="b")
    assert document.undo_stack.count() == 2


@pytest.mark.parametrize("move", ["undo", "redo"])
def test_an_edit_from_inside_changed_leaves_undo_and_redo_as_they_were(document, caplog, move):
    for stride in (2, 3):
        document.edit("Change stride", stride=stride)
    document.undo_stack.undo()
    document.changed.connect(lambda state: document.edit("Meddle", padding=state.padding + 7))
    with caplog.at_level(logging.WARNING):
        getattr(document.undo_stack, move)()
    assert document.state == Bench(stride={"undo": 1, "redo": 3}[move])
    assert document.undo_stack.count() == 2
    assert "Meddle" in caplog.text


def test_an_edit_from_inside_changed_does_not_file_steps_in_the_wrong_order(document):
    document.changed.connect(lambda state: document.edit("Meddle", padding=state.padding + 7))
    document.edit("Change stride", stride=2)
    document.edit("Change stride", stride=3)
    seen = [document.state]
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
        seen.append(document.state)
    assert seen == [Bench(3), Bench(2), Bench(1)]


def test_a_meaningless_edit_from_inside_changed_or_refused_does_not_go_round_in_circles(document):
    document.changed.connect(lambda _: document.edit("Meddle", stride=-1))
    document.refused.connect(lambda _: document.edit("Meddle", stride=-1))
    reasons = []
    document.refused.connect(reasons.append)
    document.edit("Change stride", stride=2)
    document.edit("Change stride", stride=0)
    assert reasons == ["A stride of 0 never moves"]


def test_edits_work_again_after_a_listener_meddled(document):
    meddle = document.changed.connect(lambda _: document.edit("Meddle", padding=7))
    document.edit("Change stride", stride=2)
    document.changed.disconnect(meddle)
    document.edit("Change padding", padding=1)
    assert document.state == Bench(2, 1)


def test_undo_past_the_first_edit_of_a_gesture_drops_the_rest_without_harm(document):
    document.edit("Change padding", padding=1)
    for stride in (2, 3):
        document.edit("Change stride", gesture="drag 1", stride=stride)
    document.undo_stack.setIndex(0)
    document.edit("Change stride", gesture="drag 1", stride=9)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.state == Bench()


# what all steps remember


@dataclass(frozen=True)
class Heavy:
    picture: str = "a"
    number: int = 0


@pytest.fixture
def pictures():
    """Pictures of two megabytes by name."""
    return {name: np.zeros(2**21, np.uint8) for name in "abcdefg"}


@pytest.fixture
def heavy(qapp, monkeypatch, pictures):
    monkeypatch.setattr("cnnstudio.gui.document.MOST", 6 * 2**20)
    return Document(Heavy(), remembers=lambda state: [pictures[state.picture]])


def history(document):
    """The states that undo goes back to."""
    found = []
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
        found.append(document.state.picture)
    return "".join(found)


def test_the_oldest_steps_are_forgotten_where_their_pictures_are_too_large(heavy):
    for name in "bcde":
        heavy.edit(f"Open {name}", picture=name)
    assert heavy.undo_stack.undoText() == "Open e"
    assert history(heavy) == "dc"
    while heavy.undo_stack.canRedo():
        heavy.undo_stack.redo()
    assert heavy.state.picture == "e"


def test_forgetting_tells_nobody_anything_but_the_new_state(heavy):
    for name in "bc":
        heavy.edit(f"Open {name}", picture=name)
    heard = Heard(heavy)
    heavy.edit("Open d", picture="d")
    assert heard.told == [("changed", Heavy("d"))]


def test_steps_with_the_same_picture_are_all_remembered(heavy):
    for number in range(1, 40):
        heavy.edit("Count", number=number)
    assert heavy.undo_stack.count() == 39


def test_the_newest_step_can_always_be_undone(heavy, monkeypatch):
    monkeypatch.setattr("cnnstudio.gui.document.MOST", 0)
    for name in "bcd":
        heavy.edit(f"Open {name}", picture=name)
    assert history(heavy) == "c"


def test_a_gesture_goes_on_after_something_was_forgotten(heavy):
    for name in "bcd":
        heavy.edit(f"Open {name}", picture=name)
    gesture = object()
    heavy.edit("Open e", picture="e", gesture=gesture)
    count = heavy.undo_stack.count()
    for number in (1, 2, 3):
        heavy.edit("Count", gesture, number=number)
    assert heavy.undo_stack.count() == count
    heavy.undo_stack.undo()
    assert heavy.state == Heavy("d")
