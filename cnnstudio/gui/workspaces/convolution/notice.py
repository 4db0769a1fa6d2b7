"""A card that says what does not fit, and offers the cures that work."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.controls import column, label, row, set_role
from cnnstudio.lab.misfit import Cure, Misfit


class Notice(QFrame):
    """Stands beside its cause; no dialog.

    Signals:
        cured: the Cure the user chose
    """

    cured = pyqtSignal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._shown: Misfit | None = None
        self._icon = QLabel()
        self.title = label("", theme.BODY + 1, theme.SEMIBOLD, "warning")
        self.about = label("", theme.BODY)
        self.about.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        head = row(self._icon, self.title, self.about, gap=10)
        head.setStretch(2, 1)
        box = column(head, self._buttons, gap=8)
        box.setContentsMargins(16, 10, 16, 10)
        self.setLayout(box)
        self.hide()

    def show_misfit(self, misfit: Misfit | None) -> None:
        """Show what does not fit, or nothing."""
        self.setVisible(misfit is not None)
        if misfit == self._shown:
            return
        self._shown = misfit
        while self._buttons.count():
            item = self._buttons.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.setParent(None)
                widget.deleteLater()
        if misfit is None:
            return
        token = "error" if misfit.stops else "warning"
        set_role(self, f"{token}-box")
        set_role(self.title, token)
        self._icon.setPixmap(theme.icon_pixmap("warning", 20, token))
        self.title.setText(misfit.title)
        self.about.setText(misfit.about)
        for index, cure in enumerate(misfit.cures):
            self._buttons.addWidget(self._button(index, cure))
        self._buttons.addStretch(1)

    def _button(self, index: int, cure: Cure) -> QPushButton:
        made = QPushButton(cure.label)
        made.setProperty("role", "cure")
        made.setFont(theme.face(theme.BODY, theme.MEDIUM))
        made.setObjectName(f"{self._name}.cure_{index + 1}")
        made.setAccessibleName(f"{cure.label}, {cure.about}")
        made.setToolTip(cure.about)
        made.clicked.connect(lambda: self.cured.emit(cure))
        return made
