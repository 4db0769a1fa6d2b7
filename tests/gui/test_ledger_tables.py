"""The tables beside the ledger, for kernels of every shape."""

import pytest

from cnnstudio.lab.kernel import Kernel

TABLES = ("window_pixels", "window_weights", "window_products")


@pytest.mark.parametrize("shape", [(1, 3), (3, 1), (1, 1), (1, 11), (2, 5), (3, 3)])
def test_cells_are_at_least_as_wide_as_high(page, shape):
    page.workspace.document.edit("x", kernel=Kernel.of([[2] * shape[1]] * shape[0]))
    for name in TABLES:
        view = page.picture(name).view
        assert view.grid.wide >= 0.99 or shape[1] == 11
        assert view.grid.cell >= 20
        assert view.plane.values.shape == shape


def test_signs_stand_in_the_middle_of_their_tables(page):
    page.workspace.document.edit("x", kernel=Kernel.of([[2, 2, 2]]))
    panel, table = page.workspace.page.ledger, page.picture("window_weights").view
    middle = table.mapTo(panel, table.rect().center()).y()
    for between in panel._signs:
        assert abs(between.mapTo(panel, between.rect().center()).y() - middle) <= 3
