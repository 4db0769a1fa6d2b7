"""The ledger as text: can be read aloud, selected and copied; each term can be clicked."""

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QMimeData, Qt, QUrl, pyqtSignal
from PyQt6.QtGui import (
    QFont,
    QKeyEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PyQt6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from cnnstudio.gui import theme
from cnnstudio.lab.line import Ledger, Part, Span
from cnnstudio.lab.number import THIN

_NAMES = 94  # px for the names of the chain
_NO_BREAK = "\u202f"  # a thin space at which no line is broken
_LINKS = {"term", "more", "part"}  # pieces of a line that can be clicked
_PASSED_ON = {
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Space,
}


class LedgerView(QTextBrowser):
    """Shows the arithmetic of one number; its plain text begins with the line.

    Signals:
        term_clicked: the place of the term in reading order
        term_hovered: the same of the term under the pointer; -1 when it leaves
        more_clicked: all terms are wanted
        part_clicked: the channel whose products are wanted
    """

    term_clicked = pyqtSignal(int)
    term_hovered = pyqtSignal(int)
    more_clicked = pyqtSignal()
    part_clicked = pyqtSignal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName("Ledger: the arithmetic of the number under the playhead")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAcceptDrops(False)  # what is dropped here is meant for the window
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(theme.face(theme.BODY))
        self.anchorClicked.connect(self._follow)
        self.highlighted.connect(self._hover)
        self._shown: Ledger | None = None
        self._places: dict[int, tuple[int, int]] = {}
        self._lit: int | None = None
        self._compact = False
        document = self.document()
        assert document
        document.setDocumentMargin(0)
        document.setUndoRedoEnabled(False)

    def toPlainText(self) -> str:
        """Return the text with the thin spaces it was written with."""
        return super().toPlainText().replace(_NO_BREAK, THIN)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the text as it was written."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText().replace(_NO_BREAK, THIN))
        return data

    def compact(self, on: bool) -> None:
        """Write the line smaller, where there is little room."""
        if on != self._compact:
            self._compact = on
            self._write()

    def show_ledger(self, ledger: Ledger | None) -> None:
        """Write down the arithmetic of a number."""
        if ledger == self._shown:
            return
        self._shown = ledger
        self._write()

    def light(self, term: int | None) -> None:
        """Mark a term whose pixel and weight are lit."""
        if term == self._lit:
            return
        self._lit = term
        self._light()

    def _light(self) -> None:
        found = self._places.get(self._lit) if self._lit is not None else None
        if found is None:
            self.setExtraSelections([])
            return
        selection = QTextEdit.ExtraSelection()
        selection.format.setBackground(theme.colour("accent_soft"))
        cursor = QTextCursor(self.document())
        cursor.setPosition(found[0])
        cursor.setPosition(found[1], QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        self.setExtraSelections([selection])

    def _write(self) -> None:
        self.clear()
        self._places = {}
        ledger = self._shown
        if ledger is None:
            return
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        block = QTextBlockFormat()
        block.setBottomMargin(1)
        cursor.setBlockFormat(block)
        size = theme.LEDGER - 2.5 * self._compact
        self._write_line(cursor, ledger.line, size, "accent")
        if ledger.note:
            cursor.insertBlock(block)
            cursor.insertText(ledger.note, _plain("muted"))
            if ledger.expanded is not None:
                cursor.insertText("   ", _plain("muted"))
                cursor.insertText("show fewer" if ledger.expanded else "show all", _link())
        tabbed = QTextBlockFormat()
        tabbed.setTabPositions([QTextOption.Tab(_NAMES, QTextOption.TabType.LeftTab)])
        tabbed.setTextIndent(-_NAMES)
        tabbed.setLeftMargin(_NAMES)
        for part in ledger.parts:
            cursor.insertBlock(tabbed)
            cursor.insertText(part.name, _part_name(part))
            cursor.insertText("\t", _plain("muted"))
            self._write_line(cursor, part.line, theme.BODY, "text")
        for name, text in ledger.chain:
            cursor.insertBlock(tabbed)
            cursor.insertText(f"{name}\t", _plain("muted"))
            cursor.insertText(text.replace(THIN, _NO_BREAK), _plain("text", theme.MEDIUM))
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._light()

    def _write_line(
        self, cursor: QTextCursor, line: Sequence[Span], points: float, total: str
    ) -> None:
        """Write arithmetic, and remember where its terms are; the total has a colour of its own."""
        for span in line:
            made = QTextCharFormat()
            ends = span.kind == "total"
            made.setFont(theme.face(points, theme.SEMIBOLD if ends else theme.REGULAR))
            made.setForeground(theme.colour(total if ends else "text"))
            if span.kind in _LINKS:
                _link_to(made, f"{span.kind}:{span.index}")
                made.setFontUnderline(span.text.endswith(" more"))
            start = cursor.position()
            cursor.insertText(span.text.replace(THIN, _NO_BREAK), made)
            if span.kind == "term":
                self._places[span.index] = (start, cursor.position())

    def _hover(self, link: QUrl) -> None:
        """Ask about the term under the pointer."""
        self.term_hovered.emit(int(link.path()) if link.scheme() == "term" else -1)

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == "more":
            self.more_clicked.emit()
        elif link.scheme() == "part":
            self.part_clicked.emit(int(link.path()))
        else:
            self.term_clicked.emit(int(link.path()))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Leave the keys that step to the page; the others scroll and copy."""
        if event and event.key() in _PASSED_ON:
            event.ignore()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event and event.type() == QEvent.Type.PaletteChange and hasattr(self, "_shown"):
            self._write()


def _link() -> QTextCharFormat:
    made = _plain("muted")
    _link_to(made, "more:")
    made.setFontUnderline(True)
    return made


def _part_name(part: Part) -> QTextCharFormat:
    """Return how the name of a channel is written: a click on it shows its products."""
    made = _plain("text", theme.SEMIBOLD) if part.opened else _plain("muted")
    _link_to(made, f"part:{part.channel}")
    made.setToolTip(f"Pixels, weights and products of {part.name}")
    made.setFontUnderline(not part.opened)
    return made


def _link_to(made: QTextCharFormat, where: str) -> None:
    made.setAnchor(True)
    made.setAnchorHref(where)


def _plain(token: str, weight: QFont.Weight = theme.REGULAR) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(theme.face(theme.BODY, weight))
    made.setForeground(theme.colour(token))
    return made
