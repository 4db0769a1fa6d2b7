"""The ledger of a colour picture: three partial sums, and what they come to together."""

import itertools
import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.filters import library
from cnnstudio.lab.image import Image, channel_name
from cnnstudio.lab.kernel import Kernel
from cnnstudio.lab.ledger import ledger
from cnnstudio.lab.line import CUT, FEW, SHORT
from cnnstudio.lab.number import write
from cnnstudio.lab.step import convolution_step
from tests.facts import fact
from tests.lab.benches import STAGES, visits
from tests.lab.evaluator import check, number, split, worked_out

colours = st.sampled_from((2, 3)).flatmap(lambda count: visits(("feature_map",), count))


def line(made):
    return "".join(span.text for span in made.line)


def said(spans, kind):
    return [span for span in spans if span.kind == kind]


def one_pixel(pixels, weights=(1, 1, 1), divisor=1, bias=0):
    """A single pixel of three channels under one weight for each."""
    cells = tuple(((Fraction(weight),),) for weight in weights)
    kernel = Kernel(cells, Fraction(divisor), Fraction(bias))
    image = Image(np.array(pixels, float)[:, None, None])
    return ConvolutionBench(image, kernel, activation="none")


# one sum of all channels


def test_the_line_names_what_each_channel_adds():
    made = ledger(one_pixel((203, 20, 7), (4, -2, 5), 3, 1), "feature_map", (0, 0))
    assert line(made) == "(red 812 + green (−40) + blue 35) ∕ 3 + 1 = 270"
    assert [(part.name, part.text) for part in made.parts] == [
        ("red", "203×4 = 812"),
        ("green", "20×(−2) = −40"),
        ("blue", "7×5 = 35"),
    ]
    assert made.chain[:2] == (
        ("divisor", "807 ∕ 3 = 269"),
        ("bias", "269 + 1 = 270"),
    )
    assert made.note == "3 products"


def test_what_is_neither_divided_nor_moved_needs_no_more_words():
    made = ledger(one_pixel((5, 0, 2)), "feature_map", (0, 0))
    assert line(made) == "red 5 + green 0 + blue 2 = 7"
    assert not {"divisor", "bias"} & dict(made.chain).keys()


def test_the_small_colour_picture_of_the_article_has_75_products_at_each_of_784_positions():
    height, width, channels = fact("image.small.shape")
    rows, columns, _ = fact("depth.filter.shape")
    pixels = np.random.default_rng(3).integers(1, 256, (channels, height, width), np.uint8)
    kernel = Kernel.of([[1] * columns] * rows).repeated(channels)
    bench = ConvolutionBench(Image(pixels), kernel)
    assert math.prod(bench.map_shape) == fact("depth.positions")
    made = ledger(bench, "feature_map", (9, 9), expanded=True)
    count = fact("depth.multiplications_per_position")
    assert made.note == f"{count} products"
    assert sum(len(said(part.line, "term")) for part in made.parts) == count
    names = [name.lower() for name in ("Red", "Green", "Blue")]
    assert [part.name for part in made.parts] == names
    assert [name[0].upper() for name in names] == list(fact("image.channels.colour"))


@given(colours, st.booleans(), st.none() | st.integers(0, 2))
def test_every_line_comes_to_the_number_after_it(visit, expanded, opened):
    made = ledger(*visit, expanded=expanded, channel=opened)
    check(line(made))
    for part in made.parts:
        check(part.text)
    for name, text in made.chain:
        if name in {"divisor", "bias"}:
            check(text)


@given(colours)
def test_the_partial_sums_of_the_line_are_those_below_it(visit):
    bench, _, position = visit
    made, terms = ledger(*visit), convolution_step(bench, *position).terms
    shares = said(made.line, "part")
    assert [span.index for span in shares] == [part.channel for part in made.parts]
    for share, part in zip(shares, made.parts, strict=True):
        total = split(part.text)[2]
        assert share.text.split(" ")[-1].strip("()") == total.split(" ")[-1]
        exact = [Fraction(t.pixel) * t.weight for t in terms if t.channel == part.channel]
        noise = sum(map(abs, exact)) / 10**12
        assert abs(number(total) - sum(exact)) <= noise + abs(sum(exact)) / 1000


@given(colours)
def test_each_line_of_the_chain_begins_with_what_the_line_before_gave(visit):
    bench, _, _ = visit
    made = ledger(*visit)
    lines = [text for name, text in made.chain if name in {"divisor", "bias"}]
    for before, after in itertools.pairwise(lines):
        assert after.startswith(f"{split(before)[2]} ")
    wanted = ["divisor"] * (bench.kernel.divisor != 1) + ["bias"] * (bench.kernel.bias != 0)
    assert [name for name, _ in made.chain if name in {"divisor", "bias"}] == wanted
    assert split(lines[-1] if lines else line(made))[2] == made.result


