"""Convolution, padding and pooling as plain loops: what the fast forms are held against.

Nothing here comes from the program: lists in, lists out, any kind of number.
"""

MODES = ("zero", "replicate", "reflect", "wrap")


def counted(size, extent, stride):
    """Count the places of a window by trying one after the other."""
    places = 0
    while places * stride + extent <= size:
        places += 1
    return places


def looked_up(row, place, mode):
    """Return the number at `place` of a row that is continued on both sides."""
    if 0 <= place < len(row):
        return row[place]
    if mode == "zero":
        return 0
    if mode == "replicate":
        return row[0] if place < 0 else row[-1]
    if mode == "wrap":
        return row[place + len(row)] if place < 0 else row[place - len(row)]
    beyond = -place if place < 0 else place - (len(row) - 1)
    return row[beyond] if place < 0 else row[len(row) - 1 - beyond]


def padded(plane, sides, mode):
    """Continue a plane on its four sides: each row first, then each column."""
    top, bottom, left, right = sides
    width = len(plane[0])
    wide = [[looked_up(row, x, mode) for x in range(-left, width + right)] for row in plane]
    columns = [list(column) for column in zip(*wide, strict=True)]
    tall = [
        [looked_up(column, y, mode) for y in range(-top, len(plane) + bottom)] for column in columns
    ]
    return [list(row) for row in zip(*tall, strict=True)]


def place_of_map(planes, kernel, top, left, dilation):
    """Sum pixel times weight for the window whose first pixel is at (top, left)."""
    total = 0
    for plane, weights in zip(planes, kernel, strict=True):
        for i, row in enumerate(weights):
            for j, weight in enumerate(row):
                total += plane[top + i * dilation[0]][left + j * dilation[1]] * weight
    return total


def correlated(planes, kernel, stride=(1, 1), dilation=(1, 1)):
    """Slide a kernel over planes that are padded already."""
    tall = (len(kernel[0]) - 1) * dilation[0] + 1
    wide = (len(kernel[0][0]) - 1) * dilation[1] + 1
    return [
        [
            place_of_map(planes, kernel, row * stride[0], column * stride[1], dilation)
            for column in range(counted(len(planes[0][0]), wide, stride[1]))
        ]
        for row in range(counted(len(planes[0]), tall, stride[0]))
    ]


def block(plane, row, column, size, stride, padding):
    """List what a pooling window sees; None where it sees padding."""
    seen = []
    for i in range(size[0]):
        for j in range(size[1]):
            y = row * stride[0] - padding[0] + i
            x = column * stride[1] - padding[1] + j
            inside = 0 <= y < len(plane) and 0 <= x < len(plane[0])
            seen.append(plane[y][x] if inside else None)
    return seen


def pooled(plane, kind, size, stride, padding):
    """Pool a plane: padding never wins a maximum, adds nothing, and counts in an average."""
    rows = counted(len(plane) + 2 * padding[0], size[0], stride[0])
    columns = counted(len(plane[0]) + 2 * padding[1], size[1], stride[1])
    made = []
    for row in range(rows):
        made.append([])
        for column in range(columns):
            seen = block(plane, row, column, size, stride, padding)
            real = [number for number in seen if number is not None]
            if kind == "max":
                made[-1].append(max(real))
            elif kind == "sum":
                made[-1].append(sum(real))
            else:
                made[-1].append(sum(real) / len(seen))
    return made
