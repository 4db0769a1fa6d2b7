"""A card that says what does not fit, and offers the cures that work."""

from PyQt6.QtCore import QEvent, QSize, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import column, label, row, set_role
from cnnstudio.lab.misfit import Cure, Misfit

_CURE = 32  # px, the height of a cure


class Notice(QFrame):
    """Stands beside its cause; no dialog.

    Signals:
        cured: the Cure the user chose
    """

    cured = pyqtSignal(object)
    misfit: Misfit | None = None

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setProperty("role", "warning-box")
        self._icon = QLabel()
        self.title = label("", theme.BODY + 1, theme.SEMIBOLD, "warning")
        self.about = label("", theme.BODY)
        self.about.setWordWrap(True)
        self._buttons: list[QPushButton] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        box = column(row(self._icon, self.title, None, gap=10), self.about, self._rows, gap=6)
        box.setContentsMargins(16, 8, 16, 10)
        self.setLayout(box)
        self.hide()

    def show_misfit(self, misfit: Misfit | None) -> None:
        """Show what does not fit, or nothing."""
        self.setVisible(misfit is not None)
        if misfit == self.misfit:
            return
        self.misfit = misfit
        for button in self._buttons:
            button.setParent(None)
            button.hide()  # or a layout that meant to show it would make a window of it
            button.deleteLater()
        self._buttons = []
        if misfit is None:
            return
        token = "error" if misfit.stops else "warning"
        set_role(self, f"{token}-box")
        set_role(self.title, token)
        self._draw_icon(token)
        self.title.setText(misfit.title)
        self.about.setText(misfit.about)
        self._buttons = [self._button(index, cure) for index, cure in enumerate(misfit.cures)]
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.updateGeometry()
        self._reflow()

    def heightForWidth(self, width: int) -> int:
        """Return how tall the card is: the cures take as many rows as they need."""
        inner = width - 32
        about = self.about.heightForWidth(inner)
        return 8 + 24 + 6 + about + (_CURE + 6) * len(self._flow(inner)) + 14

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def sizeHint(self) -> QSize:
        """Be as tall as the cures need."""
        return QSize(400, self.heightForWidth(max(400, self.width())))

    def _draw_icon(self, token: str) -> None:
        self._icon.setPixmap(theme.icon_pixmap("warning", 20, token))

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event and event.type() == QEvent.Type.PaletteChange and self.misfit:
            self._draw_icon("error" if self.misfit.stops else "warning")

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Lay the cures out in rows."""
        super().resizeEvent(event)
        self._reflow()

    def _reflow(self) -> None:
        while self._rows.count():
            item = self._rows.takeAt(0)
            old = item.layout() if item else None
            while old and old.count():
                old.takeAt(0)
        for buttons in self._flow(self.width() - 32):
            self._rows.addLayout(row(*buttons, None, gap=8))

    def _flow(self, width: int) -> list[list[QPushButton]]:
        rows: list[list[QPushButton]] = []
        room = 0
        for button in self._buttons:
            wide = button.sizeHint().width() + 8
            if not rows or room < wide:
                rows.append([])
                room = width
            rows[-1].append(button)
            room -= wide
        return rows

    def _button(self, index: int, cure: Cure) -> QPushButton:
        made = QPushButton(cure.label, self)
        made.setFixedHeight(_CURE)
        made.setProperty("role", "cure")
        made.setFont(theme.face(theme.BODY, theme.MEDIUM))
        made.setObjectName(f"{self._name}.cure_{index + 1}")
        made.setAccessibleName(f"{cure.label}, {cure.about}")
        made.setToolTip(cure.about)
        made.clicked.connect(lambda: self.cured.emit(cure))
        made.show()
        return made
