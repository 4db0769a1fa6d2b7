"""What can be chosen: the filters to pick, how far the numbers go, and what the bars say."""

from itertools import pairwise

from cnnstudio.gui import theme
from cnnstudio.lab.filters import library
from tests.facts import fact

PROMISED = """identity edge_1 edge_2 edge_3 sharpen box_blur gaussian_blur sobel_x sobel_y emboss
    curve_detector"""
ACTIVATIONS = {
    "none": "none",
    "ReLU": "relu",
    "Leaky ReLU": "leaky_relu",
    "tanh": "tanh",
    "Sigmoid": "sigmoid",
}
LIMITS = {
    "stride": (1, 16),
    "padding": (0, 16),
    "kernel_size": (1, 11),
    "pool_size": (1, 16),
    "pool_stride": (1, 16),
}


def test_every_promised_filter_can_be_picked_and_has_its_weights(page):
    for key in PROMISED.split():
        page.set("bias", 5)
        page.pick("filter", library()[key].name)
        assert page.kernel.rows == library()[key].kernel.cells[0], key
        assert page.read("divisor") == str(library()[key].kernel.divisor), key
        assert page.read("bias") == str(library()[key].kernel.bias), key


def test_numbers_can_be_typed_up_to_their_limits_and_not_beyond(page):
    for name, (least, most) in LIMITS.items():
        for number in (most, least):
            page.set(name, number)
            assert page.read(name) == str(number), name
        page.set(name, most + 1)
        assert int(page.read(name)) <= most, name
        page.set(name, least)


def test_dilation_goes_from_1_to_4(page):
    page.press("M")
    for number in (4, 1):
        page.set("dilation", number)
        assert page.bench.dilation[1] == number
    page.set("dilation", 5)
    assert page.bench.dilation[1] <= 4


def test_every_promised_activation_can_be_picked(page):
    for name, kind in ACTIVATIONS.items():
        page.pick("activation", name)
        assert page.bench.activation == kind


def test_a_bar_says_the_numbers_of_another_scale(page):
    page.press("W")
    looks, words = [], []
    for divisor in ("1", "2", "500"):
        page.set("divisor", divisor)
        bar = page.workspace.page.map.bar
        looks.append(bar.grab().toImage())
        words.append(bar.accessibleDescription())
    assert len(set(words)) == 3
    assert all(a != b for a, b in pairwise(looks))


def test_the_ends_of_a_bar_have_the_colours_of_the_scales_ends(page):
    bar = page.workspace.page.map.bar
    image = bar.grab().toImage()
    seen = [image.pixelColor(x, 4).getRgb()[:3] for x in range(image.width())]
    for end in ("negative", "zero", "positive"):
        wanted = theme.colour(f"data_{end}").getRgb()[:3]
        nearest = min(max(abs(a - b) for a, b in zip(one, wanted, strict=True)) for one in seen)
        assert nearest < 10, end


def test_a_map_of_nothing_but_zeros_has_a_scale_too(page):
    page.new_grid(9, 9)
    assert page.workspace.page.map.bar.accessibleDescription() == "colours from −1 to 1"


def test_the_share_of_numbers_no_screen_can_show_is_said(page):
    page.type_picture([fact("kernels.step")])
    page.pick("filter", library()["sharpen"].name)
    page.set("padding", 1)
    page.pick("padding_mode", "replicate")
    assert page.workspace.page.map.note.text() == "25.0 % below 0\n25.0 % above 255"
