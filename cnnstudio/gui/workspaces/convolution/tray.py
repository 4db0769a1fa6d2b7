"""The card under the pictures: the arithmetic, or one of the tools, by tabs at its left."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QActionGroup, QPaintEvent
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from cnnstudio.gui import theme
from cnnstudio.gui.actions import Actions
from cnnstudio.gui.widgets.controls import Button, column, panel
from cnnstudio.gui.workspaces.convolution.ledger_panel import LedgerPanel

ARITHMETIC = "arithmetic"
_LEAST = 168  # px that a tool needs, even where the ledger needs less
_GAP, _INDENT = 4, 12  # px between two tabs, and before the word
_MARK = 3, 14  # px of the line that marks the one in front


class Tray(QWidget):
    """Shows one of several things in the same place.

    Signals:
        turned: the name of the tab that is now in front
    """

    turned = pyqtSignal(str)

    def __init__(self, actions: Actions, ledger: LedgerPanel) -> None:
        super().__init__()
        self._actions, self._ledger = actions, ledger
        self._group = QActionGroup(self)
        self._pages: dict[str, QWidget] = {}
        self.shown = ARITHMETIC
        self._tabs: QVBoxLayout = column(gap=_GAP)
        self._room: QHBoxLayout = QHBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.setSpacing(8)
        self._room.addLayout(self._tabs)
        self._room.addWidget(ledger, 1)
        self._tabs.addStretch(1)
        self._pages[ARITHMETIC] = ledger
        self._offer(ARITHMETIC, "Arithmetic")
        actions[f"view.{ARITHMETIC}"].setChecked(True)

    def add(self, name: str, title: str, content: QWidget) -> None:
        """Add a tab, after the others.

        Args:
            name: of its command, such as "kernel" for "view.kernel"
            title: on the tab
            content: what it shows
        """
        card: QFrame = panel(column(content), margins=(16, 8, 16, 8))
        card.hide()
        self._pages[name] = card
        self._room.addWidget(card, 1)
        self._offer(name, title)

    def turn_to(self, name: str) -> None:
        """Bring a tab to the front."""
        if name in self._pages and name != self.shown:
            self._pages[self.shown].hide()
            self.shown = name
            self._pages[name].show()
            self._actions[f"view.{name}"].setChecked(True)
            self.turned.emit(name)

    @property
    def names(self) -> list[str]:
        """What the tabs are called."""
        return list(self._pages)

    def fit(self) -> None:
        """Be as high as the ledger, or as a tool needs."""
        self.setFixedHeight(max(self._ledger.minimumHeight(), self.least))

    @property
    def least(self) -> int:
        """How high the tray must be for what it shows."""
        return 0 if self.shown == ARITHMETIC else _LEAST

    def _offer(self, name: str, title: str) -> None:
        action = self._actions[f"view.{name}"]
        self._group.addAction(action)
        action.triggered.connect(lambda _on: self.turn_to(name))
        tab = _Tab(title, action)
        tab.setObjectName(f"convolution.tab_{name}")
        self._tabs.insertWidget(self._tabs.count() - 1, tab)


class _Tab(Button):
    """The word of a tab, at the left; the one in front is a card with a line before its word."""

    def __init__(self, title: str, action: QAction) -> None:
        super().__init__(title, role="tab")
        self.follow(action)
        self.clicked.connect(lambda: self.setChecked(action.isChecked()))  # again: no change
        self.setFont(theme.face(theme.CAPTION, theme.MEDIUM))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint the button without its word, which Qt would put in the middle, then the word."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        strong = self.isChecked() or self.underMouse()
        painter.setPen(theme.colour("text" if strong else "muted"))
        area = QRectF(self.rect()).adjusted(_INDENT, 0, 0, 0)
        sides = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, int(sides), self.text())
        if self.isChecked():
            wide, high = _MARK
            painter.setRenderHint(QStylePainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("text"))
            mark = QRectF(4, (self.height() - high) / 2, wide, high)
            painter.drawRoundedRect(mark, wide / 2, wide / 2)
        painter.end()
