"""A kernel in a file of its own: JSON, or plain text as people type it."""

import json
from contextlib import suppress
from pathlib import Path

from cnnstudio.lab.atomic import write_file
from cnnstudio.lab.json_text import read_json
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.kernel_json import kernel_from_json, kernel_to_json
from cnnstudio.lab.kernel_text import block_from_text, kernel_text
from cnnstudio.lab.quote import quote

MAX_BYTES = 1_000_000


def read_kernel(path: Path) -> tuple[str, Kernel]:
    """Read a kernel and its name from a JSON or a text file; what is in it decides which.

    Args:
        path: the file; a kernel without a name is called as its file is

    Raises:
        ValueError: with a sentence, if it cannot be read or is not a kernel.
    """
    try:
        return _read(_text(path), path.stem)
    except OSError as trouble:
        raise ValueError(f"{quote(path.name)} cannot be read: {trouble.strerror}") from trouble
    except ValueError as refused:
        raise ValueError(f"{quote(path.name)} is not a kernel: {refused}") from refused


def write_kernel(path: Path, kernel: Kernel, name: str = "") -> None:
    """Write a kernel as JSON if the file is called so, else as plain text; never half of it.

    Args:
        path: where to
        kernel: written exactly, with divisor and bias
        name: what it is called; nothing if it has no name

    Raises:
        ValueError: if there is something else than a file, or the kernel is too fine for one,
            or as text could not be read again.
        OSError: if it cannot be written; an old file is what it was.
    """
    _refuse_pipe(path)
    named = " ".join(name.split())
    if path.suffix.lower() == ".json":
        entry = ({"name": named} if named else {}) | kernel_to_json(kernel)
        written = json.dumps(entry, ensure_ascii=False, indent=2)
    else:
        written = (f"# {named}\n" if named else "") + kernel_text(kernel, "spaces")
        _check_again(written, kernel)
    write_file(path, f"{written}\n".encode())


def _check_again(text: str, kernel: Kernel) -> None:
    """Raise a ValueError if a text would not be read as the kernel that was written."""
    with suppress(ValueError):
        if _read(text, "")[1] == kernel:
            return
    raise ValueError("as text this kernel could not be read again; save it as JSON (*.json)")


def _text(path: Path) -> str:
    _refuse_pipe(path)
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValueError("it is larger than 1 MB")
    try:
        return data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as refused:
        raise ValueError("it is not a text in UTF-8") from refused


def _refuse_pipe(path: Path) -> None:
    """Raise a ValueError where nothing could be read or replaced as a file: it may never end."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise ValueError("it is no file")


def _read(text: str, stem: str) -> tuple[str, Kernel]:
    if not text.strip():
        raise ValueError("it is empty")
    if text.lstrip().startswith("{") and '"' in text:
        return _read_json(text, stem)
    first, _, rest = text.lstrip().partition("\n")
    if not first.startswith("#"):
        return stem, block_from_text(text).kernel
    return first.removeprefix("#").strip() or stem, block_from_text(rest).kernel


def _read_json(text: str, stem: str) -> tuple[str, Kernel]:
    entry = read_json(text)
    name = entry.get("name", "")
    if not isinstance(name, str):
        raise ValueError(f"“name” is a text in quotation marks, not {quote(name)}")
    return " ".join(name.split()) or stem, kernel_from_json(entry)
