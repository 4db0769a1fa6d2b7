"""The articles' numbers, made in the window with nothing but keys and clicks."""

import pytest

from cnnstudio.lab.filters import library
from cnnstudio.lab.number import write
from tests.facts import fact

BINARY = "convolution.binary_5x5"
KERNELS = fact("kernels.names")


@pytest.fixture
def binary(page):
    """The 5x5 example, typed in."""
    page.type_picture(fact(f"{BINARY}.image"), "0 to 1")
    page.type_kernel(fact(f"{BINARY}.kernel"))
    page.press("W")
    return page


@pytest.fixture
def identity(page):
    """A kernel that copies the picture."""
    page.press("W")
    page.type_kernel([[1]])
    page.set("divisor", 1)
    return page


def patch(page, number):
    page.type_picture(fact(f"curve.patch_{number}"), "0 to 50")
    page.pick("filter", library()["curve_detector"].name)
    page.press("W")
    return page


def shown(page, side):
    """The line that says how large the map is, and its result."""
    texts = [label.text() for label in page.workspace.findChildren(type(page.find("where")))]
    return any(text.endswith(side) for text in texts)


# 2. Convolution


def test_the_binary_example_makes_its_map(binary):
    assert binary.feature_map.numbers == fact(f"{BINARY}.map")


def test_its_first_window_is_explained_by_its_products(binary):
    binary.go(1, 1)
    ones = sum(map(sum, fact(f"{BINARY}.products")))
    first = fact(f"{BINARY}.first")
    assert binary.ledger.line == " + ".join(["1×1"] * ones) + f" = {first}"
    assert binary.ledger.result == str(first)


def test_its_products_stand_in_the_ledgers_grid(binary):
    binary.go(1, 1)
    products = binary.picture("window_products")
    assert products.numbers == fact(f"{BINARY}.products")


@pytest.mark.parametrize(
    ("control", "number", "id"),
    [("stride", 2, "stride_2"), ("padding", 1, "padding_1"), ("padding", 2, "full")],
)
def test_the_binary_example_moves_as_it_is_told(binary, control, number, id):
    binary.set(control, number)
    assert binary.feature_map.numbers == fact(f"{BINARY}.{id}")


def test_patch_1_answers_with_five_products_and_their_sum(page):
    patch(page, 1)
    weight = fact("curve.weight")
    products = [f"{pixel}×{weight}" for pixel in fact("curve.patch_1.pixels")]
    total = write(fact("curve.patch_1.total"))
    assert page.feature_map.numbers == [[fact("curve.patch_1.total")]]
    assert page.ledger.line == f"{' + '.join(products)} = {total}"
    assert page.ledger.text.splitlines()[1].startswith("5 products, the other 44 are 0")


def test_patch_2_does_not_answer_at_all(page):
    patch(page, 2)
    assert page.feature_map.numbers == [[fact("curve.patch_2.total")]]
    assert page.ledger.line == "0 = 0"


def test_patch_1_with_padding_1_has_its_greatest_answer_one_row_down(page):
    patch(page, 1)
    page.set("padding", 1)
    assert page.feature_map.numbers == fact("curve.patch_1.padding_1")
    page.go(3, 2)
    assert page.ledger.result == write(fact("curve.patch_1.one_row_down"))
    assert fact("curve.patch_1.one_row_down") == fact("curve.greatest")
    page.go(2, 3)
    assert page.ledger.result == write(fact("curve.patch_1.one_column_right"))


@pytest.mark.parametrize(
    ("number", "id", "turned"),
    [
        (1, "curve.mirrored.patch_1.total", lambda rows: [row[::-1] for row in rows]),
        (1, "curve.flipped.patch_1.total", lambda rows: [row[::-1] for row in rows[::-1]]),
        (2, "curve.flipped.patch_2.total", lambda rows: [row[::-1] for row in rows[::-1]]),
    ],
)
def test_a_turned_detector_is_another_kernel_with_another_answer(page, number, id, turned):
    titles = {1: "The curve detector finds its curve", 2: "The curve detector misses another shape"}
    page.choose("Scenes", titles[number])
    page.type_kernel(turned(fact("curve.kernel")))
    assert page.feature_map.numbers == [[fact(id)]]


def test_the_first_picture_has_both_patches_in_its_upper_corners(page):
    page.press("W")
    top = page.feature_map.numbers[0]
    assert (top[0], top[-1]) == (fact("curve.patch_1.total"), fact("curve.patch_2.total"))
    assert page.feature_map.size == fact("errata.1.map")


# 3. The seven kernels


@pytest.mark.parametrize("name", KERNELS)
def test_a_kernel_answers_a_flat_picture_and_a_step_as_the_table_says(page, name):
    page.type_picture([fact("kernels.step")])
    page.pick("filter", library()[name].name)
    page.set("padding", 1)
    page.pick("padding_mode", "replicate")
    page.press("W")
    assert page.feature_map.numbers == [fact(f"kernels.{name}.step")]
    page.type_picture([[fact("kernels.flat")]])
    assert page.feature_map.numbers == [[fact(f"kernels.{name}.flat")]]


