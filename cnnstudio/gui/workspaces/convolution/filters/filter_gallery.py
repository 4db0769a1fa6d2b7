"""The gallery of filters that opens under its button: search, cards, and what they do."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QPoint, QRect, Qt, pyqtSignal
from PyQt6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import label, named, row
from cnnstudio.gui.workspaces.convolution.filters.filter_footer import FilterFooter
from cnnstudio.gui.workspaces.convolution.filters.filter_sheet import (
    HEADING,
    HIGH,
    INSET,
    WIDE,
    FilterSheet,
    Section,
    found_in,
)
from cnnstudio.lab.filter_thumbnails import Effect
from cnnstudio.lab.filters import FAMILIES, MINE, Filter, library
from cnnstudio.lab.number import many
from cnnstudio.lab.user_filters import UserFilters

_COLUMNS, _MARGIN, _BAR = 8, 16, 12
_TALLEST, _SPARE = 660, 56  # px
_NONE_YET = "None yet: Save my filter… (Ctrl+D) keeps the kernel on the bench here."
_KEYPAD, _CONTROL = Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ControlModifier
_MOVES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class FilterGallery(QFrame):
    """A panel that is there until a filter is taken, or one clicks elsewhere.

    Signals:
        taken: the Filter to put on the bench
        save_wanted: the kernel on the bench shall become a filter
        renamed: one of the user's own Filters, and its new name
        deleted: one of the user's own Filters
        undo_wanted: what was deleted last shall come back
        left: it is not seen any more
    """

    taken = pyqtSignal(object)
    save_wanted = pyqtSignal()
    renamed = pyqtSignal(object, str)
    deleted = pyqtSignal(object)
    undo_wanted = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        named(self, "convolution.filter_gallery", "Library of filters")
        self._own, self._pointed, self._can_undo = UserFilters(), "", False
        self.search = QLineEdit()
        named(self.search, "convolution.filter_search", "Search filters")
        self.search.setPlaceholderText("Search by name, family or what it does")
        self.search.setFont(theme.face(theme.BODY))
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._filter)
        self._count = label("", theme.CAPTION, role="muted")
        self._count.setObjectName("convolution.filter_count")
        self.sheet, self.footer = FilterSheet(), FilterFooter()
        self.sheet.chosen.connect(self._take)
        self.sheet.pointed.connect(self._point)
        self.footer.save_wanted.connect(self._save)
        self.footer.rename_wanted.connect(self._ask_name)
        self.footer.renamed.connect(self.renamed)
        self.footer.delete_wanted.connect(self._delete)
        self.footer.undo_wanted.connect(self.undo_wanted)
        self.footer.settled.connect(self.search.setFocus)
        self._scroll = QScrollArea()
        self._build()

    def _build(self) -> None:
        scroll = self._scroll
        scroll.setWidget(self.sheet)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for ground in (self.sheet, scroll.viewport()):
            if ground:
                ground.setAutoFillBackground(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(_MARGIN - INSET, 12, _MARGIN, 12)
        box.setSpacing(8)
        top = row(self.search, self._count, gap=12)
        top.setContentsMargins(INSET, 0, 0, 0)  # level with the pictures of the cards
        self.footer.setContentsMargins(INSET, 0, 0, 0)
        box.addLayout(top)
        box.addWidget(scroll, 1)
        box.addWidget(self.footer)

    @property
    def filters(self) -> list[Filter]:
        """All filters there are, in the order of the cards."""
        return [*library().values(), *self._own.filters]

    @property
    def selected(self) -> Filter | None:
        """The filter that keys are about."""
        return self.sheet.filter(self.sheet.selected)

    def open_at(self, button: QWidget, window: QRect, current: str) -> None:
        """Open below a button, inside the window.

        Args:
            button: what it belongs to
            window: where there is room, on the screen
            current: the key of the filter on the bench; "" for none
        """
        wide = min(_COLUMNS * WIDE + _BAR + 2 * _MARGIN, window.width() - 16)
        high = min(_TALLEST, window.height() - _SPARE)
        place = button.mapToGlobal(QPoint(0, button.height() + 2))
        x = max(window.left() + 8, min(place.x(), window.right() - wide - 8))
        y = max(window.top() + 8, min(place.y(), window.bottom() - high - 8))
        self.setGeometry(x, y, wide, high)
        self.search.clear()
        self.footer.end_naming()
        self.sheet.mark("", current)
        self.show()
        self.search.setFocus()
        self._show_all()
        self._select(current)

    def show_own(self, own: UserFilters, can_undo: bool) -> None:
        """Show the user's filters as they are now, and whether a deletion can be undone.

        One that has another name than before is selected and in sight, whatever is looked for.
        """
        names = {each.key: each.name for each in self._own.filters}
        renamed = [each.key for each in own.filters if names.get(each.key, each.name) != each.name]
        self._own, self._can_undo = own, can_undo
        if self.isVisible():
            selected = next(iter(renamed), self.sheet.selected)
            if renamed:
                self.search.clear()  # it may not be found by its new name
            self._show_all()
            self._select(selected)

    def show_current(self, key: str) -> None:
        """Mark the filter that is on the bench."""
        self.sheet.mark(self.sheet.selected, key)

    def show_effects(self, effects: dict[str, Effect]) -> None:
        """Show what filters make of the picture."""
        self.sheet.show_effects(effects)

    def say(self, text: str, role: str = "muted") -> None:
        """Say what became of something, or what the small pictures show."""
        self.footer.say(text, self._can_undo, role)

    def _sections(self) -> list[Section]:
        shipped = library().values()
        made = [
            Section(family, tuple(each for each in shipped if each.family == family))
            for family in FAMILIES
            if family != MINE
        ]
        broken = tuple(f"{each.file}: {each.reason}" for each in self._own.broken)
        lines = broken or (() if self._own.filters else (_NONE_YET,))
        return [*made, Section(MINE, self._own.filters, lines, bool(broken))]

    def _show_all(self) -> None:
        words, told = self.search.text(), many(len(self.filters), "filter")
        self.sheet.show_sections(found_in(self._sections(), words))
        self._count.setText(f"{len(self.sheet.keys)} of {told}" if words.strip() else told)

    def _filter(self, words: str) -> None:
        """Show what is looked for; the best is the first card, and selected."""
        self._show_all()
        self._select("" if words.strip() else self.sheet.current)

    def _select(self, key: str) -> None:
        keys = self.sheet.keys
        key = key if key in keys else next(iter(keys), "")
        self.sheet.mark(key, self.sheet.current)
        if key:
            self.scroll_to(key)
        self._tell()

    def scroll_to(self, key: str) -> None:
        """Bring a card into sight, with the heading above it."""
        middle = self.sheet.rect_of(key).center()
        self._scroll.ensureVisible(middle.x(), middle.y(), 0, HIGH // 2 + HEADING)

    def _point(self, key: str) -> None:
        self._pointed = key
        self._tell()

    def _tell(self) -> None:
        """Say what the filter under the pointer does, or else the selected one."""
        self.footer.show_filter(self.sheet.filter(self._pointed) or self.selected, self.selected)
        self.search.setAccessibleDescription(self.footer.about)

    def _take(self, key: str) -> None:
        if found := self.sheet.filter(key):
            self.hide()
            self.taken.emit(found)

    def _save(self) -> None:
        self.hide()
        self.save_wanted.emit()

    def _delete(self) -> None:
        if (found := self.selected) and found.family == MINE:
            keys = self.sheet.keys
            place = keys.index(found.key)
            beside = keys[place + 1 : place + 2] or keys[place - 1 : place]
            self._select(next(iter(beside), ""))
            self.deleted.emit(found)

    def _ask_name(self) -> None:
        if (found := self.selected) and found.family == MINE:
            self.footer.ask_name(found)
            self._tell()

    def eventFilter(self, field: QObject | None, event: QEvent | None) -> bool:
        """Let the keys that are about cards work from where one types."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key, bare = Qt.Key(event.key()), not event.modifiers() & ~_KEYPAD
        if bare and key in _MOVES:
            self._select(self.sheet.next_to(self.sheet.selected, *_MOVES[key]))
            return True
        return self._command(key) if bare else self._combination(event)

    def _command(self, key: Qt.Key) -> bool:
        """Do what a key by itself means here; say whether it means anything."""
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take(self.sheet.selected)
        elif key == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        elif key == Qt.Key.Key_Escape:
            self.hide()
        elif key == Qt.Key.Key_F2:
            self._ask_name()
        elif key == Qt.Key.Key_Delete and self._at_the_end():
            self._delete()
        else:
            return False
        return True

    def _combination(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Undo) and self._can_undo:
            self.undo_wanted.emit()
        elif event.key() == Qt.Key.Key_D and event.modifiers() == _CONTROL:
            self._save()
        else:
            return False
        return True

    def _at_the_end(self) -> bool:
        """Whether there is nothing in the search that Del could mean."""
        search = self.search
        return not search.hasSelectedText() and search.cursorPosition() == len(search.text())

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Say that nobody looks any more."""
        super().hideEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint the ground and its edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("panel"))
        painter.setPen(QPen(theme.colour("control_border"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
