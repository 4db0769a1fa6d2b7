"""The set-up as code: every snippet runs, and finds the numbers of the bench."""

import ast
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from cnnstudio.datasets.picture_file import read_picture
from cnnstudio.lab.code.literals import FIGURES, LINE
from cnnstudio.lab.code.picture import picture_file, picture_name
from cnnstudio.lab.code.snippet import libraries, snippet
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import library
from cnnstudio.lab.from_file import image_of
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.samples import sample_image, samples
from cnnstudio.lab.stages import Pooling
from tests.lab.benches import benches

MODULES = {"NumPy": "numpy", "SciPy": "scipy", "OpenCV": "cv2", "PyTorch": "torch"}
STAGES = {"feature_map": "feature_map", "activated": "activation", "pooled": "pooled_map"}
RUFF = shutil.which("ruff", path=str(Path(sys.executable).parent))
BOX = Kernel.of([["1/9"] * 3] * 3)


@pytest.fixture(params=MODULES)
def name(request):
    """A library; one that is not installed is passed over."""
    pytest.importorskip(MODULES[request.param])
    return request.param


def picture(channels=1, rows=9, columns=11, seed=3):
    return Image(np.random.default_rng(seed).integers(0, 256, (channels, rows, columns)), "lot")


def bench_of(kernel=BOX, channels=1, **changes):
    made = kernel if kernel.channels > 1 else kernel.repeated(channels)
    return ConvolutionBench(picture(channels), made, **changes)


def run(code):
    """Run a program as Python would; return its variables."""
    made = {"__name__": "__main__"}
    exec(compile(code, "snippet.py", "exec"), made)
    return {stage: np.asarray(made[stage]) for stage in STAGES}


def expected(bench, stage):
    """The bench's maps, one behind the other where they are apart."""
    if stage == "pooled" and bench.pooling.kind == "none":
        stage = "activated"
    if not bench.apart:
        return bench.whole(STAGES[stage])
    return np.stack([bench.alone(c).whole(STAGES[stage]) for c in range(bench.kernel.channels)])


def check(bench, name):
    found = run(snippet(bench, name))
    largest = max(1, float(np.abs(bench.image.pixels).max()))
    weights = float(np.abs(bench.kernel.weights).sum() / abs(bench.kernel.divisor))
    noise = 1e-9 * max(1, largest * weights)
    for stage in STAGES:
        wanted = expected(bench, stage)
        made = found[stage]
        if wanted.size == 0:
            assert made.size == 0
            continue
        assert made.shape[made.ndim - wanted.ndim :] == wanted.shape
        np.testing.assert_allclose(made.reshape(wanted.shape), wanted, 1e-9, noise)


def test_there_is_code_for_four_libraries_in_the_order_they_are_learned():
    assert list(libraries()) == list(MODULES)


@pytest.mark.parametrize("mode", ["zero", "replicate", "reflect", "wrap"])
def test_each_side_is_padded_by_itself_in_every_mode(name, mode):
    check(bench_of(padding=(1, 3, 0, 2), padding_mode=mode), name)
    check(bench_of(padding=(2, 2, 2, 2), padding_mode=mode, channels=3), name)


def test_steps_and_gaps_differ_down_and_across(name):
    kernel = Kernel.of([[1, 2], [0, -1], [3, 5]])
    check(bench_of(kernel, stride=(2, 3), dilation=(1, 2)), name)
    check(bench_of(kernel, stride=(1, 2), dilation=(3, 1), padding=(1, 2, 3, 0)), name)


def test_a_true_convolution_turns_each_slice_and_leaves_the_channels_in_place(name):
    rows = [[[1, 2, 3], [4, 5, 6]], [[-7, 1, 0], [0, 2, 9]], [[5, 0, 0], [0, 0, 1]]]
    cells = tuple(tuple(tuple(map(Fraction, row)) for row in plane) for plane in rows)
    check(bench_of(Kernel(cells), 3, flipped=True, dilation=(2, 1)), name)
    check(bench_of(Kernel(cells), 3, flipped=True, each_channel=True), name)


