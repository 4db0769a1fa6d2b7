"""The playhead: where on a map it stands, how it steps, and how it plays."""

from time import perf_counter

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal

SLOWEST, FASTEST = 0.5, 1000.0  # positions a second
_FRAME_MS = 16


class Player(QObject):
    """Walks over the positions of a map, and over the products of each.

    Everything is one number, `index`: position times taps plus the place of the last product
    that was added. So whatever goes on by some steps comes back by as many.

    Signals:
        moved: the playhead stands elsewhere
        played: it began to play, or stopped
    """

    moved = pyqtSignal()
    played = pyqtSignal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows, self.columns, self.taps = 0, 0, 1
        self.index = 0
        self.speed = 4.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._tick)
        self._since = 0.0
        self._due = 0.0

    @property
    def count(self) -> int:
        """How many positions there are."""
        return self.rows * self.columns

    @property
    def position(self) -> int:
        """The position the playhead stands on, in reading order."""
        return self.index // self.taps

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the position."""
        return divmod(self.position, self.columns) if self.columns else (0, 0)

    @property
    def done(self) -> int | None:
        """How many products have been added at the position; None for all of them."""
        done = self.index % self.taps + 1
        return None if done == self.taps else done

    @property
    def playing(self) -> bool:
        """Whether it moves by itself."""
        return self._timer.isActive()

    def set_track(self, rows: int, columns: int, taps: int) -> None:
        """Say how large the map is, and how many products make one number of it.

        The playhead keeps its row and column as far as they still exist.
        """
        if (rows, columns, taps) == (self.rows, self.columns, self.taps):
            return
        (row, column), done = self.place, self.done
        self.rows, self.columns, self.taps = rows, columns, max(1, taps)
        row, column = min(row, max(0, rows - 1)), min(column, max(0, columns - 1))
        self.index = (row * columns + column) * self.taps
        self.index += self.taps - 1 if done is None else min(done, self.taps) - 1
        if not self.count:
            self.stop()

    def go(self, row: int, column: int) -> None:
        """Stand on a position with all its products added."""
        self.seek(row * self.columns + column)

    def seek(self, position: int) -> None:
        """Stand on a position, counted in reading order, with all its products added."""
        position = min(max(0, position), max(0, self.count - 1))
        self._set(position * self.taps + self.taps - 1)

    def step(self, positions: int = 0, rows: int = 0, products: int = 0) -> None:
        """Go on, or back, if there is such a place."""
        by = (positions + rows * self.columns) * self.taps + products
        if 0 <= self.index + by < self.count * self.taps:
            self._set(self.index + by)

    def step_parts(self, by: int, parts: int) -> None:
        """Go on, or back, to where a part of the products is added, such as those of a channel.

        Args:
            by: how many parts, from the one that is complete or begun
            parts: how many equal parts the products of a position have
        """
        each, done = self.taps // parts, self.index + 1
        wanted = (done // each if by > 0 else -(-done // each)) + by
        if 0 < wanted <= self.count * parts:
            self._set(wanted * each - 1)

    def first(self) -> None:
        """Stand on the first position."""
        self.seek(0)

    def last(self) -> None:
        """Stand on the last position."""
        self.seek(self.count - 1)

    def toggle(self) -> None:
        """Play, or stop; from the end it begins anew."""
        if self.playing:
            self.stop()
        elif self.count:
            if self.position >= self.count - 1:
                self.seek(0)
            self._since, self._due = perf_counter(), 0.0
            self._timer.start()
            self.played.emit(True)

    def stop(self) -> None:
        """Stand still."""
        if self.playing:
            self._timer.stop()
            self.played.emit(False)

    def _tick(self) -> None:
        now = perf_counter()
        self._due += (now - self._since) * self.speed
        self._since = now
        steps, self._due = int(self._due), self._due % 1.0
        if steps:
            self.seek(self.position + steps)
            if self.position >= self.count - 1:
                self.stop()

    def _set(self, index: int) -> None:
        if index != self.index:
            self.index = index
            self.moved.emit()
