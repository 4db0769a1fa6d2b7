"""Pictures that are one click away: the files opened of late, and the samples."""

import os
from pathlib import Path

import numpy as np
from PyQt6.QtGui import QImage, qGray
from PyQt6.QtWidgets import QListWidget, QMenu

from cnnstudio.gui.settings import user_folder
from cnnstudio.lab.samples import samples


def recent(page):
    menu = page.open_menu("File", "Open recent")
    entries = list(menu.actions())
    page.close_menus()
    return entries


def looks(item):
    """All pixels of an entry's picture."""
    image = item.icon().pixmap(64).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return image.constBits().asstring(image.sizeInBytes())


def test_without_recent_files_the_menu_says_so(page):
    (entry,) = recent(page)
    assert entry.text() == "Nothing opened yet"
    assert not entry.isEnabled()


def test_recent_files_are_listed_newest_first_and_can_be_opened_again(page, picture):
    for name in ("old.png", "new.png"):
        page.open(picture(name))
    newest, oldest = (entry.text() for entry in recent(page))
    assert newest.startswith("new.png")
    assert oldest.startswith("old.png")
    page.choose("File", "Open recent", oldest)
    page.wait_until_opened()
    assert page.bench.source.name == "old.png"
    assert [entry.text() for entry in recent(page)] == [oldest, newest]


def test_recent_files_have_small_pictures_of_themselves(page, picture):
    for name, gray in (("dark.png", 30), ("bright.png", 220)):
        page.open(picture(name, np.full((50, 40), gray)))
    for entry, gray in zip(recent(page), (220, 30), strict=True):
        shown = entry.icon().pixmap(40, 40).toImage()
        assert qGray(shown.pixel(shown.width() // 2, shown.height() // 2)) == gray
    assert len(list((user_folder() / "thumbnails").iterdir())) >= 2


def test_small_pictures_of_recent_files_have_their_colours(page, picture):
    page.open(picture("red.png", np.full((50, 40, 3), (220, 30, 10))))
    (entry,) = recent(page)
    shown = entry.icon().pixmap(40, 40).toImage()
    middle = shown.pixelColor(shown.width() // 2, shown.height() // 2)
    assert middle.getRgb()[:3] == (220, 30, 10)


def test_a_disk_that_keeps_no_small_pictures_does_not_keep_a_picture_from_coming(
    page, picture, monkeypatch
):
    monkeypatch.setattr("cnnstudio.gui.thumbnails.user_folder", lambda: Path("/proc/nowhere"))
    page.open(picture("photo.png"))
    assert page.bench.source.name == "photo.png"


def test_a_recent_file_that_is_gone_is_not_listed(page, picture):
    path = picture("here.png")
    page.open(path)
    path.unlink()
    assert [entry.text() for entry in recent(page)] == ["Nothing opened yet"]


def test_a_file_that_cannot_be_used_is_not_remembered(page, tmp_path, settings):
    path = tmp_path / "broken.png"
    path.write_bytes(b"this is no picture at all")
    page.open(path)
    assert settings.recent == []


def test_the_samples_are_shown_as_pictures_with_names_and_one_can_be_picked(page):
    page.click("samples")
    menu = page.window.findChild(QMenu, "convolution.sample_menu")
    shown = menu.findChild(QListWidget)
    assert shown.count() == len(samples()) >= 12
    items = [shown.item(index) for index in range(shown.count())]
    assert {item.text() for item in items} == {sample.title for sample in samples().values()}
    page.hand.until(lambda: len({looks(item) for item in items}) == len(items))
    index = next(i for i, item in enumerate(items) if item.text() == samples()["boat"].title)
    page.hand.click(shown.viewport(), shown.visualItemRect(items[index]).center())
    page.come_back()
    page.wait_until_opened()
    assert page.bench.source.name == samples()["boat"].title
    assert not menu.isVisible()


def test_a_file_whose_name_is_no_text_has_a_small_picture_and_can_be_opened_again(page, picture):
    path = picture("odd.png", np.full((50, 40), 90))
    odd = path.rename(path.with_name(os.fsdecode(b"na\xefve.png")))
    page.open(odd)
    (entry,) = recent(page)
    shown = entry.icon().pixmap(40, 40).toImage()
    assert qGray(shown.pixel(shown.width() // 2, shown.height() // 2)) == 90
