"""The three forms of the export dialog: a picture, numbers, steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QStandardItemModel
from PyQt6.QtWidgets import QFormLayout, QLabel, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.exporting.export_choice import (
    MOST_OF_PAGE,
    MOVING,
    SCALES,
    WRITTEN,
    ExportChoice,
)
from cnnstudio.gui.widgets.controls import column, label, row
from cnnstudio.gui.widgets.inputs import Choice, Segments, Stepper
from cnnstudio.lab.number import write

_NAME = "export"
_ONE = "One pixel for each number"
_WIDE = 316  # px of the fields, so that the dialog is as wide for all forms


class Form(QWidget):
    """Some fields below each other.

    Signals:
        changed: the fields of an `ExportChoice` that the user changed
    """

    changed = pyqtSignal(dict)

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.form = QFormLayout()
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(8)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.words = label(words, theme.CAPTION, role="muted")
        self.words.setWordWrap(True)
        self.words.setFixedWidth(_WIDE + 90)
        self.setLayout(column(self.form, 8, self.words, None))

    @property
    def first(self) -> QWidget:
        """The field at the top."""
        item = self.form.itemAt(0, QFormLayout.ItemRole.FieldRole)
        widget = item.widget() if item else None
        return widget or self

    def add(self, name: str, field: QWidget) -> None:
        """Put a field below the others, with its name before it."""
        before = label(name)
        before.setMinimumWidth(74)
        before.setFixedHeight(field.sizeHint().height())  # so that its word and theirs are level
        self.form.addRow(before, field)

    def show_choice(self, choice: ExportChoice) -> None:
        """Show what is chosen."""
        raise NotImplementedError


class StageChoice(Choice):
    """A list of stages; those that cannot be had are there, gray, with the reason."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "Stage", "What is written")
        self.setFixedWidth(_WIDE)

    def offer(self, entries: Sequence[tuple[str, str, str]]) -> None:
        """Show key, name, and why it cannot be had ("" if it can)."""
        shown = self.currentData()
        self.clear()
        for place, (key, name, why) in enumerate(entries):
            self.addItem(f"{name}: {why}" if why else name, key)
            model = self.model()
            assert isinstance(model, QStandardItemModel)
            item = model.item(place)
            if item is not None:
                item.setEnabled(not why)
                item.setToolTip(why)
        self.show_choice(shown)


class PictureForm(Form):
    """Which stage becomes a picture, and how large."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = StageChoice(f"{_NAME}.picture_stage")
        self.scale = Segments(
            f"{_NAME}.scale",
            tuple(f"{scale}×" for scale in SCALES),
            tuple(f"{s} × {s} pixels for each number" if s > 1 else _ONE for s in SCALES),
        )
        self.add("Stage", self.stage)
        self.add("Size", self.scale)
        self.stage.picked.connect(lambda key: self.changed.emit({"picture": key}))
        self.scale.chosen.connect(lambda index: self.changed.emit({"scale": SCALES[index]}))

    def show_choice(self, choice: ExportChoice) -> None:
        """Show what is chosen."""
        self.stage.show_choice(choice.picture)
        words = "PNG, in the colours the page shows now."
        if choice.picture == "kernel":
            words += " Slices for several channels stand side by side."
        elif choice.picture == "page":
            words = "PNG of all that is seen here, drawn anew and sharp in each size."
        self.words.setText(words)
        self.scale.show_choice(SCALES.index(choice.enlarged))
        for scale, button in zip(SCALES, self.scale.group.buttons(), strict=True):
            button.setEnabled(choice.picture != "page" or scale <= MOST_OF_PAGE)


class NumbersForm(Form):
    """Which stage's numbers are written, and how."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = StageChoice(f"{_NAME}.numbers_stage")
        tips = ("Text that every spreadsheet opens", "For NumPy: numpy.load reads it")
        self.written = Segments(f"{_NAME}.written", tuple(w.upper() for w in WRITTEN), tips)
        self.add("Stage", self.stage)
        self.add("Format", self.written)
        self.stage.picked.connect(lambda key: self.changed.emit({"numbers": key}))
        self.written.chosen.connect(lambda index: self.changed.emit({"written": WRITTEN[index]}))

    def show_choice(self, choice: ExportChoice) -> None:
        """Show what is chosen, and say how it is written."""
        self.stage.show_choice(choice.numbers)
        self.written.show_choice(WRITTEN.index(choice.written))
        words = "Every number exactly as it is: reading it gives the very same one."
        if choice.written == "csv":
            words += " A row a line; several planes stand below each other, an empty line between."
        else:
            words += " Shape (H, W); several planes (C, H, W)."
        if choice.numbers == "kernel":
            words += " Weights as typed, before the divisor and the bias."
        self.words.setText(words)