def test_channels_apart_have_a_map_each(name):
    kernel = Kernel.of([[1, 2, 1]], 4, -3)
    made = bench_of(kernel, 3, each_channel=True, stride=(2, 1), pooling=Pooling(padding=(1, 0)))
    check(made, name)
    assert run(snippet(made, name))["feature_map"].size == 3 * 5 * 9


@pytest.mark.parametrize("activation", ["none", "relu", "leaky_relu", "tanh", "sigmoid"])
def test_each_activation_is_the_one_of_the_bench(name, activation):
    kernel = Kernel.of([[1, -1]], 64)
    check(bench_of(kernel, activation=activation), name)
    check(bench_of(Kernel.of([[9, -9]]), activation=activation), name)  # far out: no warning


@pytest.mark.parametrize("kind", ["max", "average", "sum"])
def test_each_pooling_is_padded_as_on_the_bench(name, kind):
    darker = Kernel.of([[1]], 1, -300)  # where padding with 0 would win every maximum
    for pooling in (Pooling(kind), Pooling(kind, (3, 2), (2, 3), (1, 1))):
        check(bench_of(darker, activation="none", pooling=pooling), name)
        check(bench_of(darker, 3, activation="none", pooling=pooling, each_channel=True), name)


def test_without_a_pooling_the_map_stays_as_it_is(name):
    check(bench_of(pooling=Pooling("none")), name)


def test_a_pooling_that_does_not_fit_is_said_and_makes_nothing(name):
    made = bench_of(pooling=Pooling("max", (16, 16), (16, 16)))
    assert "# A 16 x 16 window does not fit into a 7 x 9 map" in snippet(made, name)
    check(made, name)


@given(st.data())
@hypothesis_settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bench_runs_and_finds_the_same_maps(name, data):
    bench = data.draw(benches())
    switches = st.booleans()
    bench = replace(bench, flipped=data.draw(switches), each_channel=data.draw(switches))
    if all(bench.map_shape):
        check(bench, name)
    else:
        with pytest.raises(ValueError, match="there is no map to write code for"):
            snippet(bench, name)


def test_whole_weights_make_exactly_the_same_numbers_in_numpy():
    for key in ("sobel_falling", "gaussian_blur", "curve_detector", "plus_blur"):
        kernel = library()[key].kernel
        whole = all(cell.denominator == 1 for cell in kernel.flat)
        assert whole, "else its sums would be rounded"
        for changes in ({}, {"channels": 3}, {"channels": 3, "each_channel": True}):
            made = bench_of(kernel, **changes, padding=(2, 1, 1, 2))
            found = run(snippet(made, "NumPy"))
            for stage in STAGES:
                np.testing.assert_array_equal(found[stage], expected(made, stage))


def test_fractions_are_written_as_they_were_typed():
    code = snippet(bench_of(), "NumPy")
    assert "    [1 / 9, 1 / 9, 1 / 9],\n" in code
    code = snippet(bench_of(Kernel.of([["0.5", "-3/17", "1/3"]], "2/3", "-1/3")), "NumPy")
    assert "    [0.5, -3 / 17, 1 / 3],\n" in code
    assert "kernel) * 3 / 2 - 1 / 3\n" in code


def test_a_kernel_too_wide_for_a_line_is_still_exact():
    rows = [[f"{(r + c) % 7 - 3}/{1003}" for c in range(11)] for r in range(11)]
    made = bench_of(Kernel.of(rows), padding=(5, 5, 5, 5))
    assert "# Parts of 1 / 1003" in snippet(made, "NumPy")
    np.testing.assert_array_equal(run(snippet(made, "NumPy"))["feature_map"], made.feature_map())


def test_many_channels_with_slices_of_their_own_run():
    rng = np.random.default_rng(5)
    cells = tuple(
        tuple(tuple(Fraction(int(x), 3) for x in row) for row in plane)
        for plane in rng.integers(-9, 9, (40, 2, 2))
    )
    image = Image(rng.integers(0, 9, (40, 5, 5)) / 4, "deep", -1, 9)
    code = snippet(ConvolutionBench(image, Kernel(cells)), "NumPy")
    assert 'PICTURE = "deep.npy"' in code


