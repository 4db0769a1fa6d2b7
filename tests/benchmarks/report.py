"""What a benchmark found: a table to read, JSON lines to process, a section of RESULTS.md to keep.

A benchmark makes an `arguments` parser, collects `Result`s and hands them to `tell`.
"""

import argparse
import json
import os
import platform
import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from math import ceil
from pathlib import Path
from typing import Self

RESULTS = Path(__file__).with_name("RESULTS.md")
ROOT = Path(__file__).parents[2]  # of the checkout
_HEAD = """# Results

What the commands in this folder found. Each section was written by its own command, with
`--record`, and says when and where; figures of a shared machine drift from run to run.
"""


@dataclass(frozen=True)
class Result:
    """One figure.

    Attributes:
        peer: who else was measured in the same run, if anybody
        ratio: how many times better than the peer this is
        goal: what was promised; the value is at most that, or at least if `more` is better
    """

    name: str
    value: float
    unit: str
    peer: str = ""
    ratio: float | None = None
    goal: float | None = None
    more: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the promise was kept, if there was one."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.more else self.value <= self.goal

    @property
    def fields(self) -> dict[str, object]:
        """What a line of JSON holds: nothing that was not said, and whether a goal was met."""
        found = {
            key: value
            for key, value in asdict(self).items()
            if value is not False and value not in ("", None)
        }
        return found if self.met is None else {**found, "met": self.met}

    @classmethod
    def of(cls, line: str) -> Self:
        """Read what `fields` wrote as JSON."""
        found = json.loads(line)
        found.pop("met", None)
        return cls(**found)


def arguments(about: str) -> argparse.ArgumentParser:
    """Make the parser every benchmark begins with."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--json", action="store_true", help="print one object a line")
    parser.add_argument("--record", action="store_true", help=f"write to {RESULTS.name}, too")
    return parser


def tell(title: str, results: Sequence[Result], wanted: argparse.Namespace) -> int:
    """Print the results, and record them if that was asked for; return the exit status."""
    if wanted.json:
        for each in results:
            print(json.dumps(each.fields, ensure_ascii=False))
    else:
        print(table(results))
    if wanted.record:
        before = RESULTS.read_text("utf-8") if RESULTS.exists() else _HEAD
        RESULTS.write_text(recorded(before, title, section(results)), "utf-8")
        print(f"written to {RESULTS}", file=sys.stderr)
    return 0


def table(results: Sequence[Result]) -> str:
    """Write the results as a Markdown table whose columns stand under each other."""
    head = ["what", "value", "unit", "goal", "met", "peer", "ratio"]
    rows = [head, *(_row(each) for each in results)]
    used = [i for i, _ in enumerate(head) if i < 3 or any(row[i] for row in rows[1:])]
    wide = {i: max(len(row[i]) for row in rows) for i in used}
    right = {1, 6}  # columns of numbers
    lines = [
        "| " + " | ".join(_pad(row[i], wide[i], i in right) for i in used) + " |" for row in rows
    ]
    marks = ["-" * (wide[i] + 1) + (":" if i in right else "-") for i in used]
    return "\n".join([lines[0], f"|{'|'.join(marks)}|", *lines[1:]])


def _row(each: Result) -> list[str]:
    goal = "" if each.goal is None else f"{'≥' if each.more else '≤'} {each.goal:g}"
    met = {None: "", True: "yes", False: "NO"}[each.met]
    ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
    return [each.name, _figure(each.value), each.unit, goal, met, each.peer, ratio]


def _figure(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _pad(text: str, width: int, right: bool) -> str:
    return text.rjust(width) if right else text.ljust(width)


def section(results: Sequence[Result]) -> str:
    """Write the table with its date, its command and its machine."""
    command = shlex.join(["python", *_command()])
    when = f"{date.today():%Y-%m-%d}, `{command}`"
    return f"{when}  \n{machine()}{load()}\n\n{table(results)}\n"


def _command() -> list[str]:
    script = Path(sys.argv[0]).resolve()
    shown = script.relative_to(ROOT) if script.is_relative_to(ROOT) else script
    return [shown.as_posix(), *sys.argv[1:]]


def recorded(before: str, title: str, text: str) -> str:
    """Return what RESULTS.md says with the section called `title` replaced, or put last."""
    made = f"## {title}\n\n{text}"
    found = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if found.search(before):
        return found.sub(lambda _: f"{made}\n", before).rstrip("\n") + "\n"
    return f"{before.rstrip()}\n\n{made}"


def machine() -> str:
    """Say what the figures were measured on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    parts = [f"{_processor()}, {cores} cores", platform.system(), _python()]
    for name in ("NumPy", "PyQt6"):
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(parts)


def load() -> str:
    """Say how busy the machine was, if it says so itself."""
    if not hasattr(os, "getloadavg"):
        return ""
    busy = os.getloadavg()[1]
    return f", {busy:.1f} processes running on average in the last five minutes, this one included"


def _python() -> str:
    return f"Python {platform.python_version()}"


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*: (.+)$", told, re.MULTILINE)
    return found[1] if found else platform.machine()


def quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest of the values that `share` of them do not exceed (nearest rank)."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]
