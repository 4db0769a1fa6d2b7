"""Images of Qt's are encoded without losing a pixel, whatever their format."""

import numpy as np
import pytest
from PyQt6.QtGui import QColor, QImage

from cnnstudio.datasets.picture_file import MAX_KEPT, read_picture
from cnnstudio.gui.lossless import encoded

FORMATS = [kind for kind in QImage.Format if kind != QImage.Format.Format_Invalid]
OPAQUE, WIDTH, HEIGHT = 5, 9, 7  # columns that are opaque, all columns, rows


def colours(kind, seed=3):
    """An image in a format: the first columns opaque, the others more or less clear."""
    rng = np.random.default_rng(seed)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGBA64)
    for y in range(HEIGHT):
        for x in range(WIDTH):
            *rgb, alpha = (int(each) for each in rng.integers(0, 65536, 4))
            colour = QColor.fromRgba64(*rgb, 65535 if x < OPAQUE else alpha)
            image.setPixelColor(x, y, colour)
    return image.convertToFormat(kind)


def seen(image, background=255):
    """What is seen of an image: (3, H, W); 16 bits are divided by 257."""
    made = np.empty((3, image.height(), image.width()), int)
    for y in range(image.height()):
        for x in range(image.width()):
            deep = image.pixelColor(x, y).rgba64()
            alpha = (deep.alpha() + 128) // 257 if image.hasAlphaChannel() else 255
            for channel, value in enumerate((deep.red(), deep.green(), deep.blue())):
                mixed = (value + 128) // 257 * alpha + background * (255 - alpha)
                made[channel, y, x] = (mixed + 127) // 255
    return made


def read(image, **how):
    made = encoded(image)
    return read_picture(made.data, **how), made.note


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
def test_every_pixel_of_every_format_arrives(kind):
    image = colours(kind)
    picture, note = read(image)
    pixels = np.broadcast_to(picture.pixels, (3, HEIGHT, WIDTH)).astype(int)
    off = np.abs(pixels - seen(image))
    assert off[..., :OPAQUE].max() == 0
    assert off.max() <= (1 if image.hasAlphaChannel() else 0)  # two ways of rounding
    assert picture.transparent == image.hasAlphaChannel()
    assert note == ""


@pytest.mark.parametrize("kind", ["Mono", "MonoLSB", "Grayscale8"])
def test_gray_stays_gray(kind):
    image = colours(QImage.Format.Format_Grayscale8)
    picture, _ = read(image.convertToFormat(QImage.Format[f"Format_{kind}"]))
    assert picture.pixels.shape == (1, HEIGHT, WIDTH)


def test_sixteen_bits_of_gray_are_divided_by_257():
    deep = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    data = deep.tobytes()
    image = QImage(data, 256, 256, 512, QImage.Format.Format_Grayscale16)
    picture, _ = read(image)
    assert picture.pixels[0].tolist() == ((deep.astype(int) + 128) // 257).tolist()
    assert "16 bits" in picture.note


def test_ten_bits_are_rounded_and_the_two_bits_beside_them_mean_nothing():
    rng = np.random.default_rng(1)
    raw = rng.integers(0, 1 << 32, (HEIGHT, WIDTH), np.uint32)
    data = raw.tobytes()
    image = QImage(data, WIDTH, HEIGHT, 4 * WIDTH, QImage.Format.Format_RGB30)
    picture, _ = read(image)
    ten = np.stack([raw >> 20 & 1023, raw >> 10 & 1023, raw & 1023]).astype(float)
    assert np.abs(picture.pixels - ten * 255 / 1023).max() <= 0.501
    assert not picture.transparent


def test_the_fourth_byte_of_an_image_without_alpha_means_nothing():
    raw = np.random.default_rng(2).integers(0, 256, (HEIGHT, WIDTH, 4), np.uint8)
    data = raw.tobytes()
    image = QImage(data, WIDTH, HEIGHT, 4 * WIDTH, QImage.Format.Format_RGB32)
    picture, _ = read(image)
    assert picture.pixels.tolist() == np.moveaxis(raw[..., 2::-1], -1, 0).tolist()
    assert not picture.transparent


def test_an_alpha_channel_that_is_opaque_is_no_transparency():
    image = colours(QImage.Format.Format_RGB32).convertToFormat(QImage.Format.Format_ARGB32)
    picture, _ = read(image)
    assert picture.pixels.tolist() == seen(image).tolist()
    assert not picture.transparent


def test_what_is_clear_is_seen_on_another_background():
    image = colours(QImage.Format.Format_ARGB32)
    picture, _ = read(image, background=(0, 0, 0))
    assert np.abs(picture.pixels - seen(image, 0)).max() <= 1


def test_pixel_ratio_resolution_and_words_do_not_count():
    plain = colours(QImage.Format.Format_ARGB32)
    dressed = colours(QImage.Format.Format_ARGB32)
    dressed.setDevicePixelRatio(2.0)
    dressed.setDotsPerMeterX(11811)
    dressed.setText("Comment", "x" * 100_000)
    assert encoded(dressed).data == encoded(plain).data


@pytest.mark.parametrize("kind", ["RGB32", "ARGB32", "Grayscale8"])
def test_a_larger_image_than_is_kept_is_averaged_and_that_is_said(kind):
    image = QImage(6000, 4000, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 100, 50))
    picture, note = read(image.convertToFormat(QImage.Format[f"Format_{kind}"]))
    _, height, width = picture.pixels.shape
    assert 0.999 * MAX_KEPT < height * width <= MAX_KEPT
    assert note == f"6000 × 4000 = 24 megapixels reduced to {width} × {height}"
    gray = np.unique(picture.pixels).tolist()
    assert gray == ([50, 100, 200] if kind != "Grayscale8" else gray[:1])


def test_averaging_keeps_each_part_of_a_large_image_in_its_place():
    rows = np.repeat(np.arange(250, dtype=np.uint8), 16)
    data = np.repeat(rows[:, None], 4000, axis=1).tobytes()
    image = QImage(data, 4000, 4000, 4000, QImage.Format.Format_Grayscale8)
    picture, _ = read(image)
    height = picture.pixels.shape[1]
    expected = (np.arange(height) + 0.5) * 250 / height - 0.5
    assert np.abs(picture.pixels[0, :, 7] - expected).max() < 1.01


def test_an_empty_image_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="empty"):
        encoded(QImage())
