"""Every command of the program, once: menus, buttons, shortcuts and their list are made of this."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PyQt6.QtCore import QKeyCombination, QObject, Qt
from PyQt6.QtGui import QAction, QKeyEvent, QKeySequence
from PyQt6.QtWidgets import QApplication

MENUS = {
    "file": "&File",
    "edit": "&Edit",
    "kernel": "&Kernel",
    "view": "&View",
    "display": "&Display",
    "run": "&Run",
    "scenes": "&Scenes",
    "help": "&Help",
}


@dataclass(frozen=True)
class Command:
    """Something that can be done.

    Attributes:
        name: menu and command, such as "run.next"
        text: as the menu says it
        keys: as `QKeySequence` reads them. Keys without Ctrl or F belong to whatever has the
            focus and only then to the command
        about: what the tooltip adds to the text
        gap: whether the menu has a line before it
    """

    name: str
    text: str
    keys: str = ""
    about: str = ""
    checkable: bool = False
    gap: bool = False


COMMANDS = (
    Command("file.new", "New session", "Ctrl+Shift+N", "begin again with an empty undo"),
    Command("file.open", "&Open…", "Ctrl+O", "a picture, a session or a scene"),
    Command("file.save", "&Save", "Ctrl+S", "everything on all benches, as one file"),
    Command("file.save_as", "Save &as…", "Ctrl+Shift+S", "under another name"),
    Command("file.samples", "Sa&mples…", "Ctrl+Shift+P", "pictures to try things on", gap=True),
    Command("file.paste", "&Paste picture", "Ctrl+V", "from the clipboard"),
    Command("file.new_grid", "&New grid…", "Ctrl+N", "a small picture to type or paint by hand"),
    Command("file.in_part", "Show what there is", "", "of a picture that is damaged"),
    Command("file.cancel", "Stop opening or saving", "", "leave it as it was"),
    Command("file.export", "&Export…", "Ctrl+Shift+E", "pictures, numbers, steps", gap=True),
    Command("file.batch", "Apply to a &folder…", "Ctrl+Shift+B", "the filter to every picture"),
    Command("file.quit", "&Quit", "Ctrl+Q", gap=True),
    Command("edit.undo", "&Undo", "Ctrl+Z"),
    Command("edit.redo", "&Redo", "Ctrl+Shift+Z"),
    Command("edit.pencil", "&Pencil", "Ctrl+E", "change pixels by hand", True, gap=True),
    Command("edit.invert", "&Invert picture", "Ctrl+I", "swap black and white", True),
    Command("edit.gray", "Make &gray", "Ctrl+G", "take the colours away", True),
    Command("edit.each_channel", "&Each channel by itself", "", "a map for each", True),
    Command("edit.next_frame", "Next &frame or page", "PgDown", "of the picture", gap=True),
    Command("edit.back_frame", "Frame or page &back", "PgUp"),
    Command("edit.copy_ledger", "&Copy the arithmetic", "Ctrl+Shift+C", "of the number shown"),
    Command("edit.copy_map", "Copy the &map", "Ctrl+Shift+M", "as a picture"),
    Command("edit.copy_code", "Copy as co&de…", "Ctrl+Shift+K", "NumPy, SciPy, OpenCV, PyTorch"),
    Command("kernel.library", "&Library…", "Ctrl+L", "filters by family, and your own"),
    Command("kernel.save_mine", "&Save my filter…", "Ctrl+D", "into your own part of the library"),
    Command("kernel.copy", "&Copy kernel", "", "as numbers; Ctrl+C on a weight", gap=True),
    Command("kernel.paste", "&Paste kernel", "", "a block of numbers; Ctrl+V on a weight"),
    Command("kernel.open", "&Open kernel…", "", "JSON or plain text"),
    Command("kernel.save", "Save &kernel as…", "", "JSON or plain text"),
    Command("kernel.turn_right", "Turn &right", "Ctrl+R", "by 90 degrees, clockwise", gap=True),
    Command("kernel.turn_left", "T&urn left", "Ctrl+Shift+R", "by 90 degrees, anticlockwise"),
    Command("kernel.turn_half", "Turn &half round", "Ctrl+Shift+H", "by 180 degrees"),
    Command("kernel.mirror_across", "&Mirror left and right", "Ctrl+J"),
    Command("kernel.mirror_down", "Mirror &top and bottom", "Ctrl+Shift+J"),
    Command("kernel.transpose", "Transpos&e", "Ctrl+T", "rows become columns"),
    Command("kernel.negate", "&Negate", "Ctrl+Shift+I", "change every sign", gap=True),
    Command("kernel.normalise", "Normal&ise", "Ctrl+Shift+D", "so that the sum is 1"),
    Command("kernel.scale", "Sc&ale…", "", "multiply every weight"),
    Command("kernel.zero", "&Zero", "", "every weight 0"),
    Command("kernel.random", "Ran&dom", "Ctrl+Shift+G", "from -3 to 3, by a seed"),
    Command(
        "kernel.flipped", "True con&volution", "T", "each slice turned by 180 degrees", True, True
    ),
    Command("view.whole", "&Whole map", "W", "instead of growing with the playhead", True),
    Command("view.expand", "All prod&ucts", "A", "zeros included", True),
    Command("view.more", "&More geometry", "M", "each side and axis by itself", True),
    Command("view.colour", "&Colour", "C", "all channels together", True, gap=True),
    Command("view.red", "R&ed channel", "R", "alone", True),
    Command("view.green", "&Green channel", "G", "alone", True),
    Command("view.blue", "&Blue channel", "B", "alone", True),
    Command("view.zoom_in", "Zoom &in", "Ctrl++", gap=True),
    Command("view.zoom_out", "Zoom &out", "Ctrl+-"),
    Command("view.fit", "&Fit", "Ctrl+0", "show the pictures whole"),
    Command("view.pan_left", "Pan left", "Ctrl+Left", "where the pictures are zoomed"),
    Command("view.pan_right", "Pan right", "Ctrl+Right"),
    Command("view.pan_up", "Pan up", "Ctrl+Up"),
    Command("view.pan_down", "Pan down", "Ctrl+Down"),
    Command("view.arithmetic", "&Arithmetic", "L", "the ledger under the pictures", True, True),
    Command("view.kernel", "&Kernel tools", "K", "edit, generate and understand it", True),
    Command("view.values", "&Values", "V", "histogram and line profile", True),
    Command("view.compare", "Com&pare A and B", "P", "two kernels on one picture", True),
    Command("view.seven", "Seve&n filters", "S", "their maps side by side", True),
    Command("display.signed", "&Signed", "", "zero in the middle", True),
    Command("display.clip", "&Clip", "", "as photo editors show it", True),
    Command("display.absolute", "A&bsolute", "", "without the signs", True),
    Command("display.plus_128", "&+128", "", "0 is shown as middle gray", True),
    Command("display.stretch", "S&tretch", "", "smallest black, greatest white", True),
    Command("display.shared", "Sha&red scale", "", "one scale for all maps", True),
    Command("display.inspector", "&Inspector", "I", "numbers under the pointer", True),
    Command("view.system", "Follow the &system", "", "light or dark as the desktop is", True, True),
    Command("view.light", "&Light", checkable=True),
    Command("view.dark", "&Dark", checkable=True),
    Command("view.high_contrast", "&High contrast", checkable=True),
    Command("view.reduce_motion", "&Reduce motion", "", "nothing glides", True, gap=True),
    Command("run.play", "&Play", "Space", "or stop"),
    Command("run.next", "&Next position", "Right"),
    Command("run.back", "Position &back", "Left"),
    Command("run.next_row", "Next &row", "Down"),
    Command("run.back_row", "Row back", "Up"),
    Command("run.next_product", "Next pro&duct", "Shift+Right", "the sum so far"),
    Command("run.back_product", "Product back", "Shift+Left"),
    Command("run.next_channel", "Next &channel", "Shift+Down", "complete its partial sum"),
    Command("run.back_channel", "Channel back", "Shift+Up"),
    Command("run.first", "&First position", "Home"),
    Command("run.last", "&Last position", "End"),
    Command("run.faster", "Fas&ter", "]", gap=True),
    Command("run.slower", "&Slower", "["),
    Command("run.feature_map", "Playhead on the feature &map", "1", gap=True),
    Command("run.activation", "Playhead on the &activation", "2"),
    Command("run.pooled_map", "Playhead on the p&ooled map", "3"),
    Command("run.other", "S&how kernel B", "/", "while the key is held", True, True),
    Command("run.swap", "S&wap A and B", "X"),
    Command("run.split", "Spl&it A and B", "Y", "with a line to drag", True),
    Command("run.difference", "Differ&ence of A and B", "D", "A less B", True),
    Command("run.unpin", "&Unpin", "Esc", "forget the cell that was clicked"),
    Command("scenes.open", "&Open scene…", "Ctrl+Shift+O", gap=True),
    Command("help.shortcuts", "&Keys and gestures", "F1"),
    Command("help.log", "Open &log folder"),
    Command("help.about", "&About CNN Studio", gap=True),
)


@runtime_checkable
class Typed(Protocol):
    """A field in which something may be typed that is not taken yet."""

    def commit(self) -> object:
        """Take it, if it means anything."""


class Actions(QObject):
    """One QAction for each command."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._made: dict[str, QAction] = {}
        self._bare: dict[QKeyCombination, QAction] = {}
        for command in COMMANDS:
            self._made[command.name] = self._make(command)

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def __iter__(self) -> Iterator[Command]:
        return iter(COMMANDS)

    def connect(self, slots: dict[str, Callable[[], object]]) -> None:
        """Say what commands do, by name."""
        for name, slot in slots.items():
            self._made[name].triggered.connect(_without_argument(slot))

    def of_menu(self, menu: str) -> list[tuple[Command, QAction]]:
        """Return the commands of a menu."""
        return [(c, self._made[c.name]) for c in COMMANDS if c.name.split(".")[0] == menu]

    def perform(self, event: QKeyEvent) -> bool:
        """Do what a bare key means that nobody with the focus wanted; say whether it means any."""
        combination = event.keyCombination()
        modifiers = combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
        action = self._bare.get(QKeyCombination(modifiers, combination.key()))
        if action is None or not action.isEnabled():
            return False
        action.trigger()
        return True

    @staticmethod
    def _settle() -> None:
        """Take what is being typed: a command is about that, too."""
        focus = QApplication.focusWidget()
        if isinstance(focus, Typed):
            focus.commit()

    def _make(self, command: Command) -> QAction:
        action = QAction(command.text, self)
        action.setObjectName(command.name)
        action.triggered.connect(self._settle)  # before whatever else it does
        action.setCheckable(command.checkable)
        plain = command.text.replace("&", "").rstrip("…")
        about = f"{plain}: {command.about}" if command.about else plain
        sequence = QKeySequence(command.keys)
        keys = sequence.toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{about} ({keys})" if keys else about)
        action.setStatusTip("")
        if "Ctrl" in command.keys or command.keys.startswith("F"):
            action.setShortcut(sequence)
        elif command.keys:
            self._bare[sequence[0]] = action
            action.setText(f"{command.text}\t{keys}")  # shown, but not taken from the focus
        return action


def _without_argument(slot: Callable[[], object]) -> Callable[[bool], None]:
    def call(_checked: bool) -> None:
        slot()

    return call
