"""Read a JPEG picture; a large one at a half, a quarter or an eighth of its size.

That costs less time and memory, and is what the format is good at: it holds each block of 8 x 8
pixels as its mean and ever finer differences from it, of which the finest are then left out.
"""

from PIL.JpegImagePlugin import JpegImageFile

from cnnstudio.datasets.decoding import Decoded, Refusal, Watched, load
from cnnstudio.datasets.exif import orientation
from cnnstudio.datasets.limits import check_bytes, check_frame, check_size

_SCAN, _END = b"\xff\xda", b"\xff\xd9"
_SCANNED = 1_000_000_000  # pixels that all scans of a picture go over, some 1 ns each


def read_jpeg(file: Watched, frame: int, most: int) -> Decoded:
    """Read the picture, with at least `most` pixels if it has so many."""
    check_frame(frame, 1)
    data = file.getvalue()
    image = JpegImageFile(file)
    size = image.size
    begin = file.tell()  # of the pixels: right after the head of the first scan
    channels = data[data.rfind(_SCAN, 0, begin) + 4]
    cut = False
    if "progressive" in image.info or channels < image.layers:  # each pixel comes in many scans
        check_size("progressive JPEG", *size, bits=8 * image.layers)
        check_bytes(len(data), "progressive JPEG")
        scans = 1 + data.count(_SCAN, begin)
        if scans * size[0] * size[1] > _SCANNED:
            raise Refusal(f"is a JPEG picture of {scans} scans, which would take too long to read")
        cut = begin < len(data) and data.find(_END, begin) < 0
    if cut:  # nothing comes out before the end was seen
        image = JpegImageFile(Watched(data + _END, file.watch))
    check_size("JPEG", *size)
    for scale in (8, 4, 2):
        if (size[0] // scale) * (size[1] // scale) >= most:
            image.draft(None, (size[0] // scale, size[1] // scale))
            break
    file.watch.rest()
    broken = load(image)
    if cut:
        broken = "the file ends too early"
        if all(len(set(channel.getextrema())) == 1 for channel in image.split()):
            raise OSError("truncated")  # so early that nothing but gray came out
    info = image.info
    turn = orientation(info.get("exif", b""), info.get("xmp", b""))
    notes = ["CMYK shown as RGB"] if image.mode == "CMYK" else []
    return Decoded(image, size, notes, turn, broken=broken, profile=info.get("icc_profile") or b"")
