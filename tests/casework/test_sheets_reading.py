import base64
import io
import zlib

import pytest
from PIL import Image, ImageFile
from pypdf import PdfReader, PdfWriter

from casework.sheets import codes, layout, pictures, reading
from tests.casework import papers

CODE = "N-7KQ2MX4P"


def page(code=CODE, number=1, size=(900, 1270)) -> Image.Image:
    """A white page with a code up to the right."""
    drawing = codes.picture(code, number).split(",")[1]
    qr = Image.open(io.BytesIO(base64.b64decode(drawing))).resize((118, 118))
    paper = Image.new("RGB", size, "white")
    paper.paste(qr, (size[0] - 190, 60))
    return paper


def read(content: bytes):
    ((_, _, picture),) = pictures.pages_of(content)
    return reading.find(picture)


def png(width, height) -> bytes:
    """A PNG that says it is so large, and holds next to nothing."""

    def chunk(kind, data):
        check = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + check

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("text", ["n-7kq2mx4p", "7KQ2MX4P", "N 7KQ2 MX4P", "N-7KQ2MX4P "])
def test_a_code_is_understood_as_people_write_it(text):
    assert codes.typed(text) == CODE


@pytest.mark.parametrize("text", ["", "7KQ2MX4", "N-7KQ2MX4PX", "N-7KQ2MX40", "hej"])
def test_what_is_no_code_is_none(text):
    assert codes.typed(text) == ""


@pytest.mark.parametrize("text", ["BASUN:N-7KQ2MX4P:0", "BASUN:N-7KQ2MX4P", "https://exempel.se"])
def test_other_qr_codes_are_not_ours(text):
    assert codes.read(text) is None


def test_a_clean_page_is_read():
    assert read(papers.as_file(page(number=12), "PNG")) == reading.Found(CODE, 12, 0)


@pytest.mark.parametrize(
    "facts",
    [{"tilt": 8}, {"light": 0.25}, {"quality": 25}, {"tilt": -17, "light": 0.35, "quality": 40}],
)
def test_a_bad_photograph_is_read(facts):
    found = read(papers.as_photo(page(), **facts))
    assert (found.code, found.page) == (CODE, 1)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_lying_down_is_turned_upright(turn):
    found = read(papers.as_photo(page(), turn=turn))
    upright = page().rotate(turn + found.turn, expand=True)
    assert upright.size == page().size
    assert reading.find(upright).turn == 0


def test_the_cameras_own_turn_is_followed_and_its_notes_are_dropped():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Kameran"
    ((_, _, picture),) = pictures.pages_of(papers.as_file(page(), "JPEG", exif=exif))
    assert picture.size == (1270, 900)
    stored = Image.open(io.BytesIO(pictures.kept(picture)))
    assert not stored.getexif() and b"Kameran" not in pictures.kept(picture)


def test_a_page_without_code_and_one_with_two_are_nobodys():
    two = page()
    two.paste(page("N-22222222").crop((600, 0, 900, 300)), (0, 700))
    assert reading.find(Image.new("RGB", (600, 800), "white")) is None
    assert reading.find(two) is None


def test_every_page_of_a_file_comes_in_order():
    content = papers.as_pdf([page(number=1), page(number=2), page(number=3)])
    found = [reading.find(picture).page for _, _, picture in pictures.pages_of(content)]
    assert found == [1, 2, 3]


def locked(content: bytes) -> bytes:
    writer, out = PdfWriter(PdfReader(io.BytesIO(content))), io.BytesIO()
    writer.encrypt("hemligt")
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"MZ program.pdf",
        b"%PDF-1.7 nothing more",
        b"%PDF-1.7\n%%EOF",
        b"\xff\xd8\xff\xe0 no picture",
        png(40_000, 40_000),
        png(9_000, 9_000),
        png(300, 300),
        papers.as_pdf([page(size=(300, 400))])[:-700],
        papers.as_file(page(), "JPEG")[:-2000],
        locked(papers.as_pdf([page(size=(300, 400))])),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(content, monkeypatch):
    # As it is in a process that has made a PDF.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(pictures.Unreadable, match=r"[A-ZÅÄÖ].*\."):
        list(pictures.pages_of(content))


def test_too_many_pages_are_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_PAGES", 2)
    with pytest.raises(pictures.Unreadable, match="Dela den"):
        list(pictures.pages_of(papers.as_pdf([page(size=(60, 80))] * 3)))


def test_a_page_that_says_it_is_as_large_as_a_house_is_drawn_small():
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(14_400, 14_400)
    writer.write(out)
    ((_, _, picture),) = pictures.pages_of(out.getvalue())
    assert max(picture.size) <= pictures.READ_LONGEST


def test_the_stored_picture_is_small():
    large = Image.effect_noise((2000, 2900), 40)
    stored = Image.open(io.BytesIO(pictures.kept(large)))
    assert max(stored.size) == pictures.KEPT_LONGEST and stored.format == "JPEG"


def test_lines_are_shared_out_over_pages():
    assert layout.in_pages([1, 2, 3, 4], lambda item: item, room=3) == [[1, 2], [3], [4]]
    assert layout.in_pages([], len, room=3) == [[]]
