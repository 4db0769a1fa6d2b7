"""The window: kernel edits, playing, large pictures, first paint.

``python tests/benchmarks/gui.py --help``
"""

import os
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from report import Result, arguments, tell
from screen import NO_XVFB, PLATFORMS, can_show, screen

PARTS = ("edit", "play", "large", "start")
TITLE = "The window"


def main() -> int:
    """Measure what is asked for, on each platform in a process of its own."""
    parser = arguments("How quick the window is.")
    parser.add_argument("--platform", choices=PLATFORMS, help="only this one of Qt's platforms")
    parser.add_argument("--part", choices=PARTS, help="only this part")
    parser.add_argument("--inside", choices=PLATFORMS, help="(what this command calls itself with)")
    wanted = parser.parse_args()
    if wanted.inside:
        return tell(TITLE, _measure(wanted.part), wanted)
    results = []
    for platform in [wanted.platform] if wanted.platform else PLATFORMS:
        if can_show(platform):
            with screen(platform) as environment:
                results += _on(platform, environment, wanted)
        else:
            print(NO_XVFB, file=sys.stderr)
    return tell(TITLE, results, wanted)


def _on(platform: str, environment: Mapping[str, str], wanted: Namespace) -> list[Result]:
    """Measure all parts on a platform."""
    results = []
    environment = {**environment, "OPENBLAS_NUM_THREADS": "1"}  # as the program does
    for part in [wanted.part] if wanted.part else PARTS:
        command = [sys.executable, __file__, "--json", "--inside", platform, "--part", part]
        print(f"measuring: {part} on {platform}", file=sys.stderr)
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
        results += [Result.of(line) for line in done.stdout.splitlines()]
    return results


def _measure(part: str) -> list[Result]:
    """Measure a part in this process, on the platform of the environment."""
    platform = os.environ["QT_QPA_PLATFORM"]
    if part == "start":
        import gui_start  # noqa: PLC0415

        found = gui_start.measure(os.environ)
    else:
        found = _in_window(part)
    return [Result(**{**each.__dict__, "name": f"{platform}: {each.name}"}) for each in found]


def _in_window(part: str) -> list[Result]:
    module = import_module(f"gui_{part}")  # only here: Qt looks for its platform when it comes in
    from gui_window import open_window  # noqa: PLC0415
    from PyQt6.QtWidgets import QApplication  # noqa: PLC0415

    sys.setswitchinterval(0.001)  # as the program does
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        window = open_window(Path(folder))
        found: list[Result] = module.measure(window)
        window.close()
    del app
    return found


if __name__ == "__main__":
    sys.exit(main())
