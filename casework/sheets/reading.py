"""Finding the code on a page that was scanned or photographed: skewed, dark, small or upside down."""

from collections.abc import Iterator
from dataclasses import dataclass

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from casework.sheets import codes

QR = zxingcpp.BarcodeFormat.QRCode
QUARTER = 90


@dataclass(frozen=True, slots=True)
class Found:
    """What the code says, and how far the page must be turned (counter-clockwise) to stand upright."""

    code: str
    page: int
    turn: int


def find(picture: Image.Image) -> Found | None:
    """Return the page's code; None when there is none, or codes of different pages.

    Tried on the picture as it is first, then on versions of it in which more shows.
    """
    for version, binarizer in _versions(picture.convert("L")):
        found = {
            each
            for barcode in zxingcpp.read_barcodes(version, formats=QR, binarizer=binarizer)
            if (each := _found(barcode))
        }
        if found:
            pages = {(each.code, each.page) for each in found}
            return found.pop() if len(pages) == 1 else None
    return None


def _found(barcode) -> Found | None:
    named = codes.read(barcode.text)
    if named is None:
        return None
    return Found(*named, turn=round(barcode.orientation / QUARTER) * QUARTER % 360)


def _versions(grey: Image.Image) -> Iterator[tuple[Image.Image, zxingcpp.Binarizer]]:
    """Yield the picture in ever more costly versions, each with the way to make it black and white."""
    local, whole = zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram
    yield grey, local
    clear = ImageOps.autocontrast(grey, cutoff=2)
    yield clear, local
    yield clear, whole
    yield clear.filter(ImageFilter.MedianFilter(3)), local
    yield _scaled(clear, 0.5), local
    yield _scaled(clear, 2).filter(ImageFilter.SHARPEN), local
    for degrees in (15, -15, 45):
        yield clear.rotate(degrees, expand=True, fillcolor=255), local


def _scaled(picture: Image.Image, factor: float) -> Image.Image:
    size = (max(int(picture.width * factor), 1), max(int(picture.height * factor), 1))
    return picture.resize(size, Image.Resampling.LANCZOS)
