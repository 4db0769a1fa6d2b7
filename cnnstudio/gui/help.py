"""The Help menu: keys and gestures, the log, and who made this."""

from PyQt6.QtCore import QObject, Qt, QUrl
from PyQt6.QtGui import QDesktopServices, QKeySequence
from PyQt6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

import cnnstudio
from cnnstudio.gui import theme
from cnnstudio.gui.actions import MENUS, Actions
from cnnstudio.gui.settings import log_folder

GESTURES = (
    ("Hover a number of a map", "previews its window and its arithmetic"),
    ("Click a number of a map", "pins it: the ledger stays with it until you step; Esc unpins"),
    ("Click where there is no number yet", "sends the playhead there"),
    ("Double-click a number of a map", "lets the playhead walk on from there, over that map"),
    ("Hover a pixel", "shows every output it feeds"),
    ("Hover a weight", "shows every pixel it meets"),
    ("Click a product in the ledger", "lights its pixel and its weight; again lets go"),
    ("Click a channel in the ledger", "shows its pixels, its weights and its products"),
    ("Click a weight and type", "-1, 0.5, 0,5 or 1/9; Enter and Tab move on, Esc brings back"),
    ("Wheel over that weight, or drag up", "changes it by a step; with Shift by ten"),
    ("Ctrl+C and Ctrl+V there", "copy and paste the kernel as a block of numbers"),
    ("Values: the line, then drag", "over any picture; Shift keeps it straight"),
    ("Drag the line of a split", "kernel A at its left, B at its right; arrows, too"),
    ("F2 and Del in the library", "rename and delete a filter of your own"),
    ("Hold /", "shows the map of kernel B as long as it is held"),
    ("Click what lies below or above the range", "lets just those pixels blink"),
    ("New grid, or the pencil", "click or type to change pixels; the right button erases"),
    ("Wheel over a picture", "zooms all of them; drag or Ctrl and arrows to pan"),
    ("Drop a picture, a session or a scene", "anywhere in the window"),
)
ABOUT = """<h3>CNN Studio {version}</h3>
<p>Every number on the screen is real, can be traced to the pixels it came from, and can be
changed. Nothing leaves this computer.</p>
<p>“Convolution” here is what every deep-learning library calls so: the kernel slides without being
turned, which mathematicians call cross-correlation. Kernel, True convolution turns each slice by
180 degrees as it is applied.</p>
<p>Licence: GPL-3.0-or-later.</p>"""


class Help(QObject):
    """Answers what the Help menu asks."""

    def __init__(self, window: QWidget, actions: Actions) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._dialog: QDialog | None = None
        actions.connect(
            {
                "help.shortcuts": self.show_shortcuts,
                "help.about": self.show_about,
                "help.log": lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder()))),
            }
        )

    def show_shortcuts(self) -> None:
        """List what the mouse and the keys do."""
        parts = ["<h3>Gestures</h3><table cellspacing=6>"]
        parts += [f"<tr><td><b>{do}</b></td><td>{what}</td></tr>" for do, what in GESTURES]
        parts.append("</table>")
        for menu, title in MENUS.items():
            rows = [
                f"<tr><td><b>{_keys(command.keys)}</b></td><td>{_plain(command.text)}"
                f"{': ' + command.about if command.about else ''}</td></tr>"
                for command, _ in self._actions.of_menu(menu)
                if command.keys
            ]
            if rows:
                parts.append(
                    f"<h3>{_plain(title)}</h3><table cellspacing=6>{''.join(rows)}</table>"
                )
        self._show("Keys and gestures", "".join(parts), (560, 620))

    def show_about(self) -> None:
        """Say what this is."""
        self._show("About CNN Studio", ABOUT.format(version=cnnstudio.__version__), (460, 320))

    def _show(self, title: str, html: str, size: tuple[int, int]) -> None:
        dialog = QDialog(self._window)
        dialog.setWindowTitle(title)
        dialog.setObjectName("window.help")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        text = QTextBrowser()
        text.setObjectName("window.help.text")
        text.setAccessibleName(title)
        text.setFont(theme.face(theme.BODY))
        text.setHtml(html)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(dialog.close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        assert close
        close.setObjectName("window.help.close")
        close.setAccessibleName("Close")
        box = QVBoxLayout(dialog)
        box.addWidget(text)
        box.addWidget(buttons)
        dialog.resize(*size)
        self._dialog = dialog  # a dialog nobody holds would disappear
        dialog.open()


def _keys(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")
