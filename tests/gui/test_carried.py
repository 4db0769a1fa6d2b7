"""What a drop or the clipboard carries: the best copy of the picture there is, or a sentence."""

import base64
import io

import numpy as np
import pytest
from PIL import Image
from PyQt6.QtCore import QMimeData, QUrl
from PyQt6.QtGui import QGuiApplication, QImage

from cnnstudio.gui.carried import carried, may_carry, nothing_fetched
from tests.gui.hand import files

COLOURS = np.random.default_rng(4).integers(0, 256, (6, 8, 3), np.uint8)
HTTP = "https://example.org/pictures/cat.png?size=large"
NOTHING_FETCHED = (
    " is a web address; CNN Studio fetches nothing from the network. "
    "Save the picture and open the file, or copy the picture itself."
)


def file_of(kind, pixels=COLOURS, **how):
    """A picture as the bytes of a file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind, **how)
    return buffer.getvalue()


def written_out(kind="png", data=None):
    """A picture as an address that holds all of it."""
    return f"data:image/{kind};base64,{base64.b64encode(data or file_of(kind)).decode()}"


def offering(text="", html="", urls=(), image=None, **formats):
    """What another program offers; a format's name is written with _ for /."""
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    if urls:
        data.setUrls([QUrl(url) for url in urls])
    if image is not None:
        data.setImageData(image)
    for kind, found in formats.items():
        data.setData(kind.replace("_", "/", 1), found)
    return data


def qimage(pixels=COLOURS):
    height, width, _ = pixels.shape
    return QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def shown(page):
    return np.moveaxis(page.bench.source.pixels, 0, -1)


def paste(page, data):
    QGuiApplication.clipboard().setMimeData(data)
    page.press("Ctrl+V")
    page.wait_until_opened()


@pytest.mark.parametrize("kind", ["png", "bmp", "tiff", "webp"])
def test_an_encoded_picture_is_taken_as_it_was_copied(page, kind):
    how = {"lossless": True} if kind == "webp" else {}
    paste(page, offering(**{f"image_{kind}": file_of(kind, **how)}))
    assert (shown(page) == COLOURS).all()


def test_what_was_encoded_is_better_than_what_was_made_of_it(page):
    other = np.zeros_like(COLOURS)
    paste(page, offering(image=qimage(other), image_png=file_of("png")))
    assert (shown(page) == COLOURS).all()


def test_a_format_that_keeps_every_pixel_is_better_than_one_that_does_not(page):
    paste(page, offering(image_jpeg=file_of("jpeg"), image_gif=b"", image_png=file_of("png")))
    assert (shown(page) == COLOURS).all()


