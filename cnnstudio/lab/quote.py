"""Quote in a sentence what was typed or read, however long or odd it is."""

import reprlib

LONGEST = 40  # letters of it that are shown


def quote(value: object) -> str:
    """Return `value` in quotation marks: on one line, and cut if it is long."""
    text = value if isinstance(value, str) else reprlib.repr(value)
    line = " ".join(text[: 4 * LONGEST].split())
    line = "".join(letter if letter.isprintable() else "\ufffd" for letter in line)
    return f"“{line}”" if len(line) <= LONGEST else f"“{line[: LONGEST - 1]}…”"
