"""How long it takes, and how much memory, to open the worst pictures, or those of a folder.

Each is read in another process: pictures that kill it are counted. Usage:

    python tests/benchmarks/pictures.py [folder ...] [--only WORD] [--json] [--record]
"""

import multiprocessing
import re
import resource
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from report import ROOT, Result, arguments, tell

sys.path.insert(0, str(ROOT))

MOST_SECONDS, MOST_MB = 2.0, 600.0  # promised
PATIENCE = 60  # s until a picture counts as one that hangs


class Read(NamedTuple):
    """What became of one file."""

    seconds: float
    busy: float  # s of processor time
    peak: float  # MB of memory at most, since the process began
    refused: str  # why, or nothing


class Reader:
    """A process that reads one picture after the other; a new one comes after a crash."""

    def __init__(self) -> None:
        self._process: multiprocessing.process.BaseProcess | None = None

    def read(self, path: Path, frame: int = 0, partial: bool = False) -> Read | None:
        """Read a file; None if that killed the process, or took longer than anybody waits."""
        if self._process is None:
            context = multiprocessing.get_context("spawn")
            self._link, other = context.Pipe()
            self._process = context.Process(target=_serve, args=(other,), daemon=True)
            self._process.start()
            other.close()
            self._link.recv()  # it is ready
        self._link.send((path, frame, partial))
        try:
            if self._link.poll(PATIENCE):
                return Read(*self._link.recv())
        except EOFError:
            pass
        self.stop()
        return None

    def stop(self) -> None:
        """End the process."""
        if self._process:
            self._process.kill()
            self._process.join()
            self._process = None


def _serve(link: Connection) -> None:
    from cnnstudio.datasets.picture_file import UnusablePicture, read_picture  # noqa: PLC0415

    link.send(None)
    while True:
        path, frame, partial = link.recv()
        begun, worked, refused = time.perf_counter(), time.process_time(), ""
        try:
            read_picture(path, frame=frame, partial=partial)
        except UnusablePicture as reason:
            refused = str(reason)
        seconds, busy = time.perf_counter() - begun, time.process_time() - worked
        link.send((seconds, busy, _peak(), refused))


def _peak() -> float:
    """Return the most memory this process ever took, in MB.

    Linux counts into `ru_maxrss` what the parent took when it began this process.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s*(\d+)", status.read_text("utf-8"))[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def of_folder(folder: Path) -> list[Result]:
    """Read every file of a folder, as it is and as far as it goes."""
    reader, found, killers = Reader(), {}, []
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        for partial in (False, True):
            read = reader.read(path, partial=partial)
            if read is None:
                killers.append(path.name)
            else:
                found[path, partial] = read
    reader.stop()
    for name in killers:
        print(f"{name} killed its reader, or took over {PATIENCE} s", file=sys.stderr)
    name = f"{folder.name}: "
    whole = [read for (_, partial), read in found.items() if not partial]
    parts = sum(not found[path, True].refused and bool(read.refused)
                for (path, partial), read in found.items() if not partial)  # fmt: skip
    slowest = max(found, key=lambda each: found[each].seconds)
    return [
        Result(f"{name}files", len(whole), ""),
        Result(f"{name}shown", sum(not read.refused for read in whole), ""),
        Result(f"{name}refused, in a sentence", sum(bool(read.refused) for read in whole), ""),
        Result(f"{name}of these shown as far as they go", parts, ""),
        Result(f"{name}crashes and hangs", len(killers), "", goal=0),
        Result(f"{name}slowest ({slowest[0].name})", found[slowest].seconds, "s",
               goal=MOST_SECONDS),
        Result(f"{name}peak memory", max(read.peak for read in found.values()), "MB",
               goal=MOST_MB),
    ]  # fmt: skip


def of_worst(only: str) -> list[Result]:
    """Make the worst pictures, and read each in a process of its own."""
    from tests.datasets.worst_pictures import worst_pictures  # noqa: PLC0415

    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name, (make, frame) in worst_pictures().items():
            if only.lower() not in name.lower():
                continue
            path = Path(folder, "picture")
            path.write_bytes(make())
            reader = Reader()
            read = reader.read(path, frame)
            reader.stop()
            if read is None:
                results.append(Result(f"{name}: killed its reader", 1, "", goal=0))
                continue
            told = f"{name}, refused" if read.refused else name
            print(f"{told}: {read.refused}", file=sys.stderr)
            results.append(Result(f"{told}: time", read.seconds, "s", goal=MOST_SECONDS))
            results.append(Result(f"{told}: processor time", read.busy, "s"))
            results.append(Result(f"{told}: memory", read.peak, "MB", goal=MOST_MB))
    return results


def main() -> int:
    """Measure what the command line says."""
    parser = arguments(__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, help="whose files are read")
    parser.add_argument(
        "--only", default="", help="only the worst pictures with this in their name"
    )
    wanted = parser.parse_args()
    results = [result for folder in wanted.folders for result in of_folder(folder)]
    return tell("Opening pictures", results + of_worst(wanted.only), wanted)


if __name__ == "__main__":
    raise SystemExit(main())
