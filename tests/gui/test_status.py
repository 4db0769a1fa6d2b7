"""The status bar: a sentence has the room it needs, and says all of itself."""

import pytest
from PyQt6.QtGui import QAction

from cnnstudio.gui.status import Status

LONG = "This sentence is far too long for a status bar that is not as wide as a cinema. " * 2


@pytest.fixture
def status(qtbot, dressed):
    status = Status(QAction(), QAction("Show what there is"))
    qtbot.addWidget(status)
    status.figure("7710 and other figures")
    status.hint("click here")
    status.resize(600, 30)
    status.show()
    qtbot.waitExposed(status)
    return status


def part(status, name):
    return next(each for each in status.children() if each.objectName() == f"window.{name}")


def test_a_short_sentence_leaves_the_figures_where_they_are(status):
    status.say("All is well")
    assert part(status, "figures").isVisible()
    assert not part(status, "hint").isVisible()
    assert status.minimumHeight() == 0


def test_for_a_longer_one_the_figures_make_room(status):
    status.warn("x" * 75)
    assert not part(status, "figures").isVisible()
    assert status.minimumHeight() == 0
    status.clearMessage()
    assert part(status, "figures").isVisible()
    assert part(status, "hint").isVisible()


def test_a_very_long_one_has_two_lines(status):
    status.warn(LONG)
    assert status.minimumHeight() > 2 * status.fontMetrics().height()
    status.resize(1900, 40)
    assert status.minimumHeight() == 0
    status.resize(600, 40)
    assert status.minimumHeight() > 0
    status.say("All is well")
    assert status.minimumHeight() == 0


@pytest.mark.parametrize("sentence", ["It is damaged", LONG])
def test_what_is_offered_stands_where_the_words_end(status, sentence):
    status.offer(sentence)
    button = part(status, "show_part")
    assert button.isVisible()
    assert status.rect().contains(button.geometry()) or sentence == LONG
    beside = status.fontMetrics().horizontalAdvance(sentence) + 6
    assert button.x() >= min(beside, 600 - button.width() - 20)
    assert button.geometry().right() <= 600
    status.say("All is well")
    assert not button.isVisible()
