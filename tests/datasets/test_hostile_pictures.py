"""No file crashes the app, hangs it, or fills the memory."""

import itertools
import re
import struct
import subprocess
import sys
import time
import tracemalloc
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from cnnstudio.datasets.decoding import Refusal, TooSlow, Watch, Watched
from cnnstudio.datasets.gif_file import read_gif
from cnnstudio.datasets.limits import LIMITS, MAX_BYTES, MB, check_bytes, check_size
from cnnstudio.datasets.picture_file import MAX_KEPT, UnusablePicture, read_picture
from tests.datasets import worst_pictures
from tests.datasets.handmade import (
    animated_png,
    bitmap,
    chunk,
    colours,
    encoded,
    gif,
    ico,
    png,
    tags,
    tiff,
)

ROOT = Path(__file__).parents[2]
PATIENCE = 2  # s of processor time; other programs do not count

# Files that were good before they were damaged


@cache
def good_files():
    """One small file of every kind."""
    rng = np.random.default_rng(3)
    colour = Image.fromarray(colours(rng, 16, 16))
    clear = Image.fromarray(colours(rng, 16, 16, 4))
    gray = colour.convert("L")
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    more = {"save_all": True, "append_images": [colour.rotate(90), colour.rotate(180)]}
    files = {kind: encoded(colour, kind) for kind in ("PNG", "JPEG", "BMP", "GIF", "WEBP", "ICO")}
    files |= {f"{kind}, alpha": encoded(clear, kind, exif=exif) for kind in ("PNG", "WEBP", "TIFF")}
    files |= {f"{kind}, frames": encoded(colour, kind, **more) for kind in ("PNG", "GIF", "WEBP")}
    files |= {
        f"TIFF, {how}": encoded(colour, "TIFF", compression=how, **more)
        for how in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg")
    }
    numbers = Image.fromarray(np.linspace(-1, 1, 256, dtype=np.float32).reshape(16, 16))
    deep = Image.fromarray(np.arange(256, dtype=np.uint16).reshape(16, 16) * 257)
    files |= {
        "JPEG, progressive": encoded(colour, "JPEG", progressive=True, exif=exif),
        "JPEG, CMYK": encoded(colour.convert("CMYK"), "JPEG"),
        "BMP, palette": encoded(colour.convert("P"), "BMP"),
        "BMP, runs": run_length_bmp(),
        "PNG, 16 bits": png([[[1, 2, 3], [65535, 5, 7]]], 16, 2, chunk(b"tRNS", bytes(6))),
        "PNG, 1 bit": png([[0, 1, 1]], 1, 0, chunk(b"tRNS", b"\0\1")),
        "PNG, animated": animated_png(
            (3, 3), ([[(9, 9, 9, 99)] * 3] * 3, 0, 0, 1, 0), ([[(1, 2, 3, 4)]], 1, 1, 2, 1)
        ),
        "GIF, animated": gif(
            (3, 3), range(256), ([[1, 2, 3]] * 3, 0, 0, 2, 2), ([[5]], 1, 1, 3, None)
        ),
        "ICO, bitmap": ico((bitmap([[[1, 2, 3, 9]] * 4] * 4, [[0, 1, 0, 1]] * 4), 4, 4, 32)),
        "TIFF, G4": encoded(gray.convert("1"), "TIFF", compression="group4"),
        "TIFF, palette": encoded(colour.convert("P"), "TIFF"),
        "TIFF, floats": encoded(numbers, "TIFF", compression="tiff_lzw"),
        "TIFF, 16 bits": encoded(deep, "TIFF"),
        "TIFF, colours of 16 bits": tiff(tags(2, 1, (16,) * 3, 2), bytes(range(12))),
        "TIFF, big-endian": tiff(tags(2, 2, 16), bytes(range(8)), pages=2, order=">"),
        "TIFF, tiles": tiff(
            tags(20, 20, more={322: 16, 323: 16, 324: (8,) * 4, 325: (256,) * 4}), bytes(256)
        ),
        "BigTIFF": encoded(colour, "TIFF", big_tiff=True),
        "PPM": encoded(colour, "PPM"),
        "PGM": b"P5 3 2 1000\n" + bytes(12),
        "PGM, written": b"P2 # of six\n3 2 100\n1 2 3 4 5 100",
        "PBM": b"P4 9 2\n" + bytes(4),
        "PBM, written": b"P1 3 2 1 0 1 0 1 0",
    }
    return files


