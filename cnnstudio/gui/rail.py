"""The slim rail on the left: one button for each workspace."""

from PyQt6.QtCore import QEvent, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from cnnstudio.gui import theme


class Rail(QFrame):
    """Shows which workspace is in front, and brings another there.

    Signals:
        chosen: the place of a workspace in the rail
    """

    chosen = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(86)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(4, 10, 3, 10)
        self._box.setSpacing(6)
        self._box.addStretch(1)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)

    def add(self, title: str, icon: str) -> None:
        """Add a workspace below the others."""
        button = _RailButton(title, icon)
        index = len(self._group.buttons())
        self._group.addButton(button, index)
        self._box.insertWidget(index, button)
        self.setFixedWidth(max(self.width(), button.width() + 8))

    def show_choice(self, index: int) -> None:
        """Show which workspace is in front."""
        button = self._group.button(index)
        assert button
        button.setChecked(True)


class _RailButton(QToolButton):
    """One workspace: an icon and a word."""

    def __init__(self, title: str, icon: str) -> None:
        super().__init__()
        self._icon, self._drawn = icon, ""
        self.setObjectName(f"window.rail_{title.lower()}")
        self.setAccessibleName(title)
        self.setToolTip(f"{title} workspace")
        self.setText(title)
        self.setIconSize(QSize(24, 24))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setFont(theme.face(theme.CAPTION, theme.MEDIUM))
        wide = self.fontMetrics().horizontalAdvance(title) + 4
        self.setFixedSize(max(78, wide), 58)
        self.setCheckable(True)
        self._redraw()

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event and event.type() == QEvent.Type.PaletteChange:
            self._redraw()

    def _redraw(self) -> None:
        if self._drawn != theme.current_theme():
            self._drawn = theme.current_theme()
            self.setIcon(theme.icon(self._icon, "muted", checked="text"))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Leave the arrows to the workspace."""
        if event and event.key() in {
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        }:
            event.ignore()
            return
        super().keyPressEvent(event)
