"""What else there is in the file of a picture: other frames, a background, what is missing."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPixmap
from PyQt6.QtWidgets import QColorDialog, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.actions import Actions
from cnnstudio.gui.widgets.controls import column, label, row
from cnnstudio.gui.widgets.inputs import Choice, Stepper
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image, Origin

BACKGROUNDS = {"#ffffff": "white", "#808080": "gray", "#000000": "black"}
_OTHER = "other"
_BURST = 0.4  # seconds between two steps with a key that still belong together
_STEPS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_SWATCH = 14  # px


class SourceRow(QWidget):
    """Chooses a frame or page and a background; says if a picture is not all there.

    What is chosen takes a moment to be read. Until then the choice is shown, not yet the picture.

    Signals:
        wanted: the Image to read another way, what is different, and the gesture it belongs to
    """

    wanted = pyqtSignal(object, dict, object)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._image: Image | None = None
        self._chosen: dict[str, Any] = {}  # what was asked for and is not there yet
        self._gesture: object = None
        self._stepped = 0.0
        self._back, self._on = actions["edit.back_frame"], actions["edit.next_frame"]
        self._word, self._of = label("", theme.CAPTION), label("", theme.CAPTION, role="muted")
        self._frame = Stepper("convolution.frame", "Frame", (1, 1))
        self._frame.changed.connect(lambda value, gesture: self._ask(gesture, frame=value - 1))
        self._frame.box.installEventFilter(self)
        self._frames = _line(self._word, self._frame, self._of)
        self._background = Choice(
            "convolution.background",
            "Background",
            "Parts of the picture are transparent: what is seen there, and in the next picture",
        )
        for key, name in BACKGROUNDS.items():
            self._background.addItem(_swatch(key), name, key)
        self._background.addItem("other…", _OTHER)
        self._background.setFixedWidth(104)
        self._background.picked.connect(self._pick)
        self._transparent = _line(label("Background", theme.CAPTION), self._background)
        self._partial = label("partial", theme.CAPTION, theme.SEMIBOLD, role="warning")
        self._partial.setObjectName("convolution.partial")
        self._partial.setToolTip("The file is damaged; this is what could be read of the picture")
        self._lines = (self._partial, self._frames, self._transparent)
        self.setLayout(column(*self._lines, gap=2))
        self._show_frame(0, 1, "frame")

    def show_bench(self, bench: ConvolutionBench) -> None:
        """Show how the picture on the bench was read, and how else it can be."""
        before = self._image.origin if self._image else None
        self._image, origin = bench.source, bench.source.origin
        if before is None or origin is None or before.source != origin.source:
            self._chosen = {}
        self._show(origin)

    def stop_waiting(self) -> None:
        """Forget what was asked for: nothing comes any more."""
        self._chosen = {}
        self._show(self._image.origin if self._image else None)

    def step(self, frames: int) -> None:
        """Go some frames on, or back; steps in a row belong together."""
        if monotonic() - self._stepped > _BURST:
            self._gesture = object()
        self._stepped = monotonic()
        box = self._frame.box
        value = min(max(box.value() + frames, box.minimum()), box.maximum())
        if value != box.value():
            self._ask(self._gesture, frame=value - 1)

    def eventFilter(self, box: QObject | None, event: QEvent | None) -> bool:
        """Let page keys do the same in the stepper as everywhere else."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            frames = _STEPS.get(Qt.Key(event.key()))
            if frames and not event.modifiers():
                self.step(frames)
                return True
        return False

    def _show(self, origin: Origin | None) -> None:
        frames = origin.frames if origin else 1
        transparent, partial = (origin.transparent, origin.partial) if origin else (False, False)
        shown = (partial, frames > 1, transparent)
        for line, on in zip(self._lines, shown, strict=True):
            line.setVisible(on)
        self.setVisible(any(shown))
        frame = 0
        if origin:
            self._chosen = {k: v for k, v in self._chosen.items() if getattr(origin, k) != v}
            frame = self._chosen.get("frame", origin.frame)
            self._show_frame(frame, frames, word(origin))
            self._show_background(self._chosen.get("background", origin.background))
        self._on.setEnabled(frame < frames - 1)
        self._back.setEnabled(frame > 0)

    def _show_frame(self, frame: int, frames: int, word: str) -> None:
        box = self._frame.box
        digits = box.fontMetrics().horizontalAdvance("0" * len(str(frames)))
        box.setFixedWidth(max(30, digits + 10))
        self._word.setText(word.capitalize())
        self._of.setText(f"of {frames}")
        box.setAccessibleName(f"{word.capitalize()} of {frames}")
        tip = f"Which {word} of the file is the picture (PgUp, PgDown)"
        for part in (self._frame, box, self._word, self._of):
            part.setToolTip(tip)
        self._frame.less.setToolTip(f"The {word} before (PgUp)")
        self._frame.more.setToolTip(f"The next {word} (PgDown)")
        self._frame.set_range(1, max(1, frames))
        self._frame.show_value(frame + 1)

    def _show_background(self, colour: tuple[int, int, int]) -> None:
        key = f"#{bytes(colour).hex()}"
        own = len(BACKGROUNDS)
        if key not in BACKGROUNDS and self._background.itemData(own) != key:
            if self._background.itemData(own) != _OTHER:
                self._background.removeItem(own)
            self._background.insertItem(own, _swatch(key), "own", key)
            self._background.setItemData(own, key, Qt.ItemDataRole.ToolTipRole)
        self._background.show_choice(key)

    def _pick(self, key: str) -> None:
        if key == _OTHER:
            self._show(self._image.origin if self._image else None)
            dialog = QColorDialog(self)
            dialog.setObjectName("convolution.background_dialog")
            dialog.colorSelected.connect(lambda chosen: self._pick(chosen.name()))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()
        else:
            red, green, blue = bytes.fromhex(key[1:])
            self._ask(None, background=(red, green, blue))

    def _ask(self, gesture: object, **changes: Any) -> None:
        origin = self._image.origin if self._image else None
        if origin is None:
            return
        self._chosen |= changes
        self.wanted.emit(self._image, changes, gesture)
        self._show(origin)


def _line(*parts: QWidget) -> QWidget:
    line = QWidget()
    line.setLayout(row(*parts, None, gap=6))
    return line


def word(origin: Origin) -> str:
    """Return what one of several pictures in a file is called: a scan has pages."""
    source = origin.source
    if isinstance(source, Path):
        scan = source.suffix.lower() in {".tif", ".tiff"}
    else:
        scan = source[:4] in {b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"}
    return "page" if scan else "frame"


def _swatch(key: str) -> QIcon:
    pixmap = QPixmap(_SWATCH, _SWATCH)
    pixmap.fill(QColor(key))
    painter = QPainter(pixmap)
    painter.setPen(QColor("#85888f"))
    painter.drawRect(0, 0, _SWATCH - 1, _SWATCH - 1)
    painter.end()
    return QIcon(pixmap)
