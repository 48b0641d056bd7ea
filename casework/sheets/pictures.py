"""A file that came back, as pictures of its pages: checked by what it holds, never by its name.

Everything that is wrong with a file becomes Unreadable, with a sentence for the one who sent it.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from PIL import Image, ImageFile, ImageOps

MAX_PAGES = 200
# A larger photograph is taken for a bomb: it would fill the memory when unpacked.
MAX_PIXELS = 64_000_000
# The longest side of a page: to read its code from, and as it is kept (A4 at about 150 dpi).
READ_LONGEST, KEPT_LONGEST = 2400, 1800
KEPT_QUALITY = 72
POINTS_AN_INCH, PDF_DPI = 72, 200

SIGNATURES = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png"}

WRONG_KIND = "Filen är varken PDF, JPEG eller PNG. Skanna eller fotografera pappret igen."
BROKEN = "Filen är skadad eller inte hel. Skanna eller fotografera pappret igen."
LOCKED = "Filen är skadad eller har lösenord. Spara den utan lösenord och skicka den igen."
TOO_MANY = f"Filen har fler än {MAX_PAGES} sidor. Dela den i flera."
EMPTY = "Filen har inga sidor. Skanna pappren igen."
TOO_LARGE = "Bilden är för stor. Ta den med lägre upplösning, eller skanna till PDF."


class Unreadable(Exception):
    """The file can't be made into pictures; the message is a Swedish sentence that says what to do."""


def kind_of(content: bytes) -> str | None:
    """Return pdf, jpeg or png by how the content begins; None for anything else. Pure."""
    return next((kind for start, kind in SIGNATURES.items() if content.startswith(start)), None)


def pages_of(content: bytes) -> Iterator[tuple[int, int, Image.Image]]:
    """Yield (number, how many there are, picture) for each page, the right way up. Raises Unreadable."""
    kind = kind_of(content)
    if kind is None:
        raise Unreadable(WRONG_KIND)
    yield from _pdf(content) if kind == "pdf" else [(1, 1, _photograph(content))]


def kept(picture: Image.Image) -> bytes:
    """Return a page as the JPEG that is stored: small, and with nothing of the camera's own notes."""
    small = picture.convert("RGB")
    small.thumbnail((KEPT_LONGEST, KEPT_LONGEST))
    plain = Image.new("RGB", small.size)
    plain.paste(small)
    content = io.BytesIO()
    plain.save(content, "JPEG", quality=KEPT_QUALITY, optimize=True)
    return content.getvalue()


def _pdf(content: bytes):
    # A file cut short would be mended in silence, and the pages that are gone nobody would miss.
    if b"%%EOF" not in content[-2048:]:
        raise Unreadable(BROKEN)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(LOCKED) from error
    try:
        count = len(document)
        if not 0 < count <= MAX_PAGES:
            raise Unreadable(TOO_MANY if count else EMPTY)
        for index in range(count):
            yield index + 1, count, _rendered(document, index)
    finally:
        document.close()


def _rendered(document, index: int) -> Image.Image:
    """Draw a page, however large it says it is, no larger than we read from."""
    try:
        page = document[index]
        longest = max(page.get_size())
        scale = min(PDF_DPI / POINTS_AN_INCH, READ_LONGEST / max(longest, 1))
        return page.render(scale=scale).to_pil()
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        raise Unreadable(BROKEN) from error


def _photograph(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
        if picture.width * picture.height > MAX_PIXELS:
            raise Unreadable(TOO_LARGE)
        picture.draft("RGB", (READ_LONGEST, READ_LONGEST))
        with _whole_files_only():
            picture.load()
        picture = ImageOps.exif_transpose(picture).convert("RGB")
    except Image.DecompressionBombError as error:
        raise Unreadable(TOO_LARGE) from error
    except (OSError, SyntaxError, ValueError, MemoryError) as error:
        raise Unreadable(BROKEN) from error
    picture.thumbnail((READ_LONGEST, READ_LONGEST))
    return picture


@contextmanager
def _whole_files_only():
    """Let a picture that is cut short be refused: WeasyPrint, once loaded, makes Pillow take those."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
