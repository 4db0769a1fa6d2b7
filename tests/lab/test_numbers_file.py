"""Numbers in files: another program's reader finds the very same ones."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.numbers_file import (
    csv_size,
    npy_size,
    tabbed,
    write_csv,
    write_npy,
)
from cnnstudio.lab.on_demand import OnDemand

FLOATS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**6), 10**6).map(float)


def csv_of(planes, **more):
    file = io.BytesIO()
    write_csv(file, planes, **more)
    return file.getvalue().decode()


def npy_of(planes, **more):
    file = io.BytesIO()
    write_npy(file, planes, **more)
    return file.getvalue()


def rows_read(text):
    return [[float(cell) for cell in row] for row in csv.reader(io.StringIO(text))]


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(FLOATS, min_size=n, max_size=n), min_size=1)
    )
)
def test_a_csv_gives_every_number_back_exactly(rows):
    assert rows_read(csv_of([np.array(rows)])) == rows


@given(st.lists(FLOATS, min_size=1, max_size=9))
def test_an_npy_gives_every_number_back_exactly(numbers):
    found = np.load(io.BytesIO(npy_of([np.array([numbers])])))
    assert found.dtype == np.float64
    assert found.tolist() == [numbers]


def test_whole_numbers_have_no_point():
    assert csv_of([np.array([[6600.0, -3.0, 0.5]])]) == "6600,-3,0.5\n"


def test_bytes_stay_bytes():
    found = np.load(io.BytesIO(npy_of([np.array([[0, 255], [7, 1]], np.uint8)])))
    assert found.dtype == np.uint8
    assert found.tolist() == [[0, 255], [7, 1]]


def test_one_plane_has_two_dimensions_and_several_have_three():
    plane = np.zeros((4, 5))
    assert np.load(io.BytesIO(npy_of([plane]))).shape == (4, 5)
    assert np.load(io.BytesIO(npy_of([plane] * 3))).shape == (3, 4, 5)


def test_planes_of_a_csv_stand_below_each_other_with_an_empty_line_between():
    assert csv_of([np.array([[1, 2]]), np.array([[3, 4]])]) == "1,2\n\n3,4\n"


def test_numpy_reads_a_csv_of_several_planes():
    planes = np.arange(24).reshape(2, 3, 4) / 7
    found = np.loadtxt(io.StringIO(csv_of(list(planes))), delimiter=",")
    assert (found.reshape(2, 3, 4) == planes).all()


def test_tabs_stand_between_numbers_for_a_spreadsheet():
    assert tabbed([np.array([[1, 2.5], [-3, 4]])]) == "1\t2.5\n-3\t4\n"


def test_numbers_of_many_bands_are_all_there():
    rng = np.random.default_rng(3)
    plane = rng.normal(size=(700, 300))  # of several bands
    assert (np.load(io.BytesIO(npy_of([plane, plane + 1]))) == [plane, plane + 1]).all()
    assert rows_read(csv_of([plane])) == plane.tolist()


def test_a_map_worked_out_on_demand_is_written_like_one_that_is_kept():
    rng = np.random.default_rng(5)
    image = Image(rng.integers(0, 256, (1, 90, 80), np.uint8))
    bench = ConvolutionBench(image, Kernel.of([["1/9"] * 3] * 3), padding=(1, 1, 1, 1))
    for stage in ("feature_map", "activation", "pooled_map"):
        assert csv_of([bench.on_demand(stage)]) == csv_of([bench.whole(stage)])
        assert npy_of([bench.on_demand(stage)]) == npy_of([bench.whole(stage)])


def test_nothing_is_worked_out_twice():
    asked = []

    def block(rows, columns):
        asked.append(len(rows))
        return np.zeros((len(rows), len(columns)))

    csv_of([OnDemand((3000, 100), block)])
    assert sum(asked) == 3000
    assert len(asked) > 1


def test_it_tells_how_far_it_is():
    told = []
    plane = np.zeros((2000, 100))
    csv_of([plane, plane], tell=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 4000)
    assert told[-1] == (4000, 4000)
    assert told == sorted(told)


@pytest.mark.parametrize("write", [csv_of, npy_of])
def test_whoever_is_told_may_end_it(write):
    class Enough(Exception):  # noqa: N818
        pass

    def tell(done, _total):
        if done:
            raise Enough

    with pytest.raises(Enough):
        write([np.zeros((5000, 100))], tell=tell)


def test_the_size_of_an_npy_is_known_before():
    planes = [np.zeros((31, 17))] * 3
    assert npy_size(planes) == len(npy_of(planes))
    assert npy_size([np.zeros((5, 5), np.uint8)]) == len(npy_of([np.zeros((5, 5), np.uint8)]))


def test_the_size_of_a_csv_is_guessed_well():
    rng = np.random.default_rng(9)
    for plane in (rng.normal(size=(400, 300)), rng.integers(0, 256, (60, 50), np.uint8)):
        assert csv_size([plane, plane]) == pytest.approx(len(csv_of([plane, plane])), rel=0.02)
