"""Papers for the tests: hours to sign for, and pictures of a printed page as a phone takes them."""

import io
from datetime import date, time
from decimal import Decimal

import pypdfium2
from PIL import Image, ImageEnhance, ImageFilter

from casework import attest
from casework.models import Activity, Attendance, Session, SessionStatus, Sheet
from core.periods import Month
from tests.cast import enrol, make_person

OCTOBER = Month(2026, 10)


def activity(name: str = "CV-verkstad") -> Activity:
    """The activity by a name."""
    return Activity.objects.get_or_create(name=name, kind="group")[0]


def hours_on(person, day: int, hours="3", *, name: str = "CV-verkstad", month: int = 10, **facts):
    """Let a person have been there on a day of a month in 2026."""
    on = date(2026, month, day)
    session, _ = Session.objects.get_or_create(activity=activity(name), held_on=on)
    return Attendance.objects.create(
        session=session, participant=person, held_on=on, hours=Decimal(hours), **facts
    )


def people(count: int, contact, last_name: str = "Testsson") -> list:
    """Enrol some people."""
    persons = [make_person(last_name=last_name) for _ in range(count)]
    for person in persons:
        enrol(person, contact=contact, starts_on=date(2026, 8, 1))
    return persons


def planned(persons, *, name: str = "Snickeri", hours="0", status="expected") -> Session:
    """A session with a roster."""
    day = date(2026, 10, 5)
    session = Session.objects.create(
        activity=activity(name),
        held_on=day,
        starts_at=time(9),
        ends_at=time(12),
        planned_hours=Decimal(3),
        status=SessionStatus.PLANNED,
    )
    for person in persons:
        Attendance.objects.create(
            session=session, participant=person, held_on=day, hours=Decimal(hours), status=status
        )
    return session


def sign(rows, by=None, method="drawn", **facts):
    """Let the participant sign for rows."""
    offer = attest.offer_for(rows)
    return attest.attest(
        participant=rows[0].participant,
        row_ids=offer.row_ids,
        shown_sha256=offer.sha256,
        method=method,
        by=by,
        **facts,
    )


def latest_sheet() -> Sheet:
    """The paper printed last."""
    return Sheet.objects.order_by("pk").last()


def text_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def pictures_of(pdf: bytes, dpi: int = 110) -> list[Image.Image]:
    """The pages as pictures, as a scanner would take them."""
    return [page.render(scale=dpi / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]


def as_photo(page: Image.Image, *, tilt=4, light=0.55, quality=55, turn=0) -> bytes:
    """The page on a table: tilted, dark, a little blurred, and hard pressed as JPEG."""
    table = Image.new("RGB", (page.width + 260, page.height + 260), "#6b4a2b")
    table.paste(page.convert("RGB"), (130, 130))
    table = table.rotate(tilt + turn, expand=True, fillcolor="#6b4a2b", resample=Image.BICUBIC)
    table = ImageEnhance.Brightness(table).enhance(light).filter(ImageFilter.GaussianBlur(0.6))
    return as_file(table, "JPEG", quality=quality)


def as_file(picture: Image.Image, kind: str, **options) -> bytes:
    """The picture as a file."""
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def as_pdf(pages: list[Image.Image]) -> bytes:
    """Pictures as the one file a scanner makes."""
    first, *rest = [page.convert("L") for page in pages]
    return as_file(first, "PDF", save_all=True, append_images=rest, resolution=110)