def test_a_copied_film_keeps_its_frames(page):
    frames = [Image.fromarray(np.full((8, 8), gray, np.uint8)) for gray in (0, 99, 200)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    paste(page, offering(image_gif=buffer.getvalue(), image=qimage()))
    assert page.bench.source.origin.frames == 3
    page.press("PgDown", "PgDown")
    page.wait_until_opened()
    page.hand.until(lambda: page.bench.source.pixels.max() == 200)


def test_what_only_pretends_to_be_encoded_is_passed_over(page):
    paste(page, offering(image=qimage(), image_png=b"nothing", image_bmp=b""))
    assert (shown(page) == COLOURS).all()


def test_sixteen_bits_of_a_copied_scan_are_scaled_and_that_is_said(page):
    deep = np.arange(0, 65536, 683, np.uint16).reshape(8, 12)
    paste(page, offering(image_tiff=file_of("tiff", deep)))
    assert (page.bench.source.pixels[0] == (deep.astype(int) + 128) // 257).all()
    assert "16 bits" in page.said


@pytest.mark.parametrize("kind", ["RGB32", "ARGB32", "RGB888", "RGBX64", "ARGB32_Premultiplied"])
def test_an_image_that_is_not_encoded_keeps_its_pixels(page, kind):
    image = qimage().convertToFormat(QImage.Format[f"Format_{kind}"])
    image.setDevicePixelRatio(2.0)
    paste(page, offering(image=image))
    assert (shown(page) == COLOURS).all()


def test_pasted_pixels_are_not_kept_twice(page):
    paste(page, offering(image_png=file_of("png")))
    assert page.bench.source.origin is None


def test_a_large_screenshot_is_encoded_where_nobody_waits_for_it(page):
    from time import perf_counter  # noqa: PLC0415

    image = QImage(4000, 3000, QImage.Format.Format_ARGB32)
    image.fill(0xFF336699)
    data = offering(image=image)
    began = perf_counter()
    page.window.pictures.take_data(data, "pasted picture")
    assert perf_counter() - began < 0.05
    assert page.window.pictures.opener.busy
    page.window.pictures.opener.cancel()


# Addresses


@pytest.mark.parametrize("how", ["urls", "text"])
def test_an_address_alone_brings_nothing_and_says_why(page, how):
    before = page.bench
    data = offering(urls=[HTTP]) if how == "urls" else offering(text=f" {HTTP}\n")
    assert page.drop_data(data)
    assert page.bench == before
    assert page.said == HTTP + NOTHING_FETCHED
    paste(page, offering(text=HTTP))
    assert page.said == HTTP + NOTHING_FETCHED


def test_a_long_address_is_shortened():
    said = nothing_fetched("https://example.org/" + "very/" * 50 + "cat.png")
    assert said.startswith("https://example.org/very…")
    assert said.endswith("cat.png" + NOTHING_FETCHED)
    assert len(said) < 200


def test_a_file_on_another_computer_is_not_fetched_either():
    assert nothing_fetched("smb://server/cat.png").startswith(
        "smb://server/cat.png is a network address;"
    )


def test_a_picture_that_comes_with_its_address_is_used_and_called_like_it(page):
    page.drop_data(offering(urls=[HTTP], image=qimage()))
    page.wait_until_opened()
    assert (shown(page) == COLOURS).all()
    assert page.bench.source.name == "cat.png"


def test_so_is_one_that_is_encoded(page):
    page.drop_data(offering(urls=[HTTP], text=HTTP, image_png=file_of("png")))
    page.wait_until_opened()
    assert (shown(page) == COLOURS).all()


@pytest.mark.parametrize("how", ["url", "text", "html", "html without quotes"])
def test_a_picture_that_is_written_out_is_used(page, how):
    address = written_out()
    data = {
        "url": offering(urls=[address]),
        "text": offering(text=address),
        "html": offering(html=f'<p>A <b>cat</b>: <img alt="cat" src="{address}" width=9></p>'),
        "html without quotes": offering(html=f"<img src={address}>"),
    }[how]
    assert page.drop_data(data)
    page.wait_until_opened()
    assert (shown(page) == COLOURS).all()


def test_a_page_with_a_picture_written_out_is_better_than_what_was_made_of_it(page):
    html = f'<img src="{written_out()}">'
    paste(page, offering(html=html, image=qimage(np.zeros_like(COLOURS))))
    assert (shown(page) == COLOURS).all()


def test_a_large_picture_that_is_written_out_is_decoded_whole():
    pixels = np.random.default_rng(5).integers(0, 256, (700, 900, 3), np.uint8)
    data = file_of("png", pixels)
    html = f'<img alt="" src="{written_out(data=data)}" title="cat">'
    assert carried(offering(html=html)).picture().data == data


def test_a_page_in_sixteen_bits_a_letter_is_understood(page):
    data = QMimeData()
    data.setData("text/html", f'<img src="{written_out()}">'.encode("utf-16"))
    assert carried(data).picture().data == file_of("png")


def test_a_page_with_a_picture_that_is_elsewhere_brings_the_address_only(page):
    page.drop_data(offering(html=f'<img src="{HTTP}">', urls=[HTTP]))
    assert page.said == HTTP + NOTHING_FETCHED


def test_what_was_written_out_and_damaged_is_refused(page):
    before = page.bench
    page.drop_data(offering(urls=["data:image/png;base64,!!!!"]))
    page.wait_until_opened()
    assert page.said == "The picture in this data: address is damaged"
    page.drop_data(offering(urls=["data:text/plain,hello"]))
    page.wait_until_opened()
    assert page.said.startswith("dropped picture is a text")
    assert page.bench == before


def test_a_written_out_picture_needs_neither_its_padding_nor_its_signs():
    address = written_out().rstrip("=").replace("+", "%2B").replace("/", "%2F")
    head, _, body = address.partition(",")
    found = carried(offering(urls=[f"{head.replace('%2F', '/')},{body}"]))
    assert found.picture().data == file_of("png")


# Files


def test_files_are_better_than_pictures_of_them(page, picture):
    path = picture("copied.png")
    data = files(path)
    data.setImageData(qimage())  # such as its icon
    paste(page, data)
    assert page.bench.source.name == "copied.png"


@pytest.mark.parametrize("name", ["photo", "photo.dat", "photo.JPG", "photo.tar.gz"])
def test_a_file_may_be_called_anything(page, tmp_path, name):
    (tmp_path / name).write_bytes(file_of("png"))
    page.open(tmp_path / name)
    assert (shown(page) == COLOURS).all()


def test_words_are_not_taken(page):
    for data in (offering(text="a cat"), offering(text="see https://example.org"), QMimeData()):
        assert not may_carry(data)
        assert not page.drop_data(data)


def test_what_looks_like_a_picture_and_is_none_is_refused(page):
    before = page.bench
    page.drop_data(offering(urls=["mailto:cat@example.org"]))
    assert page.said == "The dropped picture cannot be read as a picture"
    assert page.bench == before
