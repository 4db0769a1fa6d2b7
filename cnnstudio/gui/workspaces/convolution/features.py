"""What the workspace can do besides showing the steps: each of them a class in its own module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnstudio.gui.workspaces.convolution.batching import Batching
from cnnstudio.gui.workspaces.convolution.coding import Coding
from cnnstudio.gui.workspaces.convolution.kernel_tools import KernelTools
from cnnstudio.lab.convolution import ConvolutionBench

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace


class Features:
    """Makes them, shows them what is on the bench, and stops them."""

    def __init__(self, workspace: ConvolutionWorkspace) -> None:
        tray = workspace.page.tray
        self.kernel_tools = KernelTools(workspace)
        tray.add("kernel", "Kernel", self.kernel_tools.panel)
        tray.add("compare", "Compare", workspace.comparing.panel)
        self.coding = Coding(workspace)
        self.batching = Batching(workspace)

    def show_bench(self, state: ConvolutionBench, front: ConvolutionBench) -> None:
        """Show what is on the bench, and the bench whose maps are shown."""
        self.kernel_tools.show_bench(front)
        for feature in (self.coding, self.batching):
            feature.show_bench(state)

    def shut_down(self) -> None:
        """Stop whatever runs."""
        for feature in (self.coding, self.batching):
            feature.shut_down()
