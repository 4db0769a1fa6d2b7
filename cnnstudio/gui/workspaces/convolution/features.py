"""What the workspace can do besides showing the steps: each of them a class in its own module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnstudio.gui.workspaces.convolution.export.batching import Batching
from cnnstudio.gui.workspaces.convolution.export.coding import Coding
from cnnstudio.gui.workspaces.convolution.export.exporter import Exporter
from cnnstudio.gui.workspaces.convolution.filters.filter_library import Library
from cnnstudio.gui.workspaces.convolution.kernel.kernel_tools import KernelTools
from cnnstudio.gui.workspaces.convolution.values.inspecting import Inspecting
from cnnstudio.gui.workspaces.convolution.values.values import Values
from cnnstudio.lab.convolution import ConvolutionBench

if TYPE_CHECKING:
    from cnnstudio.gui.workspaces.convolution import ConvolutionWorkspace


class Features:
    """Makes them, shows them what is on the bench, and stops them."""

    def __init__(self, workspace: ConvolutionWorkspace) -> None:
        tray = workspace.page.tray
        self.kernel_tools = KernelTools(workspace)
        tray.add("kernel", "Kernel", self.kernel_tools.panel)
        self.values = Values(workspace)
        tray.add("values", "Values", self.values.panel)
        tray.add("compare", "Compare", workspace.comparing.panel)
        self.library = Library(workspace)
        tray.add("seven", "Seven filters", self.library.seven)
        self.inspecting = Inspecting(workspace)
        self.coding = Coding(workspace)
        self.batching = Batching(workspace)
        self.exporter = Exporter(workspace)

    def show_bench(self, state: ConvolutionBench, front: ConvolutionBench) -> None:
        """Show what is on the bench, and the bench whose maps are shown."""
        for shown in (self.kernel_tools, self.values, self.inspecting, self.exporter):
            shown.show_bench(front)
        for feature in (self.library, self.coding, self.batching):
            feature.show_bench(state)

    @property
    def busy(self) -> bool:
        """Whether something on a tab is still being worked out."""
        return self.values.busy or self.library.seven.busy

    def shut_down(self) -> None:
        """Stop whatever runs."""
        stopped = (self.kernel_tools, self.values, self.library)
        for feature in (*stopped, self.coding, self.batching, self.exporter):
            feature.shut_down()
