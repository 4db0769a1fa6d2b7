"""The sample pictures: what is shipped is what the script draws, and it holds what it promises."""

import json
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from cnnstudio import resources
from cnnstudio.lab import draw_samples
from cnnstudio.lab.drawing.png import write_png

NAMES = list(draw_samples.DRAWINGS)
COLOURED = {"parrot": (32, 32), "market": (512, 512), "lake": (1500, 2000)}
SCENES = {"market": 1 / 4, "lake": 1 / 8}  # how small they are redrawn, to be quick
SMALL = [name for name in NAMES if name not in SCENES]

PATCH_1 = [
    [0, 0, 0, 0, 0, 0, 30],
    [0, 0, 0, 0, 50, 50, 50],
    [0, 0, 0, 20, 50, 0, 0],
    [0, 0, 0, 50, 50, 0, 0],
    [0, 0, 0, 50, 50, 0, 0],
    [0, 0, 0, 50, 50, 0, 0],
    [0, 0, 0, 50, 50, 0, 0],
]
PATCH_2 = [
    [0, 0, 0, 0, 0, 0, 0],
    [0, 40, 0, 0, 0, 0, 0],
    [40, 0, 40, 0, 0, 0, 0],
    [40, 20, 0, 0, 0, 0, 0],
    [0, 50, 0, 0, 0, 0, 0],
    [0, 0, 50, 0, 0, 0, 0],
    [25, 25, 0, 50, 0, 0, 0],
]
CURVE_DETECTOR = {(0, 5): 30, (1, 4): 30, (2, 3): 30, (3, 3): 30, (4, 3): 30, (5, 3): 30}


@cache
def shipped(name):
    with Image.open(resources.path(f"images/{name}.png")) as image:
        assert image.mode == ("RGB" if name in COLOURED else "L")
        pixels = np.asarray(image).astype(int)
    pixels.flags.writeable = False
    return pixels


def card(name):
    return json.loads(resources.text(f"images/{name}.json"))


def answer(pixels, kernel, top, left):
    """What a kernel, a dictionary of its weights, answers at one position."""
    total = 0
    for (row, column), weight in kernel.items():
        total += weight * int(pixels[top + row][left + column])
    return total


def kernel_of(rows):
    return {(r, c): w for r, row in enumerate(rows) for c, w in enumerate(row)}


def feature_map(pixels, rows):
    kernel = kernel_of(rows)
    height, width = len(pixels) - len(rows) + 1, len(pixels[0]) - len(rows[0]) + 1
    return [[answer(pixels, kernel, top, left) for left in range(width)] for top in range(height)]


