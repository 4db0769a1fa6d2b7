"""Now against before: the same benchmark of this checkout and of an older commit, by turns.

``python tests/benchmarks/paired.py 07fdc79 -- gui.py --platform offscreen --part edit``
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from report import ROOT, Result, arguments, tell

_MINE = {"--json", "--record"}


def main() -> int:
    """Measure old, new, old, new, and so on; tell the medians and their ratio."""
    own, command = _split(sys.argv[1:])
    parser = arguments("How quick a benchmark is now, against an older commit, by turns.")
    parser.add_argument("revision", help="the older commit")
    parser.add_argument("--pairs", type=int, default=3, help="how often each is measured")
    wanted = parser.parse_args(own)
    if not command or _MINE & set(command):
        parser.error("say after -- which benchmark to run, without --json and --record")
    found: dict[str, tuple[list[float], list[float]]] = {}
    units: dict[str, Result] = {}
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder) / "before"
        _git("worktree", "add", "--detach", str(before), wanted.revision)
        try:
            for number in range(wanted.pairs):
                for which, tree in ((0, before), (1, ROOT)):
                    print(f"pair {number + 1}: {('before', 'now')[which]}", file=sys.stderr)
                    for each in _run(tree, command):
                        units[each.name] = each
                        found.setdefault(each.name, ([], []))[which].append(each.value)
        finally:
            _git("worktree", "remove", "--force", str(before))
    results = [
        _result(units[name], old, new, wanted) for name, (old, new) in found.items() if old and new
    ]
    return tell(f"Now against {wanted.revision}: {' '.join(command)}", results, wanted)


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    at = words.index("--") if "--" in words else len(words)
    return words[:at], words[at + 1 :]


def _git(*words: str) -> None:
    subprocess.run(["git", "-C", str(ROOT), *words], check=True, stdout=subprocess.DEVNULL)


def _run(tree: Path, command: list[str]) -> list[Result]:
    """Run a tree's own benchmark on its own program."""
    script = tree / "tests" / "benchmarks" / command[0]
    done = subprocess.run(
        [sys.executable, str(script), *command[1:], "--json"],
        env={**os.environ, "PYTHONPATH": str(tree)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
        cwd=tree,
    )
    return [Result.of(line) for line in done.stdout.splitlines()]


def _result(each: Result, old: list[float], new: list[float], wanted: argparse.Namespace) -> Result:
    """Return the median now; the ratio says how many times better it is than before."""
    before, now = median(old), median(new)
    better = now / before if each.more else before / now
    peer = f"{wanted.revision[:7]}: {before:.3g}"
    return Result(each.name, now, each.unit, peer, better, each.goal, each.more)


if __name__ == "__main__":
    sys.exit(main())
