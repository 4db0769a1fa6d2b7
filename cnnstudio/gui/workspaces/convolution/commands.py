"""What the commands of menus, buttons and keys do on this page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtWidgets import QApplication

from cnnstudio.gui.actions import Actions
from cnnstudio.gui.workspaces.convolution.channels import copied
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import CHANNEL_NAMES

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace

_STEPS = (
    "play",
    "next",
    "back",
    "next_row",
    "back_row",
    "next_product",
    "back_product",
    "first",
    "last",
)


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
            "edit.next_frame": lambda: workspace.page.input.source.step(1),
            "edit.back_frame": lambda: workspace.page.input.source.step(-1),
            "edit.copy_ledger": lambda: _copy_ledger(workspace),
            "edit.invert": lambda: _invert(workspace),
            "edit.gray": lambda: _make_gray(workspace),
            "edit.each_channel": lambda: _put_apart(workspace),
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
    _listen(workspace)
    actions["view.whole"].toggled.connect(workspace.show_moment)
    actions["view.expand"].toggled.connect(workspace.show_moment)
    actions["view.more"].toggled.connect(lambda _on: workspace.page.fold(workspace.actions_))


def _listen(workspace: ConvolutionWorkspace) -> None:
    """Do what the widgets of the page ask for."""
    page, player = workspace.page, workspace.player
    page.edited.connect(workspace.edit)
    page.refused.connect(workspace.warned)
    page.kernel.said.connect(workspace.said)
    page.sample_chosen.connect(workspace.sample_wanted)
    page.input.source.wanted.connect(workspace.reread)
    page.grid_made.connect(workspace.take_grid)
    page.cured.connect(workspace.cure)
    page.ledger.more.connect(workspace.actions_["view.expand"].toggle)
    page.segments.chosen.connect(
        lambda index: workspace.actions_["view.whole"].setChecked(index == 1)
    )
    player.moved.connect(workspace.follow_playhead)
    player.played.connect(lambda _playing: workspace.show_moment())
    page.transport.speed_chosen.connect(workspace.choose_speed)


def show_bench(actions: Actions, bench: ConvolutionBench) -> None:
    """Say which of the switches are on, and which of them mean something."""
    colours, several = bench.source.channels == len(CHANNEL_NAMES), bench.kernel.channels > 1
    for name, on, there in (
        ("edit.invert", bench.invert, True),
        ("edit.gray", bench.gray and colours, colours),
        ("edit.each_channel", bench.apart, several),
    ):
        actions[name].setChecked(on)
        actions[name].setEnabled(there)


def offer_steps(actions: Actions, there: bool) -> None:
    """Offer to step if there is anywhere to step to."""
    for name in _STEPS:
        actions[f"run.{name}"].setEnabled(there)


def _invert(workspace: ConvolutionWorkspace) -> None:
    """Swap black and white, or back."""
    workspace.document.edit("Invert", invert=workspace.actions_["edit.invert"].isChecked())


def _make_gray(workspace: ConvolutionWorkspace) -> None:
    """Take the colours away, or bring them back, and say what became of the kernel."""
    on, before = workspace.actions_["edit.gray"].isChecked(), workspace.document.state
    workspace.document.edit("Make gray" if on else "Show colours", **before.with_gray(on))
    if told := copied(before.kernel, workspace.document.state.kernel):
        workspace.said.emit(f"Kernel: {told}")


def _put_apart(workspace: ConvolutionWorkspace) -> None:
    """Let each channel have its own map, or add all of them up."""
    workspace.page.kernel.put_apart(workspace.actions_["edit.each_channel"].isChecked())


def _copy_ledger(workspace: ConvolutionWorkspace) -> None:
    """Put the arithmetic on the clipboard."""
    clipboard = QApplication.clipboard()
    if clipboard:
        clipboard.setText(workspace.page.ledger.view.toPlainText())
        workspace.said.emit("The arithmetic is on the clipboard")
