"""A program that is killed while it saves leaves a whole file: the old one, or the new."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import cnnstudio
from cnnstudio.lab.session_zip import read_session, write_session

# Children, one after the other, save sessions that hold a number; each says the number before,
# and is killed at a moment drawn by lot. Written: the number said last, and the one found then.
KILLS = """
import json, os, random, sys, time
from pathlib import Path
import numpy as np
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.session import Session
from cnnstudio.lab.session_folder import read_folder, write_folder
from cnnstudio.lab.session_zip import read_session, write_session

where, lots = Path(sys.argv[2]), random.Random(5)
write, read = {"file": (write_session, read_session), "folder": (write_folder, read_folder)}[
    sys.argv[1]
]
PIXELS = np.random.default_rng(0).integers(0, 256, (3, 300, 300), np.uint8)

def save_for_ever(number, pipe):
    while True:
        number += 1
        pixels = PIXELS.copy()
        pixels[0, 0, :2] = divmod(number, 256)
        bench = ConvolutionBench(Image(pixels), Kernel.of([[1]]).repeated(3))
        os.write(pipe, number.to_bytes(4, "little"))
        write(where, Session({"convolution": bench}))

def number_there():
    pixels = read(where).benches["convolution"].source.pixels
    assert (pixels[1:] == PIXELS[1:]).all()
    return int(pixels[0, 0, 0]) * 256 + int(pixels[0, 0, 1])

found, told = 0, []
for _ in range(15):
    listens, says = os.pipe()
    child = os.fork()
    if child == 0:
        save_for_ever(found, says)
    os.close(says)
    os.read(listens, 8)  # the first has begun
    begun = os.read(listens, 4)  # and is done
    time.sleep(lots.uniform(0, 0.03))
    os.kill(child, 9)
    os.waitpid(child, 0)
    while more := os.read(listens, 4):
        begun = more
    os.close(listens)
    found = number_there()
    told.append((int.from_bytes(begun, "little"), found))
print(json.dumps(told))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")
@pytest.mark.parametrize("where", ["file", "folder"])
def test_whenever_it_is_killed_the_latest_whole_session_is_there(tmp_path, where):
    path = tmp_path / "mine.cnnstudio"
    ended = subprocess.run(
        [sys.executable, "-c", KILLS, where, path],
        capture_output=True,
        timeout=60,
        cwd=Path(cnnstudio.__file__).parents[1],
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert len(told) == 15
    for begun, found in told:
        assert found in (begun - 1, begun)
    if where == "file":
        parts = list(tmp_path.glob(".*.part"))
        assert parts, "no kill came in the middle of a saving"
        for part in parts:
            os.utime(part, (0, 0))
        write_session(path, read_session(path))
        assert [each.name for each in tmp_path.iterdir()] == [path.name]