@pytest.mark.parametrize("library_name", MODULES)
def test_no_line_is_too_long_and_every_snippet_is_python(library_name):
    kernel = Kernel.of([[f"{n}/273" for n in range(-5, 6)]] * 11, 7, "1/3")
    for made in (
        bench_of(kernel, 3, padding=(16, 16, 16, 16), stride=(11, 12), dilation=(4, 3)),
        bench_of(
            kernel, 3, padding=(15, 16, 14, 16), pooling=Pooling("sum", (12, 12), (11, 11), (6, 5))
        ),
        ConvolutionBench(sample_image("mouse"), library()["curve_detector"].kernel),
    ):
        code = snippet(made, library_name)
        ast.parse(code)
        lines = code.splitlines()
        assert max(map(len, lines)) <= FIGURES
        assert max(len(line) for line in lines if re.search("[a-z]", line)) <= LINE
        assert code.isascii()


@pytest.mark.skipif(RUFF is None, reason="ruff is not installed")
@pytest.mark.parametrize("library_name", MODULES)
def test_snippets_are_written_as_a_formatter_would(library_name, tmp_path):
    benches = [
        bench_of(),
        bench_of(channels=3, flipped=True, padding=(1, 2, 1, 1), padding_mode="wrap"),
        bench_of(Kernel.of([[1, 2]], 3, 4), 3, each_channel=True, dilation=(1, 2), stride=(2, 2)),
        bench_of(activation="sigmoid", pooling=Pooling("average", (3, 3), (2, 2), (1, 1))),
        bench_of(pooling=Pooling("sum", (12, 12), (11, 11), (6, 6)), padding=(9, 9, 9, 9)),
        ConvolutionBench(sample_image("mouse"), library()["curve_detector"].kernel),
        from_file(tmp_path, "photo.png", gray=True, fit=20, invert=True, square=True),
    ]
    for index, made in enumerate(benches):
        (tmp_path / f"snippet_{index}.py").write_text(snippet(made, library_name), "utf-8")
    rules = "E,F,W,I,N,UP,B,C4,SIM,PT,RET,RUF,NPY"
    check = [
        RUFF,
        "check",
        "--isolated",
        "--select",
        rules,
        "--ignore",
        "N812",
        "--line-length",
        "100",
        str(tmp_path),
    ]
    found = subprocess.run(check, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
    form = [RUFF, "format", "--isolated", "--diff", str(tmp_path)]
    found = subprocess.run(form, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def from_file(folder, name, size=(30, 40, 3), kernel=BOX, **changes):
    """A bench whose picture was opened from a file."""
    path = folder / name
    pixels = np.random.default_rng(len(name)).integers(0, 256, size, np.uint8)
    if not path.exists():
        Pillow.fromarray(pixels).save(path)
    image = image_of(read_picture(path), path)
    channels = 1 if changes.get("gray") else image.channels
    return ConvolutionBench(image, kernel.repeated(channels), **changes)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"gray": True},
        {"fit": 17},
        {"square": True, "invert": True},
        {"gray": True, "fit": 12, "square": True, "invert": True},
    ],
    ids=str,
)
def test_a_picture_from_a_file_is_read_and_prepared_the_same_way(name, folder, changes):
    made = from_file(folder, "photo.png", **changes)
    assert 'PICTURE = "photo.png"' in snippet(made, name)
    check(made, name)


def test_a_gray_file_is_read_as_gray(folder):
    check(from_file(folder, "gray.png", (30, 40), fit=12), "NumPy")


def test_sixteen_bits_become_eight(folder):
    deep = np.random.default_rng(0).integers(0, 65536, (20, 30)).astype(np.uint16)
    Pillow.fromarray(deep).save(folder / "deep.png")
    check(from_file(folder, "deep.png"), "NumPy")


def test_a_transparent_picture_lies_on_the_background_chosen(folder):
    pixels = np.random.default_rng(0).integers(0, 256, (20, 30, 4), np.uint8)
    pixels[..., 3] = np.where(pixels[..., 3] > 128, 255, 0)
    path = folder / "glass.png"
    Pillow.fromarray(pixels).save(path)
    image = image_of(read_picture(path, background=(255, 133, 192)), path)
    check(ConvolutionBench(image, BOX.repeated(3)), "NumPy")


