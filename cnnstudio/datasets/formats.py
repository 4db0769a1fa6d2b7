"""Which formats can be opened: recognised by their first bytes, never by the name of the file."""

import re

from cnnstudio.datasets.bmp_file import read_bmp
from cnnstudio.datasets.decoding import Reader, Refusal
from cnnstudio.datasets.gif_file import read_gif
from cnnstudio.datasets.ico_file import read_ico
from cnnstudio.datasets.jpeg_file import read_jpeg
from cnnstudio.datasets.netpbm_file import read_netpbm
from cnnstudio.datasets.png_file import read_png
from cnnstudio.datasets.tiff_file import read_tiff
from cnnstudio.datasets.webp_file import read_webp

HEAD = 512  # bytes that are looked at
# What a file dialog offers.
SUFFIXES = (
    ".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff", ".gif", ".bmp", ".webp",
    ".ppm", ".pgm", ".pbm", ".pnm", ".ico",
)  # fmt: skip
# One reader sees a file, and no other.
_FORMATS: tuple[tuple[bytes, str, Reader], ...] = (
    (rb"\x89PNG\r\n\x1a\n", "PNG", read_png),
    (rb"\xff\xd8\xff", "JPEG", read_jpeg),
    (rb"II[*+]\0|MM\0[*+]|II\0\*|MM\*\0", "TIFF", read_tiff),
    (rb"GIF8[79]a", "GIF", read_gif),
    (rb"BM", "BMP", read_bmp),
    (rb"RIFF....WEBP", "WebP", read_webp),
    (rb"P[1-6][\s#]", "PPM, PGM or PBM", read_netpbm),
    (rb"\0\0\x01\0", "ICO", read_ico),
)
_OTHERS = (
    (rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (rb"\0\0\0\x0cJXL |\xff\x0a", "a JPEG XL picture"),
    (rb"\xff\xd8", "a JPEG picture that ends at once"),
    (rb"....ftyp(avi|hei|hev|mif|msf)", "an AVIF or HEIC picture"),
    (rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", "a film"),
    (rb"RIFF....WAVE|ID3|OggS|fLaC", "a sound"),
    (rb"%PDF|%!PS|\xc5\xd0\xd3\xc6", "a PDF or PostScript document"),
    (rb"\s*<(!doctype )?html", "a web page"),
    (rb"(\xef\xbb\xbf)?\s*<(svg|\?xml|!doctype)", "an SVG drawing or another XML document"),
    (rb"8BPS", "a Photoshop picture"),
    (rb"gimp xcf", "a GIMP picture"),
    (rb"\0\0\x02\0", "a mouse pointer (CUR)"),
    (rb"icns", "an icon of macOS (ICNS)"),
    (rb"v/1\x01|#\?RADIANCE|#\?RGBE|P[fF]\s", "a picture of a high dynamic range"),
    (rb"P7\s", "a PAM picture"),
    (rb"qoif", "a QOI picture"),
    (rb"DDS ", "a DDS texture"),
    (rb"farbfeld", "a farbfeld picture"),
    (rb"\x01\xda[\0\x01]", "an SGI picture"),
    (rb"\x59\xa6\x6a\x95", "a Sun raster picture"),
    (rb"\x0a[\0-\x05]\x01[\x01\x02\x04\x08]", "a PCX picture"),
    (rb"SIMPLE  =", "a FITS picture"),
    (rb"\x89HDF|CDF[\x01\x02]|GRIB|BUFR", "a file of scientific data"),
    (rb"\xd7\xcd\xc6\x9a|\x01\0\0\0.{36} EMF", "a drawing of Windows (WMF or EMF)"),
    (rb"\xd0\xcf\x11\xe0", "a document of an office program"),
    (rb"PK\x03\x04|\x1f\x8b|BZh|7z\xbc\xaf|\xfd7zXZ|Rar!", "an archive of packed files"),
    (rb"\x93NUMPY", "a NumPy array"),
    (rb"#define |/\* XPM", "an XBM or XPM picture"),
    (rb"[\t\n\r\x20-\x7e]+\Z", "a text"),
)
_OPENS = "CNN Studio opens PNG, JPEG, TIFF, GIF, BMP, WebP, PPM, PGM, PBM and ICO"


def recognise(head: bytes) -> tuple[str, Reader]:
    """Tell from the first bytes of a file what it is called, and what reads it."""
    if not head:
        raise Refusal("is empty")
    for signature, kind, reader in _FORMATS:
        if re.match(signature, head, re.DOTALL):
            return kind, reader
    found = (what for signature, what in _OTHERS if re.match(signature, head, re.DOTALL | re.I))
    raise Refusal(f"is {next(found, 'no picture of a known format')}; {_OPENS}")