def test_every_kernel_says_its_sum_and_its_reach(page):
    page.new_grid(3, 3, "0 to 255")
    for name in KERNELS:
        page.pick("filter", library()[name].name)
        says_sum_and_reach(page, name)


def says_sum_and_reach(page, name):
    least, most = map(write, fact(f"kernels.{name}.range"))
    sum_line, reach = page.workspace.page.kernel.info.text().splitlines()
    assert sum_line.startswith("sum ")
    assert sum_line.split()[-1] == str(fact(f"kernels.{name}.sum"))
    assert reach == f"{least} … {most}"


# 4. Stride and padding


def test_seven_by_seven_and_a_kernel_of_three_make_maps_of_the_sizes_in_the_table(page):
    page.new_grid(7, 7)
    page.set("kernel_size", 3)
    for stride in (1, 2, 3, 4):
        page.set("stride", stride)
        id = f"stride.7_3_{stride}." + ("floor" if stride == 3 else "output")
        assert page.feature_map.size == (fact(id),) * 2


def test_stride_3_does_not_fit_and_padding_1_makes_it_fit(page):
    page.new_grid(7, 7)
    page.set("kernel_size", 3)
    page.set("stride", 3)
    words = f"{fact('stride.7_3_3.output')} → {fact('stride.7_3_3.floor')}"
    assert shown(page, words)
    page.set("padding", 1)
    assert page.feature_map.size == (fact("stride.7_3_3.padding_1.output"),) * 2
    assert page.notices == []


def test_same_padding_is_half_of_the_kernels_size_less_one(page):
    for side, padding in fact("same.paddings").items():
        page.set("kernel_size", side)
        page.click("padding_preset.same")
        assert page.read("padding") == str(padding)
        assert page.feature_map.size == page.input_size


@pytest.mark.parametrize(("side", "half"), fact("same.even").items())
def test_an_even_kernel_needs_uneven_same_padding(page, side, half):
    page.set("kernel_size", side)
    page.click("padding_preset.same")
    page.press("M")
    sides = [int(page.read(f"padding_{name}")) for name in ("top", "bottom", "left", "right")]
    assert sides == [int(half), int(half + 0.5)] * 2
    assert page.feature_map.size == page.input_size


def test_the_presets_make_the_maps_of_the_table(page):
    page.new_grid(5, 5)
    page.set("kernel_size", 3)
    for preset, side in fact("padding.5_3").items():
        page.click(f"padding_preset.{preset}")
        assert page.feature_map.size == (side, side), preset
        assert page.read("padding") == str(fact("padding.5_3.paddings")[preset])


def test_padding_2_keeps_the_size_of_a_picture_of_32_by_32_under_a_kernel_of_five(page):
    page.set("kernel_size", 5)
    page.set("padding", fact("padding.32_5.padding"))
    assert page.input.size == fact("padding.32_5.padded")[:2]
    assert page.feature_map.size == fact("padding.32_5.output")


# 5. Activation


def mapped(page, numbers, least=-9):
    """Have these numbers in the feature map, negative ones too, by way of a bias."""
    page.type_picture([[number - least for number in row] for row in numbers])
    page.set("bias", least)
    assert page.feature_map.numbers == numbers


def test_relu_is_the_greater_of_0_and_the_number(identity):
    mapped(identity, [[-3, 0, 4]])
    assert identity.activation_map.numbers == [[0, 0, 4]]
    identity.press("2", "Home")
    assert identity.ledger.line == "max(0, −3) = 0"


@pytest.mark.parametrize("name", ["sigmoid", "tanh"])
def test_the_older_activations_give_the_numbers_of_the_table(identity, name):
    mapped(identity, [fact("activation.inputs")])
    identity.pick("activation", {"sigmoid": "Sigmoid"}.get(name, name))
    assert [round(n, 4) for n in identity.activation_map.numbers[0]] == fact(f"{name}.values")
    identity.press("2", "Home")
    assert identity.ledger.result == write(fact(f"{name}.values")[0])


def test_relu_before_an_average_keeps_what_an_average_before_it_would_lose(identity):
    low, high = fact("order.block")[:2], fact("order.block")[2:]
    mapped(identity, [low, high])
    identity.pick("pooling", "average")
    assert identity.pooled_map.numbers == [[fact("order.average_of_relu")]]
    identity.pick("activation", "none")
    [[average]] = identity.pooled_map.numbers
    assert average < 0
    assert max(0, average) == fact("order.relu_of_average")


# 6. Pooling


def test_the_pooling_example_gives_its_numbers(identity):
    identity.type_picture(fact("pooling.image"))
    for kind in fact("pooling.kinds"):
        identity.pick("pooling", kind)
        assert identity.pooled_map.numbers == fact(f"pooling.{kind}")
    assert identity.read("pool_size") == str(fact("pooling.window")[0])
    assert identity.read("pool_stride") == str(fact("pooling.stride"))


def test_the_winner_of_a_pool_is_named_and_marked(identity):
    identity.type_picture(fact("pooling.image"))
    identity.press("3", "Home")
    assert identity.ledger.line == "max(1, 1, 5, 6) = 6"
    assert "row 2, column 2" in identity.ledger.text
    assert identity.activation_map.marks.winner == (1, 1)