def run_length_bmp():
    runs = bytes([3, 1, 2, 9, 0, 0, 0, 3, 4, 5, 6, 0, 0, 2, 1, 0, 1, 7, 0, 1])
    head = struct.pack("<IIIHHIIIIII", 40, 5, 2, 1, 8, 1, len(runs), 0, 0, 256, 0)
    head = b"BM" + struct.pack("<III", 0, 0, 54 + 1024) + head
    return head + bytes(range(256)) * 4 + runs


def read(content, **options):
    """Read what may be damaged: it becomes a picture or a sentence, and nothing else."""
    began = time.process_time()
    try:
        picture = read_picture(content, "damaged", **options)
    except UnusablePicture as refusal:
        assert time.process_time() - began < PATIENCE
        sentence = str(refusal)
        assert sentence.startswith("damaged ")
        assert sentence.isprintable()
        assert len(sentence) < 200
        return refusal
    assert time.process_time() - began < PATIENCE
    assert picture.pixels.ndim == 3
    assert picture.pixels.shape[0] in (1, 3)
    assert picture.pixels.dtype == np.uint8
    assert 0 < picture.pixels.size <= 3 * MAX_KEPT
    assert picture.note.isprintable()
    assert 0 <= picture.frame < picture.frames
    return picture


@st.composite
def damaged_files(draw):
    """A good file with some bytes changed, left out, doubled or cut off."""
    content = bytearray(good_files()[draw(st.sampled_from(sorted(good_files())))])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        length = draw(st.integers(1, 30))
        how = draw(st.sampled_from(["byte", "byte", "number", "gap", "fill", "double", "cut"]))
        if how == "byte":
            content[at : at + 1] = bytes([draw(st.integers(0, 255))])
        elif how == "number":
            number = draw(st.sampled_from([0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 65536]))
            content[at : at + 4] = number.to_bytes(4, draw(st.sampled_from(["little", "big"])))
        elif how == "gap":
            del content[at : at + length]
        elif how == "fill":
            content[at : at + length] = bytes(length)
        elif how == "double":
            content[at:at] = content[at : at + length]
        else:
            del content[at:]
    return bytes(content)


@pytest.mark.parametrize("kind", sorted(good_files()))
def test_the_good_files_are_good(kind):
    assert not isinstance(read(good_files()[kind]), UnusablePicture)


@settings(max_examples=1000)
@given(damaged_files(), st.integers(0, 2), st.sampled_from([MAX_KEPT, 10]))
def test_a_damaged_file_is_a_picture_or_a_sentence(content, frame, most):
    outcome = read(content, frame=frame, most=most)
    if isinstance(outcome, UnusablePicture):
        again = read(content, frame=frame, most=most, partial=True)
        assert outcome.partly is not isinstance(again, UnusablePicture)


@pytest.mark.parametrize("kind", sorted(good_files()))
def test_every_number_at_the_beginning_may_be_wrong(kind):
    good = good_files()[kind]
    for at, number in itertools.product(range(min(40, len(good))), (0, 255, 0xFFFF, 0xFFFFFFFF)):
        for order in ("little", "big"):
            wrong = number.to_bytes(4, order)
            outcome = read(good[:at] + wrong[: 1 if number < 256 else 4] + good[at + 4 :])
            assert isinstance(outcome, UnusablePicture) or outcome.pixels.dtype == np.uint8


# Files that are small, or not, and ask for a lot


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: worst_pictures.scans(100), "is a JPEG picture of 110 scans, which would take"),
        (worst_pictures.huge_tiles, "65 520 × 65 520 = 4 292.9 megapixels; TIFF is opened up to"),
        (worst_pictures.long_list, "is a TIFF picture cut into more than a million pieces"),
        (
            lambda: tiff(tags(2, 2, (8, 8, 8), 6)),
            "is a TIFF picture of fewer colours than pixels, which cannot be read",
        ),
        (
            lambda: tiff(tags(2, 2, 8, 1, 50001), bytes(64)),
            "is a TIFF picture packed by webp, which is not known",
        ),
        (
            lambda: b"MM\0\x2b\0\x08\0\0" + bytes(64),
            "is a big-endian BigTIFF picture, which cannot be read",
        ),
        (
            lambda: png([[1]], 8, 0)[:-12] + chunk(b"IDAT") * 200_001,
            "is cut into more than 200 000 pieces",
        ),
    ],
)
def test_what_would_take_too_long_is_refused(make, sentence):
    with pytest.raises(UnusablePicture) as caught:
        read_picture(make())
    assert sentence in str(caught.value)


