"""The feature behind the Kernel menu and its tab: every command that changes a whole kernel."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from cnnstudio.gui.workspaces.convolution.kernel.kernel_panel import KernelPanel
from cnnstudio.gui.workspaces.convolution.kernel.kernel_traffic import KernelTraffic
from cnnstudio.gui.workspaces.convolution.kernel.scale_dialog import ScaleDialog
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_edits import (
    mirrored,
    negated,
    normalised,
    random_kernel,
    scaled,
    transposed,
    turned,
    zeroed,
)
from cnnstudio.lab.number import MINUS, TIMES, factor, write, write_weight

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace

_CHANGES: dict[str, tuple[str, str, Callable[[Kernel], Kernel]]] = {
    "turn_right": ("Turn kernel right", "Turned by 90°", partial(turned, quarters=1)),
    "turn_left": ("Turn kernel left", "Turned by 90°", partial(turned, quarters=3)),
    "turn_half": ("Turn kernel half round", "Turned by 180°", partial(turned, quarters=2)),
    "mirror_across": (
        "Mirror kernel left and right",
        "Mirrored left and right",
        partial(mirrored, down=False),
    ),
    "mirror_down": (
        "Mirror kernel top and bottom",
        "Mirrored top and bottom",
        partial(mirrored, down=True),
    ),
    "transpose": ("Transpose kernel", "Transposed", transposed),
    "negate": ("Negate kernel", "Negated", negated),
    "zero": ("Zero kernel", "With every weight 0", zeroed),
}


class KernelTools:
    """Connects the commands of the kernel, and shows the tab that has them as buttons.

    Attributes:
        panel: the content of the tab "Kernel"
    """

    def __init__(self, workspace: ConvolutionWorkspace) -> None:
        self._workspace = workspace
        self._document = workspace.document
        self._flipped = workspace.actions_["kernel.flipped"]
        self.panel = KernelPanel(workspace.actions_)
        self.panel.edited.connect(workspace.page.edited)
        self.panel.refused.connect(workspace.warned)
        workspace.page.kernel.made_by = self.panel.maker.name_of
        slices, buttons = workspace.page.kernel.slices, self.panel.buttons
        buttons.symmetry_picked.connect(slices.show_symmetry)
        buttons.flipped.connect(self._put_flipped)
        self.traffic = KernelTraffic(workspace, buttons.form.currentData)
        slices.copied.connect(self.traffic.copy)
        slices.pasted.connect(self.traffic.paste)
        slots: dict[str, Callable[[], object]] = {
            f"kernel.{name}": partial(self._change, *change) for name, change in _CHANGES.items()
        }
        workspace.actions_.connect(
            {
                **slots,
                "kernel.normalise": self._normalise,
                "kernel.scale": self._ask_factor,
                "kernel.random": self._draw,
                "kernel.flipped": lambda: self._put_flipped(self._flipped.isChecked()),
                "kernel.copy": self.traffic.copy,
                "kernel.paste": self.traffic.paste,
                "kernel.open": self.traffic.ask_file,
                "kernel.save": self.traffic.ask_name,
            }
        )

    def shut_down(self) -> None:
        """Stop reading a file."""
        self.traffic.shut_down()

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Show what the kernel does, and which way it is applied."""
        self._flipped.setChecked(bench.flipped)
        self.panel.show_bench(bench, self._workspace.channel)

    @property
    def _kernel(self) -> Kernel:
        return self._document.state.kernel

    def _change(self, text: str, done: str, change: Callable[[Kernel], Kernel]) -> None:
        """Change the kernel as one step, or say that nothing is changed by that."""
        self._put(text, change, f"{done} this kernel is the same, so nothing changes")

    def _put(self, text: str, change: Callable[[Kernel], Kernel], same: str) -> bool:
        """Change the kernel; say so if it stays the same or cannot be; say whether it did."""
        before = self._kernel
        try:
            after = change(before)
        except ValueError as reason:
            self._workspace.warned.emit(str(reason))
            return False
        if after == before:
            self._workspace.said.emit(same)
            return False
        self._workspace.page.edited.emit(text, None, {"kernel": after})
        return self._kernel == after

    def _normalise(self) -> None:
        """Divide so that the sum is 1, and say what it is divided by."""
        apart = self._document.state.apart
        same, before = "The kernel is normalised already, so nothing changes", self._kernel
        if self._put("Normalise kernel", partial(normalised, each_channel=apart), same):
            self._workspace.said.emit(_divided(before, self._kernel, apart))

    def _ask_factor(self) -> None:
        dialog = ScaleDialog(self._workspace)
        dialog.made.connect(self._scale)
        dialog.open()

    def _scale(self, by: Fraction) -> None:
        told = f"{TIMES} {factor(write_weight(by))}"
        same = f"{told} this kernel is the same, so nothing changes"
        self._put(f"Scale kernel {told}", lambda kernel: scaled(kernel, by), same)

    def _draw(self) -> None:
        """Draw the weights by lot; the next time by the next seed."""
        seed = self.panel.buttons.seed.box.value()
        following = seed + 1 if seed < self.panel.buttons.seed.box.maximum() else 1
        self.panel.buttons.seed.show_value(following)
        same = f"Seed {seed} draws the kernel that is there already"
        if self._put(f"Random kernel {seed}", lambda k: random_kernel(k, seed), same):
            self._workspace.said.emit(
                f"Whole numbers from {MINUS}3 to 3, drawn by seed {seed}; "
                f"the next will be seed {following}"
            )

    def _put_flipped(self, on: bool) -> None:
        """Turn each slice as it is applied, or not, and say what that changes."""
        if self._document.state.flipped == on:
            return
        kernel = self._traced.kernel
        where, old = self._number()
        self._document.edit("True convolution" if on else "Correlation", flipped=on)
        does = (
            "True convolution: each slice is turned by 180° before it meets the pixels"
            if on
            else "Correlation: the kernel meets the pixels as it stands"
        )
        if turned(kernel, 2) == kernel:
            told = "this kernel is the same turned, so nothing changes"
        else:
            new = self._number()[1]
            told = f"{where}: {old} → {new}" if where else ""
            if where and old == new:
                told = f"{where} stays {old}, other numbers change"
        self._workspace.said.emit("; ".join(filter(None, (does, told))))

    @property
    def _traced(self) -> ConvolutionBench:
        """The bench whose map the playhead is on; while two are compared, that may be B's."""
        workspace = self._workspace
        return workspace.comparing.traced(workspace.front, workspace.moment)

    def _number(self) -> tuple[str, str]:
        """Return where the playhead stands, and the number there; nothing if there is no map."""
        workspace = self._workspace
        bench = workspace.looking.front(self._traced)
        if not all(bench.shape(workspace.stage)):
            return "", ""
        row, column = workspace.player.place
        number = write(float(bench.values(workspace.stage)[row, column]))
        return f"row {row + 1}, column {column + 1}", number


def _divided(before: Kernel, after: Kernel, apart: bool) -> str:
    """Say what a kernel was divided by to be normalised, and what for.

    Args:
        before: as it was
        after: normalised
        apart: whether each slice makes a map by itself
    """
    if after.cells != before.cells:
        return (
            "Each slice divided by its own sum, so that it is 1; "
            "where that is 0, by the sum of its magnitudes"
        )
    slices = [after.alone(channel).total for channel in range(after.channels)]
    total = max(slices) if apart else after.total
    whose = " of each slice" if apart else ""
    what = "the sum" if total else "the sum of the magnitudes"
    told = f"Divided by {write_weight(after.divisor)}, so that {what}{whose} is 1"
    return f"{told}; that turns the sign of every weight" if after.divisor < 0 else told
