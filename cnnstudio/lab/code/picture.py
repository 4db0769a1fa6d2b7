"""The lines of code that bring the picture: read from its file, or written out as numbers."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath

import numpy as np

from cnnstudio.datasets.picture import MAX_KEPT
from cnnstudio.lab.code.literals import block, comment, fits, number, table, text
from cnnstudio.lab.convolution import ConvolutionBench
from cnnstudio.lab.image import Image, Origin, Pixels, channel_name, working_side
from cnnstudio.lab.number import many
from cnnstudio.lab.samples import sample_image, samples

MAX_WRITTEN = 64  # rows and columns of a picture that is written out as numbers
_MOST_CHANNELS = 3
_DEEP = (".png", ".apng", ".tif", ".tiff", ".pgm", ".pnm")  # may have 16 bits a pixel


def picture_lines(bench: ConvolutionBench) -> list[str]:
    """Write what makes `pixels` of the bench's picture, prepared as it is there.

    A file is read by its name, which stands on a line of its own so that it can be changed.
    """
    if is_written(bench):
        return _written(bench)
    return [*_read(bench.source), *_prepared(bench)]


def is_written(bench: ConvolutionBench) -> bool:
    """Whether the picture is so small, and from no file, that its numbers are written out."""
    image = bench.image
    small = max(image.height, image.width) <= MAX_WRITTEN and image.channels <= _MOST_CHANNELS
    return small and _file(bench.source) is None


def needs_pillow(bench: ConvolutionBench) -> bool:
    """Whether Pillow has to read or to reduce the picture."""
    plain = bench.source.pixels.dtype == np.uint8
    reduced = working_side(bench.source, bench.fit, bench.square) is not None
    return not is_written(bench) and (plain or reduced)


def picture_name(image: Image) -> str:
    """Return the name of the file that a snippet reads, without its folder."""
    if path := _file(image):
        return path.name
    suffix = ".png" if _is_png(image) else ".npy"
    key = _sample(image)
    plain = "".join(c if c.isalnum() or c in " -_." else "_" for c in image.name).strip(" .")
    return f"{key}.png" if key else f"{plain.removesuffix('.png') or 'picture'}{suffix}"


def picture_file(bench: ConvolutionBench) -> bytes | None:
    """Return what the file named by `picture_name` holds, if the picture is from no file."""
    if is_written(bench) or _file(bench.source):
        return None
    file, pixels = BytesIO(), bench.source.pixels
    if not _is_png(bench.source):
        np.save(file, pixels, allow_pickle=False)
        return file.getvalue()
    from PIL import Image as Pillow  # noqa: PLC0415  only here, so that the start stays quick

    shown = pixels[0] if len(pixels) == 1 else np.moveaxis(pixels, 0, -1)
    Pillow.fromarray(np.ascontiguousarray(shown)).save(file, "PNG")
    return file.getvalue()


def _file(image: Image) -> PurePath | None:
    source = image.origin.source if image.origin else None
    return source if isinstance(source, PurePath) else None


def _is_png(image: Image) -> bool:
    return image.pixels.dtype == np.uint8 and image.channels in {1, 3}


def _sample(image: Image) -> str:
    """Return the key of the sample an image is, or an empty text."""
    named = (key for key, sample in samples().items() if sample.title == image.name)
    return next((key for key in named if sample_image(key) == image), "")


def _written(bench: ConvolutionBench) -> list[str]:
    image = bench.image
    size = f"{many(image.height, 'row')} of {many(image.width, 'pixel')}"
    lines = comment(f"The picture, prepared as on the bench: {size}.")
    rows = [[[number(pixel) for pixel in row] for row in plane.tolist()] for plane in image.pixels]
    if image.channels == 1 and fits(rows[0]):
        return [*lines, *table("rows", rows[0]), "pixels = np.array(rows, float)"]
    if all(map(fits, rows)):
        names = [channel_name(c, image.channels).replace(" ", "_") for c in range(image.channels)]
        for name, plane in zip(names, rows, strict=True):
            lines += table(name, plane)
        return [*lines, f"pixels = np.array([{', '.join(names)}], float)"]
    every = [row for plane in rows for row in plane]
    lines += block("FIGURES", every)
    shape: tuple[int, ...] = (image.height, image.width)
    shape = shape if image.channels == 1 else (image.channels, *shape)
    return [*lines, f"pixels = np.array(FIGURES.split(), float).reshape{shape}"]


def _read(image: Image) -> list[str]:
    """Write how the file is read: into (rows, columns), or (channels, rows, columns) in colour."""
    lines = []
    if not _file(image):
        whence = "a sample of CNN Studio" if _sample(image) else "in no file of its own"
        lines = comment(f"The picture is {whence}; CNN Studio saves it beside this program.")
    lines.append(f"PICTURE = {text(picture_name(image))}  # change this to read another one")
    if not _file(image) and not _is_png(image):
        return [*lines, f"pixels = np.load(PICTURE){'[0]' if image.channels == 1 else ''}"]
    lines += _opened(image.origin or Origin(b""))
    height, width = image.height, image.width
    if height * width > 0.9 * MAX_KEPT:
        lines += comment("CNN Studio averages pictures above 12 megapixels down.")
        lines += [
            f"if picture.width * picture.height > {MAX_KEPT}:",
            f"    picture = picture.resize(({width}, {height}), Image.Resampling.BOX)",
        ]
    if image.channels == 3:
        return [
            *lines,
            'pixels = np.asarray(picture.convert("RGB"))',
            "pixels = np.moveaxis(pixels, -1, 0)  # (3, rows, columns): red, green, blue",
        ]
    path = _file(image)
    if path and path.suffix.lower() in _DEEP:
        return [
            *lines,
            'if picture.mode.startswith("I;16"):  # 16 bits a pixel become 8',
            "    pixels = np.rint(np.asarray(picture) / 257).astype(np.uint8)",
            "else:",
            '    pixels = np.asarray(picture.convert("L"))',
        ]
    return [*lines, 'pixels = np.asarray(picture.convert("L"))']


def _opened(origin: Origin) -> list[str]:
    if not isinstance(origin.source, PurePath):  # a file that was made for this: the pixels alone
        return ["picture = Image.open(PICTURE)"]
    lines = []
    if origin.partial:
        lines += comment("The file ends too early; Pillow shows what there is only if asked to.")
        lines.append("ImageFile.LOAD_TRUNCATED_IMAGES = True")
    lines.append("with Image.open(PICTURE) as file:")
    if origin.frame:
        lines.append(f"    file.seek({origin.frame})  # frame or page {origin.frame + 1}")
    lines.append("    picture = ImageOps.exif_transpose(file)  # upright")
    if origin.transparent:
        ground = (*origin.background, 255)
        lines += [
            f'ground = Image.new("RGBA", picture.size, {ground})  # seen through the picture',
            'picture = Image.alpha_composite(ground, picture.convert("RGBA"))',
        ]
    return lines


def pillow_names(bench: ConvolutionBench) -> list[str]:
    """Return what has to be imported from Pillow."""
    names = ["Image"] if needs_pillow(bench) else []
    if not names or not _file(bench.source):
        return names
    partial = bench.source.origin is not None and bench.source.origin.partial
    return ["Image", "ImageFile", "ImageOps"] if partial else ["Image", "ImageOps"]


def _prepared(bench: ConvolutionBench) -> list[str]:
    """Write what is done to the picture before the kernel slides over it."""
    image, lines = bench.source, list[str]()
    if bench.gray and image.channels == 3:
        lines += comment("Gray as the eye takes colours, rounded.")
        if image.pixels.dtype == np.uint8:
            lines += [
                "red, green, blue = pixels.astype(int)",
                "pixels = (299 * red + 587 * green + 114 * blue + 500) // 1000",
                "pixels = pixels.astype(np.uint8)",
            ]
        else:
            lines.append("pixels = 0.299 * pixels[0] + 0.587 * pixels[1] + 0.114 * pixels[2]")
    channels = 1 if bench.gray and image.channels == 3 else image.channels
    height, width = image.height, image.width
    if bench.square and height != width:
        edge = min(height, width)
        top, left = (height - edge) // 2, (width - edge) // 2
        lines += [
            "# The square in its middle.",
            f"pixels = pixels[..., {top}:{top + edge}, {left}:{left + edge}]",
        ]
    if working_side(image, bench.fit, bench.square) is not None:
        lines += _reduced(bench.image.pixels, channels, image.pixels.dtype == np.uint8)
    if bench.invert:
        whole = number(image.low + image.high)
        lines += ["# Black and white are swapped.", f"pixels = {whole} - pixels.astype(float)"]
    return [*lines, "pixels = pixels.astype(float)"] if not bench.invert else lines


def _reduced(made: Pixels, channels: int, plain: bool) -> list[str]:
    size = (made.shape[2], made.shape[1])
    source = "pixels" if channels == 1 else "plane"
    plane = source if plain else f"{source}.astype(np.float32)"
    lines = ["# Averaged down: width and height.", f"size = {size}"]
    if channels == 1:
        small = f"Image.fromarray({plane}).resize(size, Image.Resampling.BOX)"
        return [*lines, f"pixels = np.asarray({small})"]
    return [
        *lines,
        f"planes = [Image.fromarray({plane}) for plane in pixels]",
        "planes = [plane.resize(size, Image.Resampling.BOX) for plane in planes]",
        "pixels = np.stack([np.asarray(plane) for plane in planes])",
    ]