@pytest.mark.parametrize("kind", LIMITS)
def test_of_each_kind_there_is_a_most(kind):
    most = LIMITS[kind]
    pixels = min(most.pixels, most.decoded)
    check_size(kind, 5000, pixels // 5000)
    check_bytes(most.file, kind)
    with pytest.raises(Refusal, match=f"{kind} is opened up to {pixels // 10**6}$"):
        check_size(kind, 5001, pixels // 5000 + 1)
    if most.file < MAX_BYTES:
        with pytest.raises(Refusal, match=f"{kind} is opened up to {most.file // MB}$"):
            check_bytes(most.file + 1, kind)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF"])
def test_a_head_without_an_end_is_not_waited_for(kind, monkeypatch):
    slow = map((0.01).__mul__, itertools.count())
    data = {
        "PNG": lambda: png([[1]], 8, 0, chunk(b"prVt") * 200_000),
        "JPEG": lambda: b"\xff\xd8\xff\xe0\0\2" + bytes(5000),
        "GIF": lambda: gif((1, 1), [], ([[1]], 0, 0, 0, None))[:-1] + b"!\1\0" * 5000,
        "TIFF": lambda: tiff(tags(1, 1), b"x", pages=5000),
    }[kind]()
    monkeypatch.setattr("cnnstudio.datasets.decoding.time.monotonic", slow.__next__)
    with pytest.raises(UnusablePicture, match=f"is a {kind} picture that takes too long to read"):
        read_picture(data)


def test_a_watch_stops_what_takes_too_long(monkeypatch):
    watch = Watch(lambda: False)
    watch.look()
    now = [0.0]
    monkeypatch.setattr("cnnstudio.datasets.decoding.time.monotonic", lambda: now[0])
    watch.hurry()
    now[0] = 1.0
    watch.look()
    now[0] = 2.0
    with pytest.raises(TooSlow):
        Watched(b"abc", watch).read()
    watch.rest()
    assert Watched(b"abc", watch).read() == b"abc"


def test_ten_thousand_frames_are_listed_in_little_memory():
    data = worst_pictures.gif(10_000, 100, 5)
    tracemalloc.start()
    read_gif(Watched(data, Watch(lambda: False)), 0, 0)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30 * MB


# As large as may be. Processor time and memory are measured by tests/benchmarks/pictures.py.

CHILD = """
import resource, sys
from pathlib import Path
from cnnstudio.datasets.picture_file import read_picture
picture = read_picture(Path(sys.argv[1]), frame=int(sys.argv[2]))
status = Path("/proc/self/status")  # ru_maxrss has the memory of the parent in it
peak = [line for line in status.read_text().splitlines() if "VmHWM" in line][0].split()[1]
print(picture.pixels.shape, int(peak) / 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux to tell memory")
@pytest.mark.parametrize(
    "name",
    ["JPEG, 200 megapixels", "WebP, lossless", "TIFF, deflate, one strip", "PNG, 1 bit", "GIF"],
)
def test_the_largest_pictures_take_less_than_600_megabytes(name, tmp_path):
    size = {kind: worst_pictures.side(kind, 8) for kind in ("JPEG", "PNG", "GIF", "WebP")}
    flat = {
        "JPEG, 200 megapixels": lambda: encoded(Image.new("RGB", (size["JPEG"],) * 2), "JPEG"),
        "PNG, 1 bit": lambda: encoded(Image.new("1", (size["PNG"],) * 2), "PNG"),
        "GIF": lambda: encoded(Image.new("P", (size["GIF"],) * 2), "GIF"),
        "WebP, lossless": lambda: encoded(
            Image.new("RGB", (size["WebP"],) * 2, (1, 2, 3)), "WEBP", method=0, quality=0
        ),
        "TIFF, deflate, one strip": lambda: encoded(
            Image.new("RGBA", (worst_pictures.side("TIFF", 32),) * 2),
            "TIFF",
            compression="tiff_adobe_deflate",
            strip_size=2**31 - 1,
        ),
    }
    path = tmp_path / "large"
    path.write_bytes(flat[name]())
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), "0"],
        cwd=ROOT, capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    shape, peak = re.match(r"\((.*)\) ([\d.]+)", done.stdout).groups()
    assert np.prod([int(each) for each in shape.split(", ")]) <= 3 * MAX_KEPT
    assert float(peak) < 600