class StepsForm(Form):
    """Which positions become frames, how fast, how large."""

    def __init__(self, widths: Sequence[int], speeds: Sequence[float]) -> None:
        super().__init__("In the colours of the theme that is worn now.")
        self.stretch = Choice(f"{_NAME}.stretch", "Positions", "Which of them become frames")
        self.stretch.setFixedWidth(_WIDE)
        self.places: dict[str, Stepper] = {}
        for end, words in (("first", "From"), ("last", "To")):
            for side in ("row", "column"):
                stepper = Stepper(f"{_NAME}.{end}_{side}", f"{words} {side}", (1, 1))
                stepper.box.setFixedWidth(46)
                stepper.changed.connect(self._mover(end))
                self.places[f"{end}_{side}"] = stepper
        self.speed = Choice(f"{_NAME}.speed", "Speed", "Positions a second")
        self.width_ = Choice(f"{_NAME}.width", "Width", "Of a frame, in pixels")
        for choice in (self.speed, self.width_):
            choice.setFixedWidth(_WIDE)
        for speed in speeds:
            self.speed.addItem(f"{write(speed)} a second", repr(speed))
        for width in widths:
            self.width_.addItem(f"{width} pixels wide", str(width))
        tips = ("Opens everywhere; 255 colours", "Smaller, and every colour exactly")
        self.moving = Segments(f"{_NAME}.moving", ("GIF", "WebP"), tips)
        self.add("Positions", self.stretch)
        self._from = self._pair("first")
        self._to = self._pair("last")
        self.add("From", self._from)
        self.add("To", self._to)
        self.add("Speed", self.speed)
        self.add("Size", self.width_)
        self.add("Format", self.moving)
        self.stretch.picked.connect(lambda key: self.changed.emit({"stretch": key}))
        self.speed.picked.connect(lambda key: self.changed.emit({"speed": float(key)}))
        self.width_.picked.connect(lambda key: self.changed.emit({"width": int(key)}))
        self.moving.chosen.connect(lambda index: self.changed.emit({"moving": MOVING[index]}))

    def offer(self, shape: tuple[int, int], place: tuple[int, int], products: int) -> None:
        """Offer the positions of a map.

        Args:
            shape: its rows and columns
            place: where the playhead stands, from 0
            products: how many there are at each position
        """
        rows, columns = max(1, shape[0]), max(1, shape[1])
        here = f"row {place[0] + 1}, column {place[1] + 1}"
        self.stretch.clear()
        for key, words in (
            ("all", f"All {write(rows * columns)} positions"),
            ("row", f"Row {place[0] + 1}, {write(columns)} positions"),
            ("range", "From one position to another"),
            ("products", f"The {write(products)} products of {here}"),
        ):
            self.stretch.addItem(words, key)
        for name, stepper in self.places.items():
            stepper.set_range(1, rows if name.endswith("row") else columns)

    def show_choice(self, choice: ExportChoice) -> None:
        """Show what is chosen."""
        self.stretch.show_choice(choice.stretch)
        for name, stepper in self.places.items():
            at = choice.first if name.startswith("first") else choice.last
            stepper.show_value(1 + at[name.endswith("column")])
        for pair in (self._from, self._to):
            self.form.setRowVisible(pair, choice.stretch == "range")
        self.speed.show_choice(repr(choice.speed))
        self.width_.show_choice(str(choice.width))
        self.moving.show_choice(MOVING.index(choice.moving))

    def _pair(self, end: str) -> QWidget:
        made = QWidget()
        words: list[QLabel] = [label(word, role="muted") for word in ("row", "column")]
        steppers = [self.places[f"{end}_{side}"] for side in ("row", "column")]
        made.setLayout(row(words[0], steppers[0], words[1], steppers[1], None, gap=6))
        return made

    def _move(self, end: str) -> None:
        """Say where the positions begin or end now."""
        sides = [self.places[f"{end}_{side}"].box for side in ("row", "column")]
        self.changed.emit({end: (sides[0].value() - 1, sides[1].value() - 1)})

    def _mover(self, end: str) -> Callable[[int, object], None]:
        return lambda _value, _gesture: self._move(end)