SOBEL_X = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
EDGE_1 = [[1, 0, -1], [0, 0, 0], [-1, 0, 1]]
LAPLACIAN = [[0, 1, 0], [1, -4, 1], [0, 1, 0]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    draw_samples.main([str(folder), "--only", *SMALL])
    return folder


@pytest.mark.parametrize("name", SMALL)
def test_a_shipped_picture_is_what_the_script_draws(folder, name):
    drawn = np.asarray(Image.open(folder / f"{name}.png")).astype(int)
    assert drawn.shape == shipped(name).shape
    assert np.abs(drawn - shipped(name)).mean() < 2


@pytest.mark.parametrize("name", ["mouse", "checkerboard", "steps", "ramp", "one_pixel"])
def test_a_picture_whose_numbers_are_promised_is_drawn_exactly_as_shipped(folder, name):
    drawn = np.asarray(Image.open(folder / f"{name}.png")).astype(int)
    assert (drawn == shipped(name)).all()


def seen_from_afar(pixels):
    """The same picture reduced to 40 x 40: what is small does not count."""
    image = Image.fromarray(pixels.astype(np.uint8))
    return np.asarray(image.resize((40, 40), Image.Resampling.BOX)).astype(int)


@pytest.mark.parametrize("name", SCENES)
def test_a_shipped_scene_is_what_the_script_draws_when_it_draws_it_small(name):
    drawn = draw_samples.DRAWINGS[name](SCENES[name])
    height, width = (round(SCENES[name] * side) for side in COLOURED[name])
    assert drawn.shape == (height, width, 3)
    ours, theirs = (seen_from_afar(pixels) for pixels in (drawn, shipped(name)))
    assert np.abs(ours - theirs).mean() < 12
    for one, other in zip(np.moveaxis(ours, -1, 0), np.moveaxis(theirs, -1, 0), strict=True):
        assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.93


def test_a_colour_png_written_by_hand_is_read_as_what_was_written(tmp_path):
    pixels = np.random.default_rng(1).integers(0, 256, (7, 11, 3), np.uint8)
    write_png(tmp_path / "colours.png", pixels)
    with Image.open(tmp_path / "colours.png") as image:
        assert image.mode == "RGB"
        assert (np.asarray(image) == pixels).all()


@pytest.mark.parametrize(("name", "most"), [("market", 450_000), ("lake", 4_000_000)])
def test_the_file_of_a_scene_is_not_too_large(name, most):
    assert resources.path(f"images/{name}.png").stat().st_size <= most


@pytest.mark.parametrize("name", COLOURED)
def test_a_coloured_picture_has_its_size_and_three_channels_that_differ(name):
    pixels = shipped(name)
    assert pixels.shape == (*COLOURED[name], 3)
    for one, other in combinations(range(3), 2):
        assert np.abs(pixels[..., one] - pixels[..., other]).mean() > 8


def test_there_are_at_least_twelve_samples_and_each_has_a_card():
    pictures = resources.names("images", ".png")
    assert len(pictures) >= 12
    assert pictures == sorted(NAMES) == resources.names("images", ".json")


@pytest.mark.parametrize("name", NAMES)
def test_a_card_says_title_what_to_try_order_and_range(name):
    found = card(name)
    assert set(found) == {"title", "about", "order", "range"}
    assert found["title"].strip()
    assert found["about"].endswith(".")
    assert isinstance(found["order"], int)
    low, high = found["range"]
    assert low <= shipped(name).min()
    assert shipped(name).max() <= high
    assert [low, high] == ([0, 50] if name == "mouse" else [0, 255])


def test_no_two_samples_share_a_title_or_a_place_in_the_list():
    cards = [card(name) for name in NAMES]
    assert len({found["title"] for found in cards}) == len(cards)
    assert len({found["order"] for found in cards}) == len(cards)


def test_no_two_samples_show_the_same_pixels():
    pictures = [shipped(name) for name in NAMES]
    for one, other in combinations(pictures, 2):
        assert one.shape != other.shape or np.abs(one - other).mean() > 2


@pytest.mark.parametrize("name", ["boat", "cat", "street", "flower", "apple", "market", "lake"])
def test_a_painted_scene_uses_most_grays(name):
    assert len(np.unique(shipped(name))) > 180


def test_the_parrot_is_bright_in_red_dark_in_green_and_only_wing_and_face_are_left_in_blue():
    red, green, blue = np.moveaxis(shipped("parrot"), -1, 0)
    breast, wing, face, leaves = np.s_[14:28, 13:16], np.s_[24:30, 21:25], (7, 14), np.s_[14:30, :9]
    assert red[breast].mean() > 2 * red[leaves].mean()
    assert green[breast].mean() < green[leaves].mean() / 2
    for bright in (wing, face):
        assert blue[bright].mean() > 140
    for dark in (breast, leaves):
        assert blue[dark].mean() < 90


def edges(pixels):
    """How steep the brightness is, pixel by pixel: the answers of both Sobel filters together."""
    gray = pixels.mean(-1)
    across = gray[:, 2:] - gray[:, :-2]
    down = gray[2:] - gray[:-2]
    right = across[:-2] + 2 * across[1:-1] + across[2:]
    return np.hypot(right, down[:, :-2] + 2 * down[:, 1:-1] + down[:, 2:])


def test_bricks_and_fruit_have_edges_and_the_street_out_of_focus_has_hardly_any():
    found = edges(shipped("market"))
    street = found[120:220, 10:110].mean()
    for bricks_or_fruit in (found[5:60, 440:505], found[400:460, 130:480]):
        assert bricks_or_fruit.mean() > 3 * street


def test_the_market_has_colours_of_all_hues():
    whole = Image.fromarray(shipped("market").astype(np.uint8)).convert("HSV")
    hue, saturation, value = np.moveaxis(np.asarray(whole), -1, 0)
    vivid = hue[(saturation > 90) & (value > 70)]
    shares = np.histogram(vivid, bins=6, range=(0, 256))[0] / hue.size
    assert shares.min() > 0.004


def sharpened(pixels):
    around = pixels[:-2, 1:-1] + pixels[2:, 1:-1] + pixels[1:-1, :-2] + pixels[1:-1, 2:]
    return np.clip(5 * pixels[1:-1, 1:-1] - around, 0, 255)


def test_sharpening_the_lake_changes_shingles_and_pebbles_and_leaves_the_sky_alone():
    pixels = shipped("lake")
    changes = np.abs(sharpened(pixels) - pixels[1:-1, 1:-1]).mean(-1)
    sky, village, bed = (
        changes[:150, 700:1000],
        changes[680:770, 50:1350],
        changes[1320:1480, 700:1400],
    )
    assert sky.mean() < 1.5
    assert min(village.mean(), bed.mean()) > 12 * sky.mean()


def test_the_mouse_has_the_two_patches_in_its_upper_corners():
    pixels = shipped("mouse")
    assert pixels.shape == (32, 32)
    assert pixels[:7, :7].tolist() == PATCH_1
    assert pixels[:7, 25:].tolist() == PATCH_2


def test_the_curve_detector_answers_6600_and_0_in_the_upper_corners_of_the_mouse():
    pixels = shipped("mouse")
    last = 32 - 7
    assert answer(pixels, CURVE_DETECTOR, 0, 0) == 6600
    assert answer(pixels, CURVE_DETECTOR, 0, last) == 0


def test_the_lines_of_the_mouse_run_on_below_both_patches():
    pixels = shipped("mouse")
    assert pixels[7, 3:5].max() >= 40
    assert pixels[:2, 7].max() >= 40
    assert pixels[7, 28:30].max() >= 40


def test_the_checkerboard_alternates_every_eight_pixels():
    pixels = shipped("checkerboard")
    assert pixels.shape == (64, 64)
    for row in range(64):
        for column in range(64):
            white = (row // 8 + column // 8) % 2
            assert pixels[row, column] == 255 * white


def test_edge_detection_1_answers_the_checkerboard_only_where_four_squares_meet():
    found = feature_map(shipped("checkerboard"), EDGE_1)
    for row in range(62):
        for column in range(62):
            meeting = (row + 1) % 8 in (7, 0) and (column + 1) % 8 in (7, 0)
            assert (found[row][column] != 0) == meeting


def test_every_step_is_17_brighter_than_the_one_before():
    pixels = shipped("steps")
    assert pixels[0].tolist() == [gray for gray in range(0, 256, 17) for _ in range(4)]
    assert (pixels == pixels[0]).all()


def test_sobel_x_answers_68_beside_each_step_and_0_inside():
    assert feature_map(shipped("steps")[:3], SOBEL_X)[0][:9] == [0, 0, 68, 68, 0, 0, 68, 68, 0]


def test_the_ramp_changes_by_4_a_pixel_upwards_above_and_downwards_below():
    pixels = shipped("ramp")
    assert pixels.shape == (64, 64)
    assert (np.diff(pixels[:32], axis=1) == 4).all()
    assert (np.diff(pixels[32:], axis=1) == -4).all()
    assert (pixels[0, 0], pixels[63, 63]) == (0, 0)


def test_sobel_answers_32_on_the_ramp_and_the_laplacian_nothing():
    pixels = shipped("ramp")
    assert set(feature_map(pixels[:3], SOBEL_X)[0]) == {32}
    assert set(feature_map(pixels[-3:], SOBEL_X)[0]) == {-32}
    assert set(feature_map(pixels[:3], LAPLACIAN)[0]) == {0}


def test_a_kernel_answers_the_single_pixel_with_itself_turned_by_180_degrees():
    pixels = shipped("one_pixel")
    rows = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    found = [row[5:8] for row in feature_map(pixels, rows)[5:8]]
    assert found == [[255 * w for w in row] for row in ([9, 8, 7], [6, 5, 4], [3, 2, 1])]


def test_the_rings_of_the_zone_plate_are_256_over_r_wide():
    pixels = shipped("zone_plate")
    assert pixels.shape == (256, 256)
    for row, column in ((128, 128), (140, 150), (100, 60), (128, 200), (30, 128)):
        r_squared = (row - 127.5) ** 2 + (column - 127.5) ** 2
        expected = 127.5 + 127.5 * np.cos(np.pi * r_squared / 256)
        assert pixels[row, column] == pytest.approx(expected, abs=1)


def test_the_zone_plate_is_the_same_from_all_four_sides_and_gray_in_the_corners():
    pixels = shipped("zone_plate")
    assert (pixels == np.rot90(pixels)).all()
    assert set(np.unique(pixels[:30, :30])) <= {127, 128}


def test_six_in_a_hundred_pixels_of_the_peppered_apple_are_black_or_white():
    clean, dotted = shipped("apple"), shipped("noise_dots")
    changed = clean != dotted
    assert changed.mean() == pytest.approx(0.06, abs=0.01)
    assert set(np.unique(dotted[changed])) == {0, 255}


def test_a_digit_is_white_on_black_with_soft_edges_and_a_black_margin():
    for name in ("digit_three", "digit_seven", "digit_eight"):
        pixels = shipped(name)
        assert pixels.shape == (28, 28)
        assert pixels.max() == 255
        assert pixels[[0, 1, 26, 27]].max() == 0
        assert pixels[:, [0, 1, 26, 27]].max() == 0
        assert 20 < ((pixels > 20) & (pixels < 235)).sum() < 200


def test_without_a_folder_the_script_draws_into_the_shipped_images(monkeypatch):
    drawn_into = []
    monkeypatch.setattr(draw_samples, "draw_samples", lambda *asked: drawn_into.append(asked))
    draw_samples.main([])
    assert drawn_into == [(resources.ROOT / "images", ())]


def test_the_script_draws_only_what_is_asked_for(tmp_path):
    draw_samples.main([str(tmp_path / "new"), "--only", "steps", "parrot"])
    assert {file.name for file in (tmp_path / "new").iterdir()} == {"steps.png", "parrot.png"}
