"""Whether the window still answers at once while the playhead runs."""

from dataclasses import dataclass
from time import perf_counter

from gui_window import put_picture
from PyQt6.QtCore import QEventLoop, QObject, Qt, QTimer
from report import Result, quantile

from cnnstudio.gui.main_window import MainWindow
from cnnstudio.gui.player import Player

GOAL = 16.0  # ms
MS = 1000
_BEAT = 1  # ms


@dataclass(frozen=True)
class Run:
    """A picture to play over.

    Attributes:
        side: its rows and columns
        speed: positions a second
        whole: whether the map is shown whole instead of growing
    """

    side: int
    speed: float
    whole: bool = False

    @property
    def name(self) -> str:
        """What it is called in the results."""
        how = ", whole map" if self.whole else ""
        return f"stepping at {self.speed:g}/s over {self.side}x{self.side}{how}"


RUNS = (
    Run(512, 1000), Run(512, 1000, whole=True), Run(32, 1000),
    Run(512, 60), Run(32, 60), Run(512, 6), Run(32, 6),
)  # fmt: skip


class Heart(QObject):
    """Beats every millisecond and notes by how many ms each beat is late."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to beat."""
        self._last = perf_counter()
        self._timer.start(_BEAT)

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _beat(self) -> None:
        now = perf_counter()
        self.late.append(max(0.0, (now - self._last) * MS - _BEAT))
        self._last = now


class Pace(QObject):
    """Keeps a player playing and counts the positions it passes."""

    def __init__(self, player: Player) -> None:
        super().__init__()
        self.passed = 0
        self._player, self._at = player, player.position
        player.moved.connect(self._count)
        player.played.connect(self._again)

    def stop(self) -> None:
        """Let the player stand."""
        self._player.played.disconnect(self._again)
        self._player.moved.disconnect(self._count)
        self._player.stop()

    def _count(self) -> None:
        self.passed += max(0, self._player.position - self._at)
        self._at = self._player.position

    def _again(self, playing: bool) -> None:
        if not playing:
            QTimer.singleShot(0, self._player.toggle)


def measure(window: MainWindow, seconds: float = 5.0) -> list[Result]:
    """Play over several pictures at several speeds."""
    results = []
    for run in RUNS:
        put_picture(window, run.side, run.whole)
        player = window.current.player
        player.speed = run.speed
        player.first()
        heart, pace = Heart(), Pace(player)
        _wait(0.3, player.toggle)
        pace.passed, begun = 0, perf_counter()
        _wait(seconds, heart.start)
        rate = pace.passed / (perf_counter() - begun)
        heart.stop()
        pace.stop()
        goal = GOAL if run.speed >= 1000 else None
        results += [
            Result(f"{run.name}, event loop late by, p50", quantile(heart.late, 0.5), "ms"),
            Result(f"{run.name}, p99", quantile(heart.late, 0.99), "ms", goal=goal),
            Result(f"{run.name}, worst", max(heart.late), "ms"),
            Result(f"{run.name}, positions passed", rate, "/s"),
        ]
    return results


def _wait(seconds: float, begin: object) -> None:
    """Let the window run for a while, from `begin` on."""
    loop = QEventLoop()
    QTimer.singleShot(0, begin)
    QTimer.singleShot(round(seconds * MS), Qt.TimerType.PreciseTimer, loop.quit)
    loop.exec()
