"""Files other people's programs stumbled over, where they are at hand: a picture, or a sentence."""

import time
from pathlib import Path

import pytest

from cnnstudio.datasets.picture_file import MAX_KEPT, UnusablePicture, read_picture

FOLDER = Path(__file__).parents[3] / "shared" / "hostile-images"  # beside the repository
FILES = sorted(path for path in FOLDER.glob("*") if path.is_file())
PATIENCE = 2  # s of processor time; other programs do not count


def outcome(path, **how):
    """Read a file; say what is wrong with what came of it, if anything."""
    began = time.process_time()
    try:
        picture = read_picture(path, **how)
    except UnusablePicture as refusal:
        good = str(refusal).startswith(path.name) and str(refusal).isprintable()
    except Exception as error:
        return f"{path.name} raises {error!r}"
    else:
        good = picture.pixels.shape[0] in (1, 3) and 0 < picture.pixels.size <= 3 * MAX_KEPT
    took = time.process_time() - began
    if took >= PATIENCE:
        return f"{path.name} takes {took:.1f} s"
    return "" if good else f"{path.name} becomes neither a picture nor a sentence"


@pytest.mark.skipif(not FILES, reason="shared/hostile-images is not there")
@pytest.mark.parametrize("how", [{}, {"partial": True}, {"frame": 1}], ids=str)
def test_every_foreign_file_is_a_picture_or_a_sentence_within_two_seconds(how):
    assert [wrong for path in FILES if (wrong := outcome(path, **how))] == []
