"""Read a BMP picture."""

from PIL.BmpImagePlugin import BmpImageFile

from cnnstudio.datasets.decoding import Decoded, Watched, load
from cnnstudio.datasets.limits import check_bytes, check_frame, check_size


def read_bmp(file: Watched, frame: int, _: int) -> Decoded:
    """Read the picture."""
    check_frame(frame, 1)
    image = BmpImageFile(file)
    check_size("BMP", *image.size)
    if any(tile[0] == "bmp_rle" for tile in image.tile):
        check_bytes(len(file.getvalue()), "BMP packed in runs")
    else:
        file.watch.rest()
    return Decoded(image, image.size, broken=load(image))
