"""Picture files made for tests: by Pillow, or byte by byte for what Pillow does not write."""

import io
import struct
import zlib

import numpy as np

from cnnstudio.datasets.picture_file import read_picture

LOSSLESS = {"WEBP": {"lossless": True, "exact": True}}
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # of a PNG picture, by its kind of colour


def encoded(image, kind, **options):
    """The bytes of a file."""
    file = io.BytesIO()
    image.save(file, kind, **{**LOSSLESS.get(kind, {}), **options})
    return file.getvalue()


def colours(rng, height=12, width=17, channels=3):
    """Colours by chance."""
    return rng.integers(0, 256, (height, width, channels), dtype=np.uint8)


def shown(data, **options):
    """The pixels of a file as nested lists (C, H, W)."""
    return read_picture(data, **options).pixels.tolist()


def shown_colours(data, **options):
    """The pixels as (H, W, 3), also if they are gray."""
    pixels = read_picture(data, **options).pixels
    return np.moveaxis(np.broadcast_to(pixels, (3, *pixels.shape[1:])), 0, -1)


# PNG


def chunk(name, data=b""):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_head(width, height, depth=8, colour=0, interlaced=0):
    return struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)


def png_of(head, rows, *before):
    """A PNG file of a header and rows, each with its filter byte."""
    parts = [chunk(b"IHDR", head), *before, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def png(numbers, depth, colour, *before):
    """A PNG file of numbers: (H, W) or (H, W, C), as they are to be in the file."""
    numbers = np.asarray(numbers)
    height, width = numbers.shape[:2]
    rows = []
    for row in numbers.reshape(height, -1):
        bits = "".join(f"{number:0{depth}b}" for number in row.tolist())
        bits += "0" * (-len(bits) % 8)
        rows.append(b"\0" + bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)))
    return png_of(png_head(width, height, depth, colour), b"".join(rows), *before)


def animated_png(size, *frames, still=None):
    """An animated PNG of RGBA frames: (pixels, left, top, what becomes of it, how it is laid)."""
    number, parts = 0, [chunk(b"acTL", struct.pack(">II", len(frames), 0))]
    if still is not None:
        parts.append(chunk(b"IDAT", zlib.compress(_filtered(still))))
    for pixels, left, top, after, over in frames:
        height, width = np.shape(pixels)[:2]
        control = (number, width, height, left, top, 1, 10, after, over)
        parts.append(chunk(b"fcTL", struct.pack(">IIIIIHHBB", *control)))
        body = zlib.compress(_filtered(pixels))
        if number == 0 and still is None:
            parts.append(chunk(b"IDAT", body))
            number += 1
        else:
            parts.append(chunk(b"fdAT", struct.pack(">I", number + 1) + body))
            number += 2
    head = chunk(b"IHDR", png_head(*size, 8, 6))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(parts) + chunk(b"IEND")


def _filtered(pixels):
    return b"".join(b"\0" + np.asarray(row, np.uint8).tobytes() for row in pixels)


# GIF


def gif(size, palette, *frames):
    """An animated GIF: (indices, left, top, what becomes of it, index that is clear or None)."""
    made = b"GIF89a" + struct.pack("<HH", *size) + bytes([0x87, 0, 0])
    made += bytes(palette).ljust(3 * 256, b"\0")
    for indices, left, top, after, clear in frames:
        height, width = np.shape(indices)
        flags = after << 2 | (clear is not None)
        made += b"!\xf9\x04" + bytes([flags, 0, 0, clear or 0, 0])
        made += b"," + struct.pack("<HHHHB", left, top, width, height, 0) + lzw(np.ravel(indices))
    return made + b";"


def lzw(indices):
    """Pack the pixels of a GIF: each forgets what came before, so that every code has 9 bits."""
    bits = 0
    codes = [256, *(code for index in indices.tolist() for code in (index, 256)), 257]
    for place, code in enumerate(codes):
        bits |= code << 9 * place
    data = bits.to_bytes(-(-9 * len(codes) // 8), "little")
    blocks = (data[at : at + 255] for at in range(0, len(data), 255))
    return b"\x08" + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"


# TIFF


def tiff(entries, data=b"", pages=1, order="<"):
    """A TIFF file; `entries` are numbers by tag, `data` begins at byte 8.

    A number is written in as many bytes as it needs; a list follows the directory.
    """
    made = struct.pack(order + "2sHI", b"II" if order == "<" else b"MM", 42, 8 + len(data)) + data
    for page in range(pages):
        lists = b""
        after = len(made) + 2 + 12 * len(entries) + 4
        made += struct.pack(order + "H", len(entries))
        for tag, value in sorted(entries.items()):
            if isinstance(value, tuple):
                packed = struct.pack(f"{order}{len(value)}H", *value)
                if len(packed) > 4:
                    lists += packed
                    packed = struct.pack(order + "I", after + len(lists) - len(packed))
                made += struct.pack(order + "HHI", tag, 3, len(value)) + packed.ljust(4, b"\0")
            elif value < 65536:
                made += struct.pack(order + "HHIHH", tag, 3, 1, value, 0)
            else:
                made += struct.pack(order + "HHII", tag, 4, 1, value)
        following = after + len(lists) if page + 1 < pages else 0
        made += struct.pack(order + "I", following) + lists
    return made


def tags(width, height, bits=8, photometric=1, compression=1, more=None):
    """The entries of a page whose pixels are one strip from byte 8 on."""
    count = width * height * (sum(bits) if isinstance(bits, tuple) else bits) // 8
    entries = {256: width, 257: height, 258: bits, 259: compression, 262: photometric, 273: 8}
    entries |= {277: len(bits) if isinstance(bits, tuple) else 1, 278: height, 279: count}
    return entries | (more or {})


# WebP, ICO


def riff(kind, body):
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def ico(*icons):
    """An ICO file of icons: (content, width, height, bits as the list says)."""
    head, bodies = struct.pack("<HHH", 0, 1, len(icons)), b""
    for content, width, height, bits in icons:
        at = 6 + 16 * len(icons) + len(bodies)
        head += struct.pack("<BBBBHHII", width, height, 0, 0, 1, bits, len(content), at)
        bodies += content
    return head + bodies


def bitmap(bgra, mask):
    """The icon of old: 32 bits a pixel, lowest row first, and a mask of what is not seen."""
    height, width = np.shape(bgra)[:2]
    head = struct.pack("<IiiHHIIiiII", 40, width, 2 * height, 1, 32, 0, 0, 0, 0, 0, 0)
    rows = np.asarray(bgra, np.uint8)[::-1].tobytes()
    bits = np.zeros((height, 32), np.uint8)
    bits[:, :width] = np.asarray(mask)[::-1]
    return head + rows + np.packbits(bits, axis=1).tobytes()
