"""What every page is put together with: labels by role, buttons, rows, columns, cards."""

from PyQt6.QtCore import QEvent, QSize, Qt
from PyQt6.QtGui import QAction, QFont, QKeyEvent, QKeySequence, QResizeEvent
from PyQt6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cnnstudio.gui import theme

Item = QWidget | QLayout | int | None
_ARROWS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}


def named(widget: QWidget, name: str, accessible: str, tip: str = "") -> None:
    """Give a widget its name for tests and scripts, its name for ears, and its tooltip."""
    widget.setObjectName(name)
    widget.setAccessibleName(accessible)
    widget.setToolTip(tip or widget.toolTip())


def undoes(event: QEvent | None) -> bool:
    """Whether a widget is asked if it wants the key of undo or redo for itself."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    keys = QKeySequence.StandardKey
    return event.matches(keys.Undo) or event.matches(keys.Redo)


def label(
    text: str, points: float = theme.BODY, weight: QFont.Weight = theme.REGULAR, role: str = ""
) -> QLabel:
    """Make a text in a role's type and colour."""
    made = QLabel(text)
    made.setFont(theme.face(points, weight))
    made.setProperty("role", role)
    return made


class ElidedLabel(QLabel):
    """A text of one line that ends in dots where there is no room for all of it."""

    def __init__(self, points: float = theme.BODY, role: str = "muted") -> None:
        super().__init__()
        self._text = ""
        self.setFont(theme.face(points))
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def whole(self) -> str:
        """All of the text, however much of it is to be seen."""
        return self._text

    def show_text(self, text: str) -> None:
        """Show a text; the tooltip has all of it."""
        self._text = text
        self.setToolTip(text)
        self._cut()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Cut the text to the new width."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = self.fontMetrics().elidedText(
            self._text, Qt.TextElideMode.ElideRight, max(0, self.width() - 2)
        )
        self.setText(room)


def set_role(widget: QWidget, role: str) -> None:
    """Change the role a widget is coloured by."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        repolish(widget)


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    style = widget.style()
    assert style
    style.unpolish(widget)
    style.polish(widget)


def _fill(box: QBoxLayout, items: tuple[Item, ...], gap: int) -> None:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap)
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(item)
        elif isinstance(item, QWidget):
            box.addWidget(item)
        else:
            box.addLayout(item)


def row(*items: Item, gap: int = 8) -> QHBoxLayout:
    """Put things side by side; None stretches, a number is empty space."""
    box = QHBoxLayout()
    _fill(box, items, gap)
    return box


def column(*items: Item, gap: int = 4) -> QVBoxLayout:
    """Put things below each other; None stretches, a number is empty space."""
    box = QVBoxLayout()
    _fill(box, items, gap)
    return box


def panel(
    content: QLayout,
    role: str = "panel",
    margins: tuple[int, int, int, int] = (20, 12, 20, 12),
) -> QFrame:
    """Put content on a raised card."""
    frame = QFrame()
    frame.setProperty("role", role)
    content.setContentsMargins(*margins)
    frame.setLayout(content)
    return frame


def rule() -> QFrame:
    """Make a thin line across."""
    made = QFrame()
    made.setProperty("role", "rule")
    made.setFixedHeight(1)
    return made


class _Themed:
    """Draws its icon anew when the theme changes."""

    icon_name = ""
    tint = "text"

    def redraw_icon(self) -> None:
        if self.icon_name:
            self.setIcon(theme.icon(self.icon_name, self.tint))  # type: ignore[attr-defined]


class Button(_Themed, QToolButton):
    """A button with an icon, words, or both; arrow keys pass through it."""

    def __init__(self, text: str = "", icon: str = "", role: str = "", tint: str = "text") -> None:
        super().__init__()
        self.icon_name, self.tint = icon, tint
        self.setText(text)
        self.setFont(theme.face(theme.BODY, theme.MEDIUM))
        self.setProperty("role", role)
        style = Qt.ToolButtonStyle
        both = style.ToolButtonTextBesideIcon if icon else style.ToolButtonTextOnly
        self.setToolButtonStyle(both if text else style.ToolButtonIconOnly)
        self.setIconSize(QSize(20, 20))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.redraw_icon()

    def follow(self, action: QAction) -> None:
        """Do what a command does: same tooltip, same state, one click away."""
        self.setToolTip(action.toolTip())
        self.setAccessibleName(action.text().replace("&", "").split("\t")[0])
        self.setCheckable(action.isCheckable())
        self.clicked.connect(action.trigger)

        def agree() -> None:
            self.setEnabled(action.isEnabled())
            self.setChecked(action.isChecked())

        action.changed.connect(agree)
        agree()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Leave the arrows to the page."""
        if event and event.key() in _ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event and event.type() == QEvent.Type.PaletteChange:
            self.redraw_icon()
