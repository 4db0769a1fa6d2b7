"""A filter on a folder of pictures: the results are the bench's maps, and originals stay."""

import os
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PIL import Image as Pillow

from cnnstudio.lab import batch as batching
from cnnstudio.lab.batch import (
    Batch,
    apart_by_default,
    look_into,
    new_folder,
    run_batch,
    shown_by_default,
)
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import library
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel

EDGE, BLUR = library()["edge_2"].kernel, library()["box_blur"].kernel


def lot(shape, seed=1):
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


GRAY, COLOUR, TINY = lot((20, 30)), lot((17, 23, 3)), lot((2, 2))


@pytest.fixture
def folder(tmp_path):
    """Two gray pictures, one in colour, one in a format of its own, and what is no picture."""
    source = tmp_path / "pictures"
    (source / "inside").mkdir(parents=True)
    Pillow.fromarray(GRAY).save(source / "gray.png")
    Pillow.fromarray(COLOUR).save(source / "Colour.PPM")
    Pillow.fromarray(GRAY).save(source / "inside" / "deeper.png")
    (source / "notes.txt").write_text("no picture")
    return source


def bench(kernel=EDGE, channels=1, **changes):
    image = Image(lot((channels, 9, 9)))
    kernel = kernel if kernel.channels > 1 else kernel.repeated(channels)
    return ConvolutionBench(image, kernel, **changes)


def run(source, made=None, target=None, **options):
    target = target or source.parent / "results"
    tell = options.pop("tell", lambda *_: None)
    cancelled = options.pop("cancelled", lambda: False)
    todo = Batch(made or bench(), source, target, **options)
    return run_batch(todo, look_into(source).pictures, tell, cancelled)


def read(path):
    return np.asarray(Pillow.open(path))


def gray_map(made, pixels):
    """The bench's map of another gray picture."""
    return replace(made, source=Image(pixels[None])).feature_map()


def rounded(values):
    return np.clip(np.floor(values + 0.5), 0, 255).astype(np.uint8)


def state(folder):
    return {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()}


def test_pictures_are_told_from_other_files_and_folders_are_left_out(folder):
    found = look_into(folder)
    assert [path.name for path in found.pictures] == ["Colour.PPM", "gray.png"]
    assert found.others == 1


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("clip", rounded),
        ("absolute", lambda x: rounded(np.abs(x))),
        ("plus_128", lambda x: rounded(x + 128)),
        ("stretch", lambda x: rounded((x - x.min()) * (255 / (x.max() - x.min())))),
    ],
)
def test_a_written_picture_is_the_map_of_the_bench(folder, shown, expected):
    made = bench(stride=(2, 1), padding=(1, 2, 0, 3), padding_mode="reflect", dilation=(1, 2))
    outcome = run(folder, made, shown=shown)
    found = read(folder.parent / "results" / "gray_edge_2.png")
    assert found.dtype == np.uint8
    np.testing.assert_array_equal(found, expected(gray_map(made, GRAY)))
    assert outcome.done == 2
    assert [path.name for path in outcome.written] == ["Colour_edge_2.png", "gray_edge_2.png"]


def test_a_true_convolution_is_one_here_too(folder):
    made = bench(library()["emboss"].kernel, flipped=True)
    run(folder, made)
    found = read(folder.parent / "results" / "gray_emboss.png")
    turned = replace(made, flipped=False, kernel=Kernel.of([row[::-1] for row in rows(made)[::-1]]))
    np.testing.assert_array_equal(found, rounded(gray_map(turned, GRAY)))
    assert not np.array_equal(found, rounded(gray_map(replace(made, flipped=False), GRAY)))


def rows(made):
    return [list(row) for row in made.kernel.cells[0]]


def channels(made):
    """What a gray filter makes of each channel of the colour picture."""
    return np.stack([gray_map(made, COLOUR[..., c]) for c in range(3)], axis=-1)


def test_each_channel_of_a_colour_picture_is_filtered_by_itself(folder):
    run(folder, bench(BLUR), shown="clip")
    found = read(folder.parent / "results" / "Colour_box_blur.png")
    np.testing.assert_array_equal(found, rounded(channels(bench(BLUR))))


