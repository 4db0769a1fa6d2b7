"""What the commands of menus, buttons and keys do on this page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace


def connect(workspace: ConvolutionWorkspace) -> None:
    """Connect every command that means something here."""
    player, actions = workspace.player, workspace.actions_
    actions.connect(
        {
            "run.play": player.toggle,
            "run.next": lambda: player.step(positions=1),
            "run.back": lambda: player.step(positions=-1),
            "run.next_row": lambda: player.step(rows=1),
            "run.back_row": lambda: player.step(rows=-1),
            "run.next_product": lambda: player.step(products=1),
            "run.back_product": lambda: player.step(products=-1),
            "run.first": player.first,
            "run.last": player.last,
            "run.faster": lambda: workspace.choose_speed(player.speed * 1.5),
            "run.slower": lambda: workspace.choose_speed(player.speed / 1.5),
            "run.feature_map": lambda: workspace.walk("feature_map"),
            "run.activation": lambda: workspace.walk("activation"),
            "run.pooled_map": lambda: workspace.walk("pooled_map"),
            "run.unpin": lambda: workspace.pin(None),
            "edit.copy_ledger": workspace.copy_ledger,
            "edit.invert": workspace.invert,
            "file.samples": workspace.page.show_samples,
            "file.new_grid": workspace.page.ask_grid,
            "view.zoom_in": lambda: workspace.zooming.by(1.25),
            "view.zoom_out": lambda: workspace.zooming.by(0.8),
            "view.fit": workspace.zooming.fit,
            "view.pan_left": lambda: workspace.zooming.pan(0, -1),
            "view.pan_right": lambda: workspace.zooming.pan(0, 1),
            "view.pan_up": lambda: workspace.zooming.pan(-1, 0),
            "view.pan_down": lambda: workspace.zooming.pan(1, 0),
        }
    )
    actions["view.whole"].toggled.connect(workspace.show_moment)
    actions["view.expand"].toggled.connect(workspace.show_moment)
    actions["view.more"].toggled.connect(lambda _on: workspace.page.fold(workspace.actions_))
