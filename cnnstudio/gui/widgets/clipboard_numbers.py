"""Whether the clipboard holds numbers that could be a kernel."""

from PyQt6.QtWidgets import QApplication

from cnnstudio.lab.kernel_text import block_from_text

_ADDRESSES = ("data:", "http:", "https:", "file:")  # of pictures, which are the window's
_LONGEST = 20_000  # characters: no kernel that can be is written longer


def clipboard_text() -> str:
    """Return the text on the clipboard."""
    clipboard = QApplication.clipboard()
    return clipboard.text() if clipboard else ""


def carries_words() -> bool:
    """Whether the clipboard holds a text that is no picture: numbers, or what was meant so."""
    clipboard = QApplication.clipboard()
    data = clipboard.mimeData() if clipboard else None
    if data is None or data.hasImage() or data.hasUrls():
        return False
    text = data.text().strip()
    return bool(text) and not text.startswith(_ADDRESSES)


def carries_numbers(several: bool = False) -> bool:
    """Whether the clipboard holds a block of numbers, as a spreadsheet or a text gives it.

    Args:
        several: whether a single number does not count
    """
    text = clipboard_text()
    if not 0 < len(text) <= _LONGEST:
        return False
    try:
        cells = block_from_text(text).cells
    except ValueError:
        return False
    return not several or sum(len(row) for plane in cells for row in plane) > 1
