"""Find the files shipped with CNN Studio: icons, themes, filters, scenes, sample pictures.

They live in ``resources/`` at the top of a checkout; the wheel carries the same tree inside
the package as ``cnnstudio/_resources``. The packed copy wins, so that an installed program
never looks into a ``resources`` folder that belongs to someone else.
"""

from pathlib import Path

_PACKED = Path(__file__).with_name("_resources")
_CHECKOUT = Path(__file__).parents[1] / "resources"

ROOT = _PACKED if _PACKED.is_dir() else _CHECKOUT


def path(name: str) -> Path:
    """Return the file called `name`, such as ``"icons/play.svg"``.

    Raises:
        FileNotFoundError: if no such file was shipped.
    """
    found = ROOT / name
    if not found.is_file():
        raise FileNotFoundError(f"CNN Studio ships no {name!r} (looked in {ROOT})")
    return found


def text(name: str) -> str:
    """Return what the file called `name` says."""
    return path(name).read_text("utf-8")


def names(folder: str, suffix: str) -> list[str]:
    """List the stems of the files in `folder` that end in `suffix`, sorted."""
    return sorted(entry.stem for entry in (ROOT / folder).glob(f"*{suffix}"))
