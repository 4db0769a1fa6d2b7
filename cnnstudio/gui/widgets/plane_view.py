"""A view of one plane of numbers: colours, digits where there is room, and marks on top."""

from collections.abc import Callable
from math import ceil

from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QWidget

from cnnstudio.gui import theme
from cnnstudio.gui.widgets.plane_layers import (
    Grid,
    Marks,
    Plane,
    paint_blank,
    paint_cursor,
    paint_marks,
    paint_numbers,
)

MARGIN = 3  # px round the picture, for frames that overhang
_DRAG = 5  # px the pointer may tremble in a click
_PATIENCE_MS = 300  # what takes less needs no sign that it is under way


class PlaneView(QWidget):
    """Shows a plane of numbers; its size is set by the page, its zoom by whoever links views.

    Signals:
        hovered: the row and column under the pointer; -1, -1 when it leaves
        clicked: row, column of a cell that was clicked
        entered: the same of a cell that was clicked twice
        painted: row, column, and whether the right button is down, while `pencil` is set
        stroke_ended: the pencil was lifted
        zoomed: by what factor, and round which (row, column), as fractions of cells
        dragged: by how many px the picture was pushed
        keyed: a key that nobody else wanted, while `pencil` is set
    """

    hovered = pyqtSignal(int, int)
    clicked = pyqtSignal(int, int)
    entered = pyqtSignal(int, int)
    painted = pyqtSignal(int, int, bool)
    stroke_ended = pyqtSignal()
    zoomed = pyqtSignal(float, float, float)
    dragged = pyqtSignal(float, float)
    keyed = pyqtSignal(object)

    def __init__(self, name: str, accessible: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pencil = False
        self.cursor_place: tuple[int, int] | None = None  # the cell the keyboard would change
        self.marks = Marks()
        self.plane: Plane | None = None
        self.message = ""
        self.grid = Grid(9.0, MARGIN, MARGIN)
        self._numbers: QPixmap | None = None
        self._blank: QPixmap | None = None
        self._pressed: QPointF | None = None
        self._dragging = False
        self._over = (-1, -1)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_PATIENCE_MS)
        self._late.timeout.connect(lambda: self._show_waiting(True))
        self._waiting = False

    def wait(self, busy: bool) -> None:
        """Say whether what is shown will be replaced soon; a sign comes if it takes long."""
        if busy:
            self._late.start()
        else:
            self._late.stop()
            self._show_waiting(False)

    def _show_waiting(self, waiting: bool) -> None:
        if waiting != self._waiting:
            self._waiting = waiting
            self.update()

    def show_plane(self, plane: Plane | None, message: str = "") -> None:
        """Show numbers, or a sentence in their place."""
        self.plane, self.message = plane, message
        self._forget()

    def show_marks(self, marks: Marks) -> None:
        """Show marks over the numbers."""
        if marks != self.marks:
            self.marks = marks
            self.update()

    def look_at(self, grid: Grid) -> None:
        """Show cells of another size, or another part of them."""
        if grid != self.grid:
            self.grid = grid
            self._forget()

    def sizeHint(self) -> QSize:
        """Be as large as the whole plane."""
        rows, columns = self.plane.values.shape if self.plane else (3, 3)
        cell = self.grid.cell
        across = columns * cell * self.grid.wide
        return QSize(ceil(across) + 2 * MARGIN, ceil(rows * cell) + 2 * MARGIN)

    def viewport(self) -> QRectF:
        """Return the part of the widget that shows cells."""
        return QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """Return the row and column under a point, if there is a cell."""
        if self.plane is None or not self.viewport().contains(point):
            return None
        row, column = (int(number // 1) for number in self.grid.place(point))
        rows, columns = self.plane.values.shape
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Tell what the pointer is over, paint, or push the picture."""
        if not event:
            return
        point = event.position()
        found = self.cell_at(point)
        if self.pencil and event.buttons() and found:
            right = bool(event.buttons() & Qt.MouseButton.RightButton)
            if found != self._over:
                self.painted.emit(*found, right)
        elif self._pressed is not None:
            moved = point - self._pressed
            if self._dragging or abs(moved.x()) + abs(moved.y()) > _DRAG:
                self._dragging = True
                self._pressed = point
                self.dragged.emit(moved.x(), moved.y())
                return  # the same cell stays under the pointer, but for what is beyond the edge
        self._hover(found)

    def _hover(self, found: tuple[int, int] | None) -> None:
        if (found or (-1, -1)) != self._over:
            self._over = found or (-1, -1)
            self.hovered.emit(*self._over)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Begin a click, a stroke or a push."""
        if not event:
            return
        found = self.cell_at(event.position())
        if self.pencil and event.button() != Qt.MouseButton.MiddleButton:
            if found:
                self._over = found
                self.painted.emit(*found, event.button() == Qt.MouseButton.RightButton)
            return
        self._pressed, self._dragging = event.position(), False

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Tell where the second click was; the pencil takes it as any other."""
        if self.pencil:
            self.mousePressEvent(event)
        elif event and event.button() == Qt.MouseButton.LeftButton:
            found = self.cell_at(event.position())
            if found:
                self.entered.emit(*found)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Finish what the press began."""
        if self.pencil:
            self.stroke_ended.emit()
        clicked, self._pressed = self._pressed is not None and not self._dragging, None
        if event and self._dragging:
            self._dragging = False
            self._hover(self.cell_at(event.position()))
        if event and clicked and event.button() == Qt.MouseButton.LeftButton:
            found = self.cell_at(event.position())
            if found:
                self.clicked.emit(*found)

    def leaveEvent(self, event: QEvent | None) -> None:
        """Say that the pointer is over nothing."""
        self._over = (-1, -1)
        self.hovered.emit(-1, -1)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Ask for more or less zoom round the cell under the pointer."""
        if event and self.plane is not None and event.angleDelta().y():
            factor = 1.25 ** (event.angleDelta().y() / 120)
            self.zoomed.emit(factor, *self.grid.place(event.position()))
            self._hover(self.cell_at(event.position()))
            event.accept()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Offer keys to the pencil; without it they are the page's."""
        if event:
            event.ignore()
            if self.pencil:
                self.keyed.emit(event)

    def focusInEvent(self, event: object) -> None:
        """Show the focus."""
        self.update()

    def focusOutEvent(self, event: object) -> None:
        """Show the focus no more."""
        self.update()

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the theme."""
        if event and event.type() == QEvent.Type.PaletteChange:
            self._forget()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Paint anew at the new size."""
        self._forget()

    def _forget(self) -> None:
        """Paint the kept layers anew when they are next needed."""
        self._numbers = self._blank = None
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint the numbers from the kept layer, then what has none yet, then the marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.plane is None:
            self._paint_message(painter)
        else:
            self._paint_plane(painter, self.plane)
            paint_marks(painter, self.marks, self.grid, self.viewport())
            if self.cursor_place:
                paint_cursor(painter, self.grid.rect_of(*self.cursor_place))
        if self._waiting:
            bar = QRectF(MARGIN, self.height() - 2, self.width() - 2 * MARGIN, 2)
            painter.fillRect(bar, theme.colour("muted"))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("text"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)
        painter.end()

    def _paint_message(self, painter: QPainter) -> None:
        area = self.viewport()
        painter.setPen(QPen(theme.colour("border"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.colour("unvisited"))
        painter.drawRoundedRect(area, 4, 4)
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.face(theme.BODY))
        words = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
        painter.drawText(area.adjusted(8, 8, -8, -8), int(words), self.message)

    def _paint_plane(self, painter: QPainter, plane: Plane) -> None:
        """Put the kept numbers on the screen, and where there is none yet, the kept dots."""
        if self._numbers is None:
            self._numbers = self._layer()
            self._on(
                self._numbers, lambda layer: paint_numbers(layer, plane, self.grid, self._area)
            )
        painter.drawPixmap(0, 0, self._numbers)
        shown = self.marks.shown
        if shown is None or shown >= plane.values.size:
            return
        if self._blank is None:
            self._blank = self._layer()
            self._on(self._blank, lambda layer: paint_blank(layer, plane, self.grid, self._area))
        rows, columns = plane.values.shape
        row, column = divmod(shown, columns)
        painter.save()
        missing = QRegion(self.grid.rect_of(row + 1, 0, rows - row, columns).toAlignedRect())
        missing += self.grid.rect_of(row, column, 1, columns - column).toAlignedRect()
        painter.setClipRegion(missing)
        painter.drawPixmap(0, 0, self._blank)
        painter.restore()

    @property
    def _area(self) -> QRectF:
        return self.viewport().adjusted(-1, -1, 1, 1)

    def _layer(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(max(1, ceil(self.width() * ratio)), max(1, ceil(self.height() * ratio)))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        return made

    def _on(self, layer: QPixmap, paint: Callable[[QPainter], None]) -> None:
        painter = QPainter(layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter)
        painter.end()
