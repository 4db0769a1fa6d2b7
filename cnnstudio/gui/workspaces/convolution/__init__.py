"""Convolution: watch one kernel slide over one picture, number by number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PyQt6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent

from cnnstudio.gui.player import FASTEST, SLOWEST, Player
from cnnstudio.gui.widgets.controls import column
from cnnstudio.gui.widgets.plane_view import PlaneView
from cnnstudio.gui.workspace import Workspace
from cnnstudio.gui.workspaces.convolution import (
    bringing,
    channels,
    commands,
    glide,
    planes,
    session_view,
)
from cnnstudio.gui.workspaces.convolution.by_hand import ByHand
from cnnstudio.gui.workspaces.convolution.compare.comparing import Comparing
from cnnstudio.gui.workspaces.convolution.displays.displaying import Displaying
from cnnstudio.gui.workspaces.convolution.features import Features
from cnnstudio.gui.workspaces.convolution.glide import Glide
from cnnstudio.gui.workspaces.convolution.looking import Looking
from cnnstudio.gui.workspaces.convolution.narrator import Narrator, sentence
from cnnstudio.gui.workspaces.convolution.page import Page
from cnnstudio.gui.workspaces.convolution.planes import Moment
from cnnstudio.gui.workspaces.convolution.pointer import Pointer
from cnnstudio.gui.workspaces.convolution.showing import Showing
from cnnstudio.gui.workspaces.convolution.walking import Walking
from cnnstudio.gui.workspaces.convolution.zooming import Zooming
from cnnstudio.lab.convolution import ConvolutionBench, Stage
from cnnstudio.lab.filters import library
from cnnstudio.lab.image import Image, Pixels
from cnnstudio.lab.misfit import Cure, misfit, pooling_misfit
from cnnstudio.lab.samples import sample_image
from cnnstudio.lab.scene import Scene
from cnnstudio.nn.geometry import Axis

HINT = (
    "Click a number to pin it   ·   hover a pixel to see every output it feeds   ·   F1: all keys"
)
PENCIL_HINT = "Click or type to change pixels   ·   right button erases   ·   Esc: pencil away"
_FIRST_PLACE = (7, 18)  # far enough down for the map to have begun to grow
_LARGE = 64  # rows and columns from which a picture's map is shown whole at first


class ConvolutionWorkspace(Workspace[ConvolutionBench]):
    """A picture, a filter, the map they make, an activation and a pooling."""

    title = "Convolution"
    icon = "kernel"
    order = 1

    def first_state(self) -> ConvolutionBench:
        """Begin where the article begins: a curve detector and a mouse."""
        return ConvolutionBench(sample_image("mouse"), library()["curve_detector"].kernel)

    def remembered(self, state: ConvolutionBench) -> list[Pixels | bytes]:
        """Return the pixels, and the file they came from if that is held."""
        return bringing.held(state.source)

    def build(self) -> None:
        """Make the page and connect what it says to edits of the document."""
        self.setObjectName("convolution")
        self.player = Player(self)
        self.player.speed = min(max(self.settings.speed, SLOWEST), FASTEST)
        self._words: dict[int, str] = {}  # of scenes, by their benches' hashes: not to keep those
        self.page = page = Page(self.actions_, self.player)
        self.setLayout(column(page, gap=0))
        self.views: dict[str, PlaneView] = page.views
        self.front = self.document.state
        self.looking = Looking(page, self.actions_, self.player, self._look_again)
        self.walking = Walking(self)
        pin, enter = self.walking.pin, self.walking.enter
        self.pointer = Pointer(page, self.looking, self.show_moment, pin, enter)
        self.showing = Showing(page)
        self.showing.failed.connect(self.warned)
        self.displaying = Displaying(self)
        self.zooming = Zooming(page, lambda: self.front)
        pencil = self.actions_["edit.pencil"]
        self.by_hand = ByHand(page.input, self.document, pencil, lambda: self.channel)
        self.by_hand.refused.connect(self.warned)
        self.by_hand.said.connect(self.said)
        self.by_hand.taken_up.connect(lambda on: self.hinted.emit(PENCIL_HINT if on else HINT))
        self.glide = Glide(page.input.view, page.strip.over.follow)
        expand = self.actions_["view.expand"]
        self.narrator = Narrator(page, self.player, self.pointer, self.looking, expand)
        self.narrator.figured.connect(self.figured)
        self._left_out: tuple[Axis, Axis] | None = None  # whose unread ends the user accepts
        self.comparing = Comparing(self)
        self.features = Features(self)
        page.tray.turned.connect(lambda _name: self._look_again())
        self.document.current_view = self.walking.view_now
        self.document.viewed.connect(self.walking.look)
        commands.connect(self)
        page.transport.show_speed(self.player.speed)
        self.walking.set_track(self.document.state)
        self.player.go(*_FIRST_PLACE)

    @property
    def whole(self) -> bool:
        """Whether maps are shown whole instead of growing with the playhead."""
        return self.actions_["view.whole"].isChecked()

    @property
    def channel(self) -> int | None:
        """The channel that is looked at; None for all together."""
        return self.looking.channel

    @property
    def stage(self) -> Stage:
        """Whose map the playhead walks over."""
        return self.walking.stage

    @property
    def moment(self) -> Moment:
        """Where the playhead stands."""
        return Moment(self.stage, self.player.place, self.player.done, self.whole)

    def sights(self) -> Iterator[str]:
        """Show each of the tabs."""
        for place, name in enumerate(self.page.tray.names):
            self.page.tray.turn_to(name)
            yield name if place else ""

    @property
    def busy(self) -> bool:
        """Whether maps, or something on a tab, are still being worked out."""
        return self.showing.busy or self.features.busy

    def announce(self) -> None:
        """Tell the status bar what is here."""
        self.hinted.emit(HINT)
        self.show_moment()

    def show_state(self, state: ConvolutionBench) -> None:
        """Make every widget agree with `state`."""
        self.comparing.settle(state)
        bench = self.front = self.comparing.front(state)
        self.walking.set_track(bench)
        self.pointer.forget()
        problem = misfit(bench)
        if problem and not problem.stops and self._left_out == (bench.down, bench.across):
            problem = None
        self.page.show_bench(bench, self.channel, problem, pooling_misfit(bench))
        words = self.comparing.sentence or self._words.get(hash(bench))
        self.page.show_sentence(sentence(bench, words))
        commands.show_bench(self.actions_, state)
        self.by_hand.show_bench(state)
        self.showing.show_bench(bench, self.channel)
        self.zooming.show_bench(bench)
        self.showing.look()
        self.comparing.show_bench(state, bench)
        self.features.show_bench(state, bench)
        self.show_moment()

    def take_image(self, image: Image, note: str = "") -> None:
        """Put a picture on the bench with all its pixels, and say what was done to it."""
        self.zooming.fit()
        self.looking.forget()
        self.actions_["view.whole"].setChecked(max(image.height, image.width) > _LARGE)
        before = self.document.state.kernel
        text, changes = bringing.opened(self.document.state, image)
        self.document.edit(text, **changes)
        about = f"{image.name}: {image.width} wide, {image.height} high"
        told = channels.copied(before, self.document.state.kernel)
        parts = [about, note, f"kernel: {told}" if told else ""]
        self.said.emit("; ".join(filter(None, parts)))

    def take_reread(self, before: Image, image: Image, gesture: object) -> None:
        """Put a picture that was read another way in its own place; nothing else changes."""
        if self.document.state.source is before:
            text, changes = bringing.reread(self.document.state, image)
            self.document.edit(text, gesture, **changes)

    def stop_waiting(self) -> None:
        """Show which frame is on the bench: no other is being read."""
        self.page.input.source.stop_waiting()

    def take_grid(self, grid: Image) -> None:
        """Put a new grid on the bench, with the pencil in hand and the keys on its first pixel."""
        self.take_image(grid)
        self.by_hand.begin()

    def take_scene(self, scene: Scene) -> None:
        """Set picture, kernel and position up in one step that can be undone."""
        self.looking.forget()
        self._words[hash(scene.bench)] = scene.about
        self.walking.pin(None)
        self.zooming.fit()
        self.document.put(f"Scene: {scene.title}", scene.bench, view=scene.view)
        self.page.show_sentence(sentence(self.document.state, scene.about))

    def session_view(self) -> dict[str, Any]:
        """Return where one looks, for a session."""
        return session_view.view_to_json(self)

    def take_session_view(self, view: dict[str, Any], show: Callable[[], None]) -> None:
        """Look where a session says; an empty view is that of a start."""
        session_view.look(self, view, _FIRST_PLACE, show)

    def shut_down(self) -> None:
        """Stop playing and looking."""
        self.player.stop()
        self.showing.shut_down()
        self.displaying.shut_down()
        self.comparing.shut_down()
        self.features.shut_down()

    def follow_playhead(self) -> None:
        """Show where the playhead went; what the pointer rests on counts again once it moves."""
        self.pointer.forget()
        self.looking.follow(self.moment)
        self.zooming.follow(self.moment)
        self.show_moment()

    def show_moment(self, *_: object) -> None:
        """Show the place under the playhead, and what the pointer asks about."""
        bench, moment = self.front, self.moment
        marks = planes.marks_at(self.looking.front(bench), moment)
        asked = self.pointer.add_to(marks, bench, moment)
        self.comparing.show_marks(marks)
        bench = self.comparing.traced(bench, asked or moment)
        for name, view in self.views.items():
            view.show_marks(marks[name])
        self.glide.go(bench.stride, self._may_glide)
        tap = channels.newest_weight(bench, moment, self.channel)
        tap = tap or self.pointer.lit_weight(bench)
        self.page.kernel.slices.show_marks(self.pointer.hovered_weight, tap)
        self.page.strip.over.follow()
        self.page.transport.show_place()
        self.page.segments.show_choice(int(self.whole))
        self.narrator.tell(
            bench, asked or moment, asked is not None, moment.shown(bench, "feature_map")
        )

    @property
    def _may_glide(self) -> bool:
        slow = not self.player.playing or self.player.speed <= glide.FASTEST
        return slow and not self.settings.reduce_motion and self.isVisible()

    def edit(self, text: str, gesture: object, changes: dict[str, Any]) -> None:
        """Do what a widget of the page asks for."""
        if "refused" in changes:
            self._put_back(changes["refused"])
        elif "kernel" in changes and self.comparing.changes_kernel:
            self.comparing.turn("a")
            self.warned.emit(
                "That was not the kernel on the bench; now it is A again, to be changed"
            )
        else:
            self.document.edit(text, gesture, **changes)

    def cure(self, cure: Cure) -> None:
        """Do what a notice offers."""
        if cure.changes:
            self.document.edit(cure.label.split(":")[0].capitalize(), **cure.changes)
        else:
            self._left_out = (self.document.state.down, self.document.state.across)
            self.show_state(self.document.state)

    def _look_again(self) -> None:
        self.show_state(self.document.state)

    def choose_speed(self, speed: float) -> None:
        """Play so many positions a second, and remember it."""
        speed = float(f"{min(max(speed, SLOWEST), FASTEST):.2g}")  # such as 12, not 11.857
        self.player.speed = self.settings.speed = speed
        self.page.transport.show_speed(self.player.speed)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Show kernel B while its key is held; else do what a key means that nobody wanted."""
        if event and not self.comparing.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        """Show what was there before."""
        if event and not self.comparing.release(event):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Forget held keys: their release goes elsewhere."""
        self.comparing.let_go()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Fold what there is no room for."""
        super().resizeEvent(event)
        self.page.fold(self.actions_)

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Do not play where nobody looks."""
        self.player.stop()
        super().hideEvent(event)