def test_a_filter_on_colours_keeps_its_strength_on_gray_pictures_and_apart(folder):
    run(folder, bench(BLUR, 3))
    results = folder.parent / "results"
    np.testing.assert_array_equal(
        read(results / "gray_box_blur.png"), rounded(gray_map(bench(BLUR), GRAY))
    )
    np.testing.assert_array_equal(
        read(results / "Colour_box_blur.png"), rounded(channels(bench(BLUR)))
    )


def test_channels_can_be_added_up_to_one_gray_map(folder):
    run(folder, bench(BLUR), apart=False)
    found = read(folder.parent / "results" / "Colour_box_blur.png")
    np.testing.assert_array_equal(found, rounded(channels(bench(BLUR)).mean(axis=-1)))


def test_slices_that_differ_each_meet_their_own_channel(folder):
    kernel = Kernel(tuple(((Fraction(weight),),) for weight in (1, 0, 2)))
    run(folder, bench(kernel, 3, each_channel=True))
    found = read(folder.parent / "results" / "Colour_kernel_1x1.png")
    np.testing.assert_array_equal(found, rounded(COLOUR * np.array([1.0, 0, 2])))


def test_a_bench_that_works_in_gray_makes_gray_pictures(folder):
    made = replace(bench(EDGE, 1), source=Image(lot((3, 9, 9))), gray=True)
    run(folder, made)
    assert read(folder.parent / "results" / "Colour_edge_2.png").shape == (15, 21)


def test_pictures_keep_their_full_size_and_their_blacks(folder):
    run(folder, bench(library()["identity"].kernel, fit=4, square=True, invert=True))
    found = read(folder.parent / "results" / "gray_identity.png")
    np.testing.assert_array_equal(found, GRAY[1:-1, 1:-1])


def test_the_activation_follows_if_it_is_wanted(folder):
    run(folder, bench(activation="relu"), shown="plus_128", activated=True)
    found = read(folder.parent / "results" / "gray_edge_2.png")
    np.testing.assert_array_equal(found, rounded(np.maximum(gray_map(bench(), GRAY), 0) + 128))


def test_the_numbers_are_written_exactly_if_they_are_wanted(folder):
    outcome = run(folder, bench(BLUR), exact=True)
    results = folder.parent / "results"
    found = np.load(results / "gray_box_blur.npy")
    np.testing.assert_array_equal(found, gray_map(bench(BLUR), GRAY))
    colours = np.load(results / "Colour_box_blur.npy")
    np.testing.assert_array_equal(np.moveaxis(colours, 0, -1), channels(bench(BLUR)))
    assert len(outcome.written) == 4


def test_a_large_picture_is_made_in_bands_that_leave_no_seam(folder, monkeypatch):
    whole = run(folder, shown="stretch", exact=True).written
    monkeypatch.setattr("cnnstudio.lab.batch_maps._BAND", 50)
    bands = run(folder, target=folder.parent / "bands", shown="stretch", exact=True).written
    assert [p.read_bytes() for p in whole] == [p.read_bytes() for p in bands]


def test_originals_are_as_they_were(folder):
    before = state(folder)
    run(folder)
    assert state(folder) == before


def test_nothing_is_written_over(folder):
    Pillow.fromarray(GRAY).save(folder / "gray.bmp")
    for _ in range(2):
        run(folder)
    results = folder.parent / "results"
    names = {path.name for path in results.iterdir()}
    numbered = {f"gray_edge_2{n}.png" for n in ("", "_2", "_3", "_4")}
    assert names == numbered | {"Colour_edge_2.png", "Colour_edge_2_2.png"}


def test_numbers_and_picture_have_one_name(folder):
    results = folder.parent / "results"
    results.mkdir()
    (results / "gray_edge_2.npy").write_text("mine")
    run(folder, exact=True)
    assert (results / "gray_edge_2.npy").read_text() == "mine"
    assert {"gray_edge_2_2.npy", "gray_edge_2_2.png"} <= {path.name for path in results.iterdir()}


def test_a_link_that_leads_nowhere_is_not_followed(folder, tmp_path):
    results = tmp_path / "results"
    results.mkdir()
    (results / "gray_edge_2.png").symlink_to(tmp_path / "elsewhere.png")
    run(folder)
    assert not (tmp_path / "elsewhere.png").exists()


