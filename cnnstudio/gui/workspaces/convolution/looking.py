"""Which channel the user looks at; view state, never undone."""

from __future__ import annotations

from collections.abc import Callable

from cnnstudio.gui.actions import Actions
from cnnstudio.gui.player import Player
from cnnstudio.gui.workspaces.convolution import channels
from cnnstudio.gui.workspaces.convolution.page import Page
from cnnstudio.gui.workspaces.convolution.planes import Moment
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import CHANNEL_NAMES

_ACTIONS = ("view.colour", *(f"view.{name}" for name in CHANNEL_NAMES))


class Looking:
    """Remembers the channel that is looked at, and the one whose products are.

    Attributes:
        channel: the one that pictures show; None for all together
        opened: the one whose partial sum was clicked, or grew last; None for none
    """

    def __init__(
        self, page: Page, actions: Actions, player: Player, show: Callable[[], None]
    ) -> None:
        self._page, self._actions, self._player, self._show = page, actions, player, show
        self.channel: int | None = None
        self.opened: int | None = None
        self._bench: ConvolutionBench | None = None
        page.input.channel.chosen.connect(self.choose)
        page.ledger.view.part_clicked.connect(self._open)
        page.kernel.slices.entered.connect(self._follow_hand)
        for place, name in enumerate(_ACTIONS):
            actions[name].triggered.connect(self._chooser(place - 1 if place else None))
        actions.connect(
            {
                "run.next_channel": lambda: self.step(1),
                "run.back_channel": lambda: self.step(-1),
            }
        )

    def show_bench(self, bench: ConvolutionBench, on_map: bool) -> None:
        """Look at what there is; show what can be looked at.

        Args:
            bench: what is on the bench
            on_map: whether the playhead walks over the feature map, from product to product
        """
        count = bench.kernel.channels
        if self.channel is not None and not (self.channel < count > 1):
            self.channel = None
        if self.opened is not None and self.opened >= count:
            self.opened = None
        self._bench = bench
        place = 0 if self.channel is None else self.channel + 1
        for each, name in enumerate(_ACTIONS):
            self._actions[name].setEnabled(count == len(CHANNEL_NAMES))
            self._actions[name].setChecked(each == place and count == len(CHANNEL_NAMES))
        can_step = count > 1 and bool(all(bench.map_shape)) and (on_map or bench.apart)
        for name in ("run.next_channel", "run.back_channel"):
            self._actions[name].setEnabled(can_step)

    def forget(self) -> None:
        """Look at all channels again, and show that."""
        self.opened = None
        if self.channel is not None:
            self.choose(None)

    def choose(self, channel: int | None) -> None:
        """Look at a channel, or at all of them."""
        self.channel = channel
        self._show()

    def step(self, by: int) -> None:
        """Go on to the next channel, or back.

        Where channels are added up, this is the next complete partial sum; where each has a map
        of its own, it is the next map.
        """
        bench = self._bench
        if bench is None:
            return
        if bench.apart:
            self.choose(min(max(0, (self.channel or 0) + by), bench.kernel.channels - 1))
        else:
            self._player.step_parts(by, bench.kernel.channels)

    def follow(self, moment: Moment) -> None:
        """Keep an eye on the channel whose partial sum grows."""
        newest = channels.newest_channel(self._bench, moment) if self._bench else None
        if newest is not None and self._bench and self._bench.kernel.channels > 1:
            self.opened = newest

    def front(self, bench: ConvolutionBench) -> ConvolutionBench:
        """Return the bench whose numbers are traced."""
        return channels.front(bench, self.channel)

    def told(self, bench: ConvolutionBench) -> int | None:
        """Return the channel the ledger is about, if it is about one more than about others."""
        return self.channel if self.channel is not None or bench.apart else self.opened

    def tabled(self, bench: ConvolutionBench, lit: int | None) -> int:
        """Return the channel whose products stand in tables: also that of one that is lit."""
        if self.channel is None and lit is not None and not bench.apart:
            found = channels.weight_of(bench, lit, None)
            if found is not None:
                return found[0]
        return self.told(bench) or 0

    def _follow_hand(self, channel: int, *_: object) -> None:
        """Look at the products of the slice whose weight was typed."""
        if channel != self.opened:
            self.opened = channel
            if self._bench and self._bench.kernel.channels > 1:
                self._show()

    def _open(self, channel: int) -> None:
        """Look at the products of a partial sum; clicked again, no more than at the others."""
        self.opened = None if channel == self.opened else channel
        self._show()

    def _chooser(self, channel: int | None) -> Callable[[bool], None]:
        return lambda _checked: self.choose(channel)