@given(colours, st.integers(0, 2))
def test_of_a_channel_that_is_looked_at_more_is_written(visit, opened):
    bench, _, position = visit
    assume(opened < bench.kernel.channels)
    terms = enumerate(convolution_step(bench, *position).terms)
    counting = [[], [], []]
    for index, term in terms:
        if term.pixel and term.weight:
            counting[term.channel].append(index)
    made = ledger(*visit, channel=opened)
    for part in made.parts:
        wanted, shown = counting[part.channel], [s.index for s in said(part.line, "term")]
        assert part.opened == (part.channel == opened)
        if part.opened:
            assert shown == (wanted if len(wanted) <= SHORT else wanted[:CUT])
        else:
            assert shown == (wanted if len(wanted) <= FEW + 1 else wanted[:FEW])
        left = len(wanted) - len(shown)
        more = [span for span in part.line if span.text.endswith(" more")]
        assert [span.text.rpartition(" from ")[2] for span in more] == [f"{left} more"] * bool(left)
        kind = "more" if part.opened else "part"
        assert all(span.kind == kind for span in more)


@given(colours, st.data())
def test_a_running_sum_says_what_each_channel_has_added_so_far(visit, data):
    bench, _, position = visit
    terms = convolution_step(bench, *position).terms
    done = data.draw(st.integers(1, len(terms) - 1))
    made = ledger(*visit, done=done)
    check(line(made))
    assert [part.channel for part in made.parts] == list(range(terms[done - 1].channel + 1))
    assert [part.opened for part in made.parts][-1]
    for part in made.parts:
        check(part.text)
        taken = [Fraction(t.pixel) * t.weight for t in terms[:done] if t.channel == part.channel]
        noise = sum(map(abs, taken)) / 10**12
        assert abs(number(split(part.text)[2]) - sum(taken)) <= noise + abs(sum(taken)) / 1000
    assert made.note.endswith(f" · {channel_name(terms[done - 1].channel, bench.kernel.channels)}")


def test_a_picture_of_many_channels_has_a_ledger_that_can_be_read():
    bench = ConvolutionBench(Image(np.ones((64, 3, 3))), Kernel.of([[1] * 3] * 3).repeated(64))
    made = ledger(bench, "feature_map", (0, 0), channel=40)
    head = " + ".join(["9"] * CUT)
    assert line(made) == f"({head} + 468 from 52 more) ∕ 64 = 9"
    names = [f"channel {number}" for number in range(1, CUT + 1)]
    assert [part.name for part in made.parts] == [*names, "channel 41"]
    assert made.expanded is False
    assert len(ledger(bench, "feature_map", (0, 0), expanded=True).parts) == 64
    made = ledger(bench, "feature_map", (0, 0), done=300)
    assert line(made) == f"{head} + 189 from 21 more + 3 = 300"
    check(line(made))


# each channel by itself


@given(st.sampled_from((2, 3)).flatmap(lambda count: visits(STAGES, count)), st.data())
def test_by_itself_each_channel_is_a_gray_picture_with_its_name(visit, data):
    bench, stage, position = visit
    bench = replace(bench, each_channel=True)
    channel = data.draw(st.integers(0, bench.kernel.channels - 1))
    made = ledger(bench, stage, position, channel=channel)
    alone = ledger(bench.alone(channel), stage, position)
    name = channel_name(channel, bench.kernel.channels)
    assert made.title == f"{alone.title} · {name}"
    assert (made.line, made.note, made.parts) == (alone.line, alone.note, ())
    assert made.chain[:-1] == alone.chain
    others = [each for each in range(bench.kernel.channels) if each != channel]
    numbers = [write(float(bench.alone(each).values(stage)[position])) for each in others]
    names = [channel_name(each, bench.kernel.channels) for each in others]
    told = ", ".join(f"{n} {number}" for n, number in zip(names, numbers, strict=True))
    assert made.chain[-1] == ("the others", told)


def test_without_a_choice_the_first_channel_is_in_front():
    bench = replace(one_pixel((100, 80, 60)), each_channel=True)
    made = ledger(bench, "feature_map", (0, 0))
    assert made.title.endswith(" · red")
    assert dict(made.chain)["the others"] == "green 80, blue 60"


def test_a_number_that_still_grows_stands_alone():
    image = Image(np.ones((3, 1, 2)))
    bench = ConvolutionBench(image, Kernel.of([[1, 1]]).repeated(3), each_channel=True)
    made = ledger(bench, "feature_map", (0, 0), done=1, channel=2)
    assert made.title == "Row 1, column 1 of the feature map · blue"
    assert made.chain == ()


@pytest.mark.parametrize("key", ["gaussian_blur", "sharpen", "box_blur"])
def test_a_filter_keeps_the_brightness_of_a_flat_picture_either_way(key):
    image = Image(np.full((3, 5, 5), 90, np.uint8))
    gray = library()[key].kernel
    bench = ConvolutionBench(image, gray.repeated(3))
    made = ledger(bench, "feature_map", (0, 0), expanded=True)
    assert made.result == "90"
    assert worked_out(split(line(made))[0]) == 90
    apart = replace(bench, **bench.with_each_channel(True))
    assert apart.kernel.divisor == gray.divisor
    assert [ledger(apart, "feature_map", (0, 0), channel=c).result for c in range(3)] == ["90"] * 3
    chain = ledger(apart, "feature_map", (0, 0)).chain
    assert chain[-1] == ("the others", "green 90, blue 90")