@pytest.mark.parametrize("way", ["plain", "dots", "link"])
def test_the_folder_of_the_pictures_is_refused_as_a_target(folder, tmp_path, way):
    target = {"plain": folder, "dots": folder / "inside" / ".."}.get(way, tmp_path / "link")
    if way == "link":
        target.symlink_to(folder)
    before = state(folder)
    with pytest.raises(ValueError, match="another folder than the pictures"):
        run(folder, target=target)
    assert state(folder) == before


def test_what_cannot_be_filtered_is_named_and_the_rest_goes_on(folder):
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and nothing more")
    (folder / "empty.jpg").write_bytes(b"")
    Pillow.fromarray(TINY).save(folder / "tiny.png")
    outcome = run(folder)
    assert outcome.done == 2
    assert [sentence.split(" ")[0].rstrip(":") for sentence in outcome.failures] == [
        "broken.png",
        "empty.jpg",
        "tiny.png",
    ]
    assert "3×3" in outcome.failures[2]


def test_a_picture_without_room_for_its_padding_is_named(folder):
    Pillow.fromarray(TINY).save(folder / "tiny.png")
    outcome = run(folder, bench(padding=(4, 4, 4, 4), padding_mode="reflect"))
    assert outcome.done == 2
    assert len(outcome.failures) == 1


def test_what_was_done_to_a_picture_while_reading_is_said(folder):
    Pillow.fromarray(lot((9, 9)).astype(np.uint16) * 200).save(folder / "deep.png")
    assert run(folder).notes == ["deep.png: 16 bits scaled to 8"]


def test_it_tells_which_picture_is_next(folder):
    told = []
    run(folder, tell=lambda *said: told.append(said))
    assert told == [(0, 2, "Colour.PPM"), (1, 2, "gray.png"), (2, 2, "")]


def test_what_was_written_before_a_cancel_stays_and_is_reported(folder):
    told = []
    outcome = run(folder, tell=lambda *said: told.append(said), cancelled=lambda: len(told) > 1)
    assert outcome.stopped
    assert [path.name for path in outcome.written] == ["Colour_edge_2.png"]
    assert os.listdir(folder.parent / "results") == ["Colour_edge_2.png"]


def test_a_cancel_at_any_moment_leaves_no_half_of_a_result(tmp_path):
    source, asked = tmp_path / "pictures", []
    source.mkdir()
    Pillow.fromarray(lot((400, 500))).save(source / "noise.png")
    run(source, bench(BLUR), tmp_path / "whole", exact=True, cancelled=lambda: asked.append(1))
    assert len(asked) > 8
    for looks in range(len(asked)):
        left = iter([False] * looks)
        outcome = run(source, bench(BLUR), exact=True, cancelled=lambda left=left: next(left, True))
        assert outcome.stopped
        assert outcome.written == []
        assert not (tmp_path / "results").exists()


def test_a_target_that_cannot_be_made_is_said_in_a_sentence(folder, tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ValueError, match=r"^results cannot be written to: not a directory$"):
        run(folder, target=tmp_path / "file" / "results")


def test_a_disk_that_takes_no_more_ends_it_in_one_sentence(folder, monkeypatch):
    def write_file(path, _write):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(batching, "write_file", write_file)
    outcome = run(folder)
    assert outcome.reason == "results cannot be written to: permission denied"
    assert outcome.failures == []
    assert not (folder.parent / "results").exists()


def test_a_long_name_is_cut_and_still_gets_its_result(folder):
    (folder / "gray.png").rename(folder / ("ä" * 120 + ".png"))
    assert run(folder).done == 2


def test_the_folder_for_the_results_is_new_and_named_after_the_filter(folder):
    assert new_folder(folder, bench()) == folder / "edge_2"
    (folder / "edge_2").mkdir()
    assert new_folder(folder, bench()) == folder / "edge_2_2"


@pytest.mark.parametrize(
    ("key", "shown"), [("edge_2", "plus_128"), ("box_blur", "clip"), ("curve_detector", "clip")]
)
def test_numbers_are_shown_as_they_suit_the_filter(key, shown):
    for count in (1, 3):
        assert shown_by_default(bench(library()[key].kernel, count)) == shown


def test_colours_are_kept_unless_the_slices_differ_and_are_added_up():
    different = Kernel(tuple(((Fraction(weight),),) for weight in (1, 0, 2)))
    assert apart_by_default(bench(EDGE))
    assert apart_by_default(bench(EDGE, 3))
    assert not apart_by_default(bench(different, 3))
    assert apart_by_default(bench(different, 3, each_channel=True))