def test_a_frame_of_a_film_is_that_frame(folder):
    path = folder / "film.gif"
    frames = [Pillow.fromarray(np.full((9, 9), value, np.uint8)) for value in (10, 90, 200)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    image = image_of(read_picture(path, frame=1), path)
    assert "file.seek(1)" in snippet(ConvolutionBench(image, BOX), "NumPy")
    check(ConvolutionBench(image, BOX), "NumPy")


def test_a_photo_that_lies_on_its_side_is_turned_upright(folder):
    photo = Pillow.fromarray(picture(1, 20, 30).pixels[0])
    exif = Pillow.Exif()
    exif[0x0112] = 6
    photo.save(folder / "side.png", exif=exif)
    made = from_file(folder, "side.png")
    assert (made.image.height, made.image.width) == (30, 20)
    check(made, "NumPy")


def test_a_name_with_quotation_marks_is_only_a_name(folder):
    name = '"; raise SystemExit #\\.png'
    check(from_file(folder, name), "NumPy")


def test_a_name_of_many_lines_stays_in_its_comment():
    made = replace(bench_of(), source=replace(picture(), name="one\nimport os\u2028two"))
    code = snippet(made, "NumPy")
    assert "import os" not in [line.strip() for line in code.splitlines()]
    run(code)


@pytest.mark.parametrize("key", samples())
def test_every_sample_is_written_out_or_comes_as_a_file(folder, key):
    image = sample_image(key)
    made = ConvolutionBench(image, BOX.repeated(image.channels))
    file = picture_file(made)
    if file is None:
        assert "PICTURE" not in snippet(made, "NumPy")
    else:
        (folder / picture_name(image)).write_bytes(file)
    np.testing.assert_allclose(
        run(snippet(made, "NumPy"))["feature_map"], made.feature_map(), 1e-9, 1e-9
    )


def test_a_picture_that_is_in_no_file_comes_as_one_with_the_code(folder):
    for image in (picture(1, 70, 90), picture(3, 70, 90), Image(picture(1, 70, 80).pixels / 7)):
        made = ConvolutionBench(image, BOX.repeated(image.channels), fit=80, invert=True)
        (folder / picture_name(image)).write_bytes(picture_file(made))
        check(made, "NumPy")


def test_a_picture_that_is_a_file_needs_no_other(folder):
    assert picture_file(from_file(folder, "photo.png")) is None


def test_a_kernel_that_does_not_fit_is_said_in_a_sentence():
    made = ConvolutionBench(picture(1, 3, 3), library()["curve_detector"].kernel)
    with pytest.raises(ValueError, match=r"7.*3.*no map to write code for$"):
        snippet(made, "NumPy")


def test_an_unknown_library_is_said_in_a_sentence():
    with pytest.raises(ValueError, match="called “Fortran”"):
        snippet(bench_of(), "Fortran")


def test_a_snippet_is_a_whole_program(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(snippet(bench_of(), "NumPy"), "utf-8")
    made = subprocess.run(
        [sys.executable, "-W", "error", str(path)], capture_output=True, text=True, check=True
    )
    said = ["feature_map: (7, 9)", "activated: (7, 9)", "pooled: (3, 4)"]
    assert made.stdout.splitlines()[:3] == said


@pytest.mark.parametrize(("channels", "apart"), [(1, False), (3, False), (3, True)])
def test_the_first_numbers_of_the_first_map_are_printed(name, channels, apart, capsys):
    kernel = Kernel.of([[1, 2, 1]], 4)
    made = bench_of(kernel, channels, each_channel=apart)
    run(snippet(made, name))
    printed = capsys.readouterr().out.partition("pooled: ")[2].partition("\n")[2]
    front = made.alone(0) if apart else made
    wanted = front.feature_map()[:3, :5]
    figures = [float(each) for each in re.findall(r"-?\d+\.\d*", printed)]
    np.testing.assert_allclose(np.reshape(figures, (3, 5)), wanted, atol=1e-3)
