"""The worst pictures that may be opened, and some that may not: as large as the limits allow.

Each is made when it is asked for; nothing of it is stored.
"""

import struct
import zlib
from functools import cache
from math import isqrt

import numpy as np
from PIL import Image, ImageFile

from cnnstudio.datasets.limits import LIMITS, MAX_BYTES, MAX_FRAMES, MB
from tests.datasets import handmade
from tests.datasets.handmade import CHANNELS, chunk, riff, tags, tiff

ImageFile.MAXBLOCK = max(ImageFile.MAXBLOCK, 2**28)  # for encoding what is larger than expected


def side(kind, bits=8):
    """The side of the largest square of a kind."""
    limit = LIMITS[kind]
    return isqrt(min(limit.pixels, limit.decoded * 8 // bits))


def noise(height, width, channels=3, bits=8, seed=5):
    """Pixels that no encoder makes small, unless few bits are used."""
    shape = (height, width) if channels == 1 else (height, width, channels)
    return np.random.default_rng(seed).integers(0, 2**bits, shape, np.uint8) << (8 - bits)


def checked(data):
    assert len(data) <= MAX_BYTES, f"{len(data) / MB:.1f} MB"
    return data


def encoded(image, kind, **options):
    return checked(handmade.encoded(image, kind, **options))


def picture(kind, channels=3, bits=8, of="", **options):
    size = side(of or kind, 8 * channels)
    return encoded(Image.fromarray(noise(size, size, channels, bits)), kind, **options)


# PNG, written by hand for what Pillow does not write: all filters are Paeth's, the slowest


def png(width, height, depth, colour, bits=2, interlaced=0, more=b""):
    channels = CHANNELS[colour]
    passes = [(8, 8, 0, 0), (8, 8, 4, 0), (4, 8, 0, 4), (4, 4, 2, 0), (2, 4, 0, 2), (2, 2, 1, 0)]
    passes = [*passes, (1, 2, 0, 1)] if interlaced else [(1, 1, 0, 0)]
    rows = []
    for across, down, left, top in passes:
        wide, high = -(-(width - left) // across), -(-(height - top) // down)
        row = noise(high, (wide * depth * channels + 7) // 8, 1, bits)
        rows.append(np.hstack([np.full((high, 1), 4, np.uint8), row >> (8 - bits)]).tobytes())
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    pack = zlib.compressobj(1)
    body = b"".join([*(pack.compress(each) for each in rows), pack.flush()])
    parts = [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", head), more, chunk(b"IDAT", body)]
    return b"".join([*parts, chunk(b"IEND", b"")])


def square_png(kind, depth, colour, bits, interlaced=0):
    channels = CHANNELS[colour]
    size = min(side(kind, depth * channels), side("PNG", depth * channels))
    return png(size, size, depth, colour, bits, interlaced)


def tiny_chunks():
    return png(9, 9, 8, 2, more=chunk(b"prVt", b"") * (60 * MB // 12))


def many_pieces():
    data = png(9, 9, 8, 2)
    return data[:-12] + chunk(b"IDAT", b"") * (60 * MB // 12) + data[-12:]


def animated_png(frames, size, patch):
    """Frames of a size, of which each is undone, on a canvas of another size."""
    data = png(size, size, 8, 6, 1)
    at = data.index(b"IDAT") - 4
    head = data[:at] + chunk(b"acTL", struct.pack(">II", frames, 0))
    small = png(patch, patch, 8, 6, 1)
    body = small[small.index(b"IDAT") + 4 : -16]
    made = [head]
    for number in range(frames):
        control = (2 * number, patch, patch, 0, 0, 1, 10, 2, 1)
        made.append(chunk(b"fcTL", struct.pack(">IIIIIHHBB", *control)))
        made.append(chunk(b"fdAT", struct.pack(">I", 2 * number + 1) + body))
    return b"".join([*made[:1], data[at:-12], *made[1:], data[-12:]])


# JPEG


def scans(count):
    """A picture of many scans, each of which goes over all of it and says nothing."""
    size = side("progressive JPEG", 24)
    data = encoded(Image.new("RGB", (size, size), (9, 99, 200)), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * count + data[-2:]


def progressive():
    size = side("progressive JPEG", 24)
    image = Image.fromarray(noise(size, size))
    return encoded(image, "JPEG", quality=56, subsampling=0, progressive=True)


def junk_in_jpeg():
    data = encoded(Image.new("RGB", (9, 9)), "JPEG")
    return data[:20] + b"\0" * (60 * MB) + data[20:]


# WebP


def animated_webp(frames, size, patch):
    image = Image.fromarray(noise(patch, patch, 4, 1))
    still = encoded(image, "WEBP", lossless=True, method=0, quality=0, exact=True)
    body = still[still.index(b"VP8L") :]

    def three(number):
        return struct.pack("<I", number)[:3]

    frame = riff(b"ANMF", bytes(6) + three(patch - 1) * 2 + three(40) + b"\0" + body)
    head = riff(b"VP8X", b"\x12\0\0\0" + three(size - 1) * 2) + riff(b"ANIM", bytes(6))
    return riff(b"RIFF", b"WEBP" + head + frame * frames)


# GIF


def gif(frames, size, patch, colours=256):
    """Frames that are each undone before the next, so that all are needed for the last."""
    frame = encoded(Image.fromarray(noise(patch, patch, 1, 5)), "GIF")
    at = frame.index(b",", 13 + 3 * 2 ** ((frame[10] & 7) + 1))
    head = frame[:6] + struct.pack("<HH", size, size) + frame[10:at]
    control = b"!\xf9\x04\x0d\x01\0\xff\0"
    return head + (control + frame[at:-1]) * frames + b";"


# TIFF, ICO, BMP, PPM


def long_list():
    """A page whose strips are twice as many as its file is long."""
    many = tags(100, 100)
    data = bytearray(tiff(many, bytes(60 * MB)))
    at = data.index(struct.pack("<HHI", 273, 3, 1))
    struct.pack_into("<HHII", data, at, 273, 4, 15 * MB, 8)
    return bytes(data)


def huge_tiles():
    entries = tags(8, 8, compression=8, more={322: 65520, 323: 65520, 324: 8, 325: 64})
    return tiff(entries, b"x" * 64)


def tiff_of(mode_bits, channels=3, bits=2, kind="TIFF", **options):
    size = side(kind, mode_bits)
    size = min(size, side("TIFF", mode_bits))
    return encoded(Image.fromarray(noise(size, size, channels, bits)), "TIFF", **options)


def float_tiff():
    size = side("TIFF", 32)
    numbers = (noise(size, size, 1, 3) / np.float32(7)).astype(np.float32)
    return encoded(Image.fromarray(numbers), "TIFF", compression="tiff_adobe_deflate")


def deep_tiff(size):
    """Colours of 16 bits, which Pillow does not write, in one strip."""
    body = zlib.compress(noise(size, size * 6, 1, 2).tobytes(), 1)
    return checked(tiff(tags(size, size, (16, 16, 16), 2, 8, {279: len(body)}), body))


def jpeg_tiff(compression, count):
    size, data = side("progressive JPEG", 24), scans(count)
    told = {513: 8, 514: len(data)} if compression == 6 else {}
    entries = tags(size, size, (8, 8, 8), 6, compression, {279: len(data), **told})
    return tiff(entries, data)


def ico(content):
    return checked(handmade.ico((content, 0, 0, 32)))


def rle_bmp():
    runs = (bytes([1, 7, 1, 9]) * 500 + b"\0\0") * (LIMITS["BMP packed in runs"].file // 2010)
    head = struct.pack(
        "<IIIHHIIIIII", 40, 1000, len(runs) // 2002, 1, 8, 1, len(runs), 0, 0, 256, 0
    )
    palette = bytes(range(256)) * 4
    return b"BM" + struct.pack("<III", 0, 0, 54 + 1024) + head + palette + runs + b"\0\1"


def written_ppm():
    count = (LIMITS["PPM of written numbers"].file - 100) // 6
    return b"P3 %d 1000 255\n" % (count // 1000) + b"1 9 7 " * count


@cache
def worst_pictures():
    """Every case by name: what makes it, and the frame to be read."""
    lossless = {"lossless": True, "method": 0, "quality": 0}
    deflate, lzw = {"compression": "tiff_adobe_deflate"}, {"compression": "tiff_lzw"}
    return {
        "PNG, RGB": (lambda: square_png("PNG", 8, 2, 2), 0),
        "PNG, RGBA": (lambda: square_png("PNG", 8, 6, 2), 0),
        "PNG, gray": (lambda: square_png("PNG", 8, 0, 8), 0),
        "PNG, palette": (lambda: square_png("PNG", 8, 3, 8), 0),
        "PNG, gray of 16 bits": (lambda: square_png("PNG of 16 bits", 16, 0, 4), 0),
        "PNG, RGB of 16 bits": (lambda: png(2880, 2880, 16, 2, 4), 0),
        "PNG, RGBA of 16 bits": (lambda: png(2500, 2500, 16, 6, 4), 0),
        "PNG, RGB of 16 bits, large": (lambda: square_png("PNG of 16 bits", 16, 2, 4), 0),
        "PNG, RGBA, interlaced": (lambda: square_png("interlaced PNG", 8, 6, 4, 1), 0),
        "PNG, 1 bit, interlaced": (lambda: square_png("interlaced PNG", 1, 0, 8, 1), 0),
        "PNG, five million chunks": (tiny_chunks, 0),
        "PNG, five million pieces": (many_pieces, 0),
        "APNG, whole frames": (lambda: animated_png(7, side("animated PNG"), 2900), 6),
        "APNG, 10 000 frames": (lambda: animated_png(10_000, side("animated PNG"), 9), 9_999),
        "JPEG, baseline": (lambda: picture("JPEG", quality=8), 0),
        "JPEG, baseline, 64 MB": (
            lambda: encoded(Image.fromarray(noise(6500, 6500)), "JPEG", quality=75), 0),
        "JPEG, CMYK": (
            lambda: encoded(Image.fromarray(noise(7000, 7000)).convert("CMYK"), "JPEG",
                            quality=30), 0),
        "JPEG, progressive, 4:4:4": (progressive, 0),
        "JPEG, 10 000 scans": (lambda: scans(10_000), 0),
        "JPEG, 20 scans": (lambda: scans(20), 0),
        "JPEG, 60 MB of junk": (junk_in_jpeg, 0),
        "WebP, lossless": (lambda: picture("WEBP", 3, 4, "WebP", **lossless), 0),
        "WebP, lossless, RGBA": (lambda: picture("WEBP", 4, 3, "WebP", exact=True, **lossless), 0),
        "WebP, lossy": (lambda: picture("WEBP", 3, 8, "WebP", lossless=False, quality=60), 0),
        "WebP, whole frames": (lambda: animated_webp(3, side("WebP"), side("WebP")), 2),
        "WebP, 100 000 frames": (lambda: animated_webp(100_000, side("WebP"), 3), 99_999),
        "GIF": (lambda: gif(1, side("GIF"), side("GIF")), 0),
        "GIF, whole frames": (lambda: gif(8, side("animated GIF"), side("animated GIF")), 7),
        "GIF, 10 000 small frames": (
            lambda: gif(MAX_FRAMES, side("animated GIF"), 9), MAX_FRAMES - 1),
        "GIF, 60 MB of nothing": (lambda: gif(1, 9, 9)[:-1] + b"!\1\0" * (20 * MB), 0),
        "TIFF, LZW": (lambda: tiff_of(24, **lzw), 0),
        "TIFF, deflate": (lambda: tiff_of(24, **deflate), 0),
        "TIFF, deflate, RGBA": (lambda: tiff_of(32, 4, **deflate), 0),
        "TIFF, deflate, one strip": (lambda: tiff_of(32, 4, strip_size=2**31 - 1, **deflate), 0),
        "TIFF, JPEG": (
            lambda: tiff_of(24, 3, 8, "TIFF packed by JPEG", compression="jpeg", quality=50), 0),
        "TIFF, fax (G4)": (
            lambda: encoded(Image.fromarray(noise(7000, 7000, 1, 1) > 0), "TIFF",
                            compression="group4"), 0),
        "TIFF, floats": (float_tiff, 0),
        "TIFF, RGB of 16 bits": (lambda: deep_tiff(2880), 0),
        "TIFF, RGB of 16 bits, large": (lambda: deep_tiff(side("TIFF", 48)), 0),
        "TIFF, LZMA": (lambda: tiff_of(24, kind="TIFF packed by LZMA", compression="lzma"), 0),
        "TIFF, JPEG of 10 000 scans": (lambda: jpeg_tiff(7, 10_000), 0),
        "TIFF, old JPEG of 10 000 scans": (lambda: jpeg_tiff(6, 10_000), 0),
        "TIFF, progressive JPEG": (lambda: jpeg_tiff(7, 0), 0),
        "TIFF, LAB": (
            lambda: encoded(Image.frombytes("LAB", (4400, 4400), noise(4400, 4400).tobytes()),
                            "TIFF"), 0),
        "TIFF, 10 000 pages": (
            lambda: tiff(tags(9, 9), bytes(100), pages=10_000), 9_999),
        "TIFF, a list of 15 million": (long_list, 0),
        "TIFF, huge tiles": (huge_tiles, 0),
        "ICO, large": (lambda: ico(square_png("ICO", 8, 6, 4)), 0),
        "ICO, 170 megapixels": (lambda: ico(png(13_000, 13_000, 1, 0)), 0),
        "BMP, 1 bit": (lambda: encoded(Image.fromarray(noise(7000, 7000, 1) > 99), "BMP"), 0),
        "BMP, RGB": (lambda: encoded(Image.fromarray(noise(4700, 4700)), "BMP"), 0),
        "BMP, runs": (rle_bmp, 0),
        "PPM, written": (written_ppm, 0),
        "PPM, RGB": (lambda: encoded(Image.fromarray(noise(4700, 4700)), "PPM"), 0),
        "PPM, RGB of 16 bits": (
            lambda: b"P6 3300 3300 65535 " + noise(3300, 3300 * 3 * 2, 1).tobytes(), 0),
        "PGM, other maximum": (
            lambda: b"P5 7000 7000 200 " + (noise(7000, 7000, 1, 7) >> 1).tobytes(), 0),
    }  # fmt: skip
