"""Lit cells are painted as quickly as they blink, however many there are."""

import numpy as np
from PyQt6.QtWidgets import QApplication

from cnnstudio.gui.widgets.plane_layers import Grid
from cnnstudio.lab.kernel import Kernel


def test_a_hundred_thousand_lit_cells_are_painted_as_one_area(page, monkeypatch):
    page.take(np.full((1, 320, 320), 9))
    page.workspace.document.edit("Negate", kernel=Kernel.of([[-1]]))
    over, asked, where = page.workspace.displaying.blinking.over, [], Grid.rect_of
    monkeypatch.setattr(Grid, "rect_of", lambda *args: asked.append(args) or where(*args))
    page.click("below")
    QApplication.processEvents()
    assert over.lit.count == 320 * 320
    assert len(asked) < 1000, "one by one they would take longer than three frames"
