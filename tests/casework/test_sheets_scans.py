from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.models import (
    Attendance,
    Attestation,
    Scan,
    ScanPage,
    ScanPageState,
    Sheet,
    SheetRow,
)
from casework.sheets import printing, review, scans, tasks
from casework.tasks import wipe_papers
from core import jobs
from core.errors import Refused
from core.models import AccessLogEntry
from core.models.job import JobState
from tests.casework.papers import (
    OCTOBER,
    as_file,
    as_pdf,
    as_photo,
    hours_on,
    latest_sheet,
    people,
    pictures_of,
    planned,
    sign,
)
from tests.cast import protect, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(pedagogue):
    """A person, their printed certificate as a picture, and its rows."""
    (person,) = people(1, pedagogue)
    rows = [hours_on(person, 1), hours_on(person, 2, "2.5")]
    (picture,) = pictures_of(printing.print_month(person, OCTOBER, pedagogue).content)
    return person, picture, rows


def bring_back(content: bytes, by) -> Scan:
    """Send a file in and let it be read."""
    (scan,) = scans.receive(contents=[content], by=by)
    jobs.run(scan.job.pk)
    scan.refresh_from_db()
    return scan


def page_of(sheet, by, number=1, state=ScanPageState.FOUND) -> ScanPage:
    """A page that came back, without its picture."""
    scan = Scan.objects.create(size=1, sha256="0" * 64, uploaded_by=by)
    return ScanPage.objects.create(
        scan=scan,
        number=1,
        picture=b"\xff\xd8",
        sheet=sheet,
        sheet_page=sheet and number,
        state=state,
    )


@pytest.fixture
def listed(pedagogue, monkeypatch):
    """A session's paper with three who were there, and the page that came back."""
    monkeypatch.setattr(printing, "render_pdf", lambda *args, **kwargs: b"%PDF-")
    session = planned(people(3, pedagogue), hours="3", status="present")
    printing.print_session(session, pedagogue)
    page = page_of(latest_sheet(), pedagogue)
    return page, list(Attendance.objects.order_by("participant__sort_name"))


def test_a_photograph_finds_its_person_and_is_registered(month, pedagogue):
    person, picture, rows = month
    scan = bring_back(as_photo(picture), pedagogue)
    page = scan.pages.get()
    assert (page.sheet, page.sheet_page, page.state) == (latest_sheet(), 1, ScanPageState.FOUND)
    scans.register(page=page, row_ids=[row.pk for row in rows], by=pedagogue)
    attestation = Attestation.objects.get()
    assert set(attestation.rows.all()) == set(rows) and attestation.method == "paper"
    assert attestation.scan_page == page and attestation.source == f"papper {page.sheet.code}"
    assert attestation.participant == person and "5,5 timmar" in attestation.text


def test_several_pages_of_a_scanner_land_on_their_papers(month, pedagogue):
    session = planned(people(17, pedagogue), hours="3", status="present")
    pages = pictures_of(printing.print_session(session, pedagogue).content)
    content = as_pdf([pages[1], month[1].rotate(180), pages[0]])
    scan = bring_back(content, pedagogue)
    found = [(page.sheet.kind, page.sheet_page) for page in scan.pages.select_related("sheet")]
    assert found == [("session", 2), ("month", 1), ("session", 1)]
    assert len(review.lines_of(scan.pages.get(number=1), pedagogue)) == 2


def test_the_file_is_wiped_when_its_pages_are_pictures(month, pedagogue):
    scan = bring_back(as_file(month[1], "PNG"), pedagogue)
    assert scan.content == b"" and scan.read_at and scan.size
    assert bytes(scan.pages.get().picture).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("content", [b"%PDF-1.7 cut", b"\xff\xd8\xff\xe0 cut"])
def test_a_file_that_cannot_be_read_leaves_a_sentence_and_nothing_else(pedagogue, content):
    scan = bring_back(content, pedagogue)
    assert scan.job.state == JobState.FAILED and scan.job.error.endswith(".")
    assert scan.content == b"" and ScanPage.objects.count() == 0


def test_a_job_run_twice_makes_the_pages_once(month, pedagogue):
    scan = bring_back(as_file(month[1], "PNG"), pedagogue)
    again = jobs.enqueue(scans.JOB, by=pedagogue, params={"scan": str(scan.pk)})
    jobs.run(again.pk)
    assert scan.pages.count() == 1


def test_one_who_lost_the_permission_reads_nothing(month, pedagogue):
    (scan,) = scans.receive(contents=[as_file(month[1], "PNG")], by=pedagogue)
    pedagogue.role_grants.all().delete()
    jobs.run(scan.job.pk)
    scan.job.refresh_from_db()
    assert scan.job.error == tasks.NO_LONGER


def test_an_unknown_page_is_led_to_its_paper_by_hand(listed, pedagogue):
    page, _ = listed
    sheet = page.sheet
    unknown = page_of(None, pedagogue, state=ScanPageState.UNKNOWN)
    for code, number in (("N-22222222", 1), (sheet.code, 7)):
        with pytest.raises(Refused):
            scans.enter_code(page=unknown, code=code, number=number, by=pedagogue)
    found = scans.enter_code(page=unknown, code=sheet.code.lower(), number=1, by=pedagogue)
    assert (found.sheet, found.state) == (sheet, ScanPageState.FOUND)


def test_the_code_of_a_paper_one_may_not_see_does_not_exist(listed, pedagogue):
    page, rows = listed
    protect(rows[0].participant)
    unknown = page_of(None, pedagogue, state=ScanPageState.UNKNOWN)
    with pytest.raises(Refused, match="inget papper med den koden"):
        scans.enter_code(page=unknown, code=page.sheet.code, number=1, by=pedagogue)


def test_those_who_have_signed_are_registered_each_by_themselves(listed, pedagogue):
    page, rows = listed
    scans.register(page=page, row_ids=[rows[0].pk, rows[2].pk], by=pedagogue)
    assert {each.participant_id for each in Attestation.objects.all()} == {
        rows[0].participant_id,
        rows[2].participant_id,
    }
    assert Attendance.objects.unattested().get() == rows[1]
    page.refresh_from_db()
    assert page.state == ScanPageState.REGISTERED and page.settled_by == pedagogue


def test_hours_changed_after_the_print_cannot_be_registered(listed, pedagogue):
    page, rows = listed
    Attendance.objects.filter(pk=rows[0].pk).update(hours="2.5")
    line = review.lines_of(page, pedagogue)[0]
    assert line.hindrance == "Ändrad från 3 till 2,5 h efter utskriften: skriv ut på nytt."
    with pytest.raises(Refused, match="har ändrats"):
        scans.register(page=page, row_ids=[row.pk for row in rows], by=pedagogue)
    assert Attestation.objects.count() == 0
    scans.register(page=page, row_ids=[row.pk for row in rows[1:]], by=pedagogue)


@pytest.mark.parametrize(
    ("status", "words"), [("expected", "ta den först"), ("absent", "frånvarande")]
)
def test_who_was_not_there_cannot_be_registered(listed, pedagogue, status, words):
    page, rows = listed
    Attendance.objects.filter(pk=rows[0].pk).update(status=status, hours=0)
    assert words in review.lines_of(page, pedagogue)[0].hindrance


def test_nobody_ticked_registers_nothing(listed, pedagogue):
    with pytest.raises(Refused, match="Kryssa"):
        scans.register(page=listed[0], row_ids=[], by=pedagogue)


def test_a_row_of_another_page_is_refused(listed, pedagogue, other_pedagogue):
    (stranger,) = people(1, pedagogue)
    row = hours_on(stranger, 9)
    with pytest.raises(Refused):
        scans.register(page=listed[0], row_ids=[row.pk], by=pedagogue)


def test_of_two_who_register_one_wins_and_the_other_is_told(listed, pedagogue, other_pedagogue):
    page, rows = listed
    scans.register(page=page, row_ids=[rows[0].pk], by=pedagogue)
    with pytest.raises(Refused, match=r"registrerad 20\d\d.* av Anna Berg"):
        scans.register(page=page, row_ids=[rows[1].pk], by=other_pedagogue)
    assert Attestation.objects.count() == 1


def test_a_second_scan_of_a_page_doubles_nothing_but_takes_late_signatures(listed, pedagogue):
    page, rows = listed
    scans.register(page=page, row_ids=[rows[0].pk], by=pedagogue)
    again = page_of(page.sheet, pedagogue)
    with pytest.raises(Refused):
        scans.register(page=again, row_ids=[rows[0].pk], by=pedagogue)
    scans.register(page=again, row_ids=[rows[1].pk], by=pedagogue)
    assert Attestation.objects.count() == 2


def test_somebody_written_in_by_hand_is_registered_and_belongs_to_the_paper(listed, pedagogue):
    page, rows = listed
    (walk_in,) = people(1, pedagogue)
    row = Attendance.objects.create(
        session=page.sheet.session, participant=walk_in, held_on=rows[0].held_on, hours=2,
        is_walk_in=True,
    )  # fmt: skip
    line = review.lines_of(page, pedagogue)[-1]
    assert line.row == row and line.by_hand
    scans.register(page=page, row_ids=[row.pk], by=pedagogue)
    assert SheetRow.objects.get(attendance=row).page == 1
    protect(walk_in)
    assert not ScanPage.objects.visible_to(pedagogue).filter(pk=page.pk).exists()


def test_a_page_is_laid_aside_and_taken_up_again(listed, pedagogue):
    page, _ = listed
    page = scans.put_aside(page=page, note="dubblett", by=pedagogue)
    assert page.state == ScanPageState.ASIDE and not review.waiting(pedagogue)
    assert scans.take_back(page=page, by=pedagogue).state == ScanPageState.FOUND


def test_papers_that_have_not_come_back_are_the_latest_with_something_to_sign(month, pedagogue):
    person, _, rows = month
    first = latest_sheet()
    assert [each.pk for each in review.not_returned(pedagogue)] == [first.pk]
    hours_on(person, 3)
    printing.print_month(person, OCTOBER, pedagogue)
    assert [each.pk for each in review.not_returned(pedagogue)] == [latest_sheet().pk]
    sign(list(Attendance.objects.order_by("held_on")))
    assert not review.not_returned(pedagogue)
    assert Sheet.objects.count() == 2


def test_the_next_page_is_of_the_same_file_then_ones_own_then_any(listed, pedagogue, lead):
    page, _ = listed
    theirs, own = page_of(page.sheet, lead), page_of(page.sheet, pedagogue)
    same = ScanPage.objects.create(
        scan=page.scan, number=2, picture=b"\xff\xd8", sheet=page.sheet, sheet_page=1, state="found"
    )
    assert review.next_after(page, pedagogue) == same
    same.delete()
    assert review.next_after(page, pedagogue) == own
    own.delete()
    assert review.next_after(page, pedagogue) == theirs


# Pages


def test_files_are_sent_in_and_lead_to_their_progress(client, month, pedagogue):
    sign_in(client, pedagogue)
    file = SimpleUploadedFile("Maja.pdf", as_file(month[1], "PNG"))
    answer = client.post(reverse("sheets:scan_new"), {"files": [file]})
    assert answer.url == Scan.objects.get().job.get_absolute_url()
    files = [SimpleUploadedFile(f"{n}.jpg", as_file(month[1], "JPEG")) for n in range(3)]
    answer = client.post(reverse("sheets:scan_new"), {"files": files}, follow=True)
    assert (
        Scan.objects.count() == 4 and "3\N{NO-BREAK SPACE}filer läses in" in answer.content.decode()
    )


@pytest.mark.parametrize("files", [[], [b""], [b"MZ"], [b"%PDF-1.7", b"GIF89a"]])
def test_what_is_no_paper_is_refused_at_the_door(client, pedagogue, files):
    sign_in(client, pedagogue)
    sent = [SimpleUploadedFile("papper.pdf", content) for content in files]
    answer = client.post(reverse("sheets:scan_new"), {"files": sent})
    assert answer.status_code == 422 and Scan.objects.count() == 0


def test_one_file_too_large_among_several_is_told(client, pedagogue, settings):
    settings.MAX_IMPORT_BYTES = 1024 * 1024
    sign_in(client, pedagogue)
    files = [
        SimpleUploadedFile("a.pdf", b"%PDF-1.7"),
        SimpleUploadedFile("b.pdf", b"%PDF-" + b"x" * 2 * 1024 * 1024),
    ]
    answer = client.post(reverse("sheets:scan_new"), {"files": files})
    assert answer.status_code == 422 and "större än 1 MB" in answer.content.decode()


def test_a_certificate_is_ready_to_save_and_leads_on_to_the_next(client, month, pedagogue):
    person, _, rows = month
    sheet = latest_sheet()
    page, following = page_of(sheet, pedagogue), page_of(sheet, pedagogue)
    sign_in(client, pedagogue)
    text = client.get(page.get_absolute_url()).content.decode()
    assert text.count(" checked") == 2 and person.list_name in text
    answer = client.post(page.get_absolute_url(), {"row": [row.pk for row in rows]})
    assert answer.url == following.get_absolute_url()
    text = client.get(following.get_absolute_url()).content.decode()
    assert "Alla på sidan har redan skrivit under" in text and 'name="row"' not in text


def test_on_a_list_nobody_is_ticked_beforehand(client, listed, pedagogue):
    text = sign_in(client, pedagogue).get(listed[0].get_absolute_url()).content.decode()
    assert text.count('name="row"') == 3 and " checked" not in text


def test_what_was_refused_is_said_on_the_page_with_what_was_ticked(client, listed, pedagogue):
    page, rows = listed
    Attendance.objects.filter(pk=rows[0].pk).update(hours=1)
    sign_in(client, pedagogue)
    ticked = {"row": [rows[0].pk, rows[1].pk]}
    answer = client.post(page.get_absolute_url(), ticked)
    assert answer.status_code == 422 and answer.content.decode().count(" checked") == 1
    assert "skriv ut på nytt" in answer.content.decode()


def test_the_picture_is_sent_to_those_who_see_everybody_on_it_and_logged(
    client, listed, pedagogue, officer
):
    page, rows = listed
    address = reverse("sheets:page_picture", args=[page.pk])
    answer = sign_in(client, pedagogue).get(address)
    assert answer["Content-Type"] == "image/jpeg" and "no-store" in answer["Cache-Control"]
    logged = AccessLogEntry.objects.filter(what="sheets:page_picture")
    assert set(logged.values_list("person_id", flat=True)) == {row.participant_id for row in rows}
    protect(rows[0].participant)
    assert client.get(address).status_code == 404
    assert client.get(page.get_absolute_url()).status_code == 404


def test_a_page_without_code_is_shown_to_its_sender_only(client, pedagogue, lead):
    page = page_of(None, pedagogue, state=ScanPageState.UNKNOWN)
    assert "Läs koden" in sign_in(client, pedagogue).get(page.get_absolute_url()).content.decode()
    assert sign_in(client, lead).get(page.get_absolute_url()).status_code == 404


def test_a_code_typed_wrong_is_told_beside_it(client, pedagogue):
    page = page_of(None, pedagogue, state=ScanPageState.UNKNOWN)
    address = reverse("sheets:page_code", args=[page.pk])
    answer = sign_in(client, pedagogue).post(address, {"code": "N-22", "number": 1})
    assert answer.status_code == 422 and "åtta tecken" in answer.content.decode()
    answer = client.post(address, {"code": "N-22222222", "number": 1})
    assert answer.status_code == 422 and "inget papper med den koden" in answer.content.decode()


def test_a_page_laid_aside_says_who_and_why(client, listed, pedagogue):
    page, _ = listed
    sign_in(client, pedagogue)
    client.post(reverse("sheets:page_aside", args=[page.pk]), {"note": "Ingen har skrivit under"})
    text = client.get(page.get_absolute_url()).content.decode()
    assert "Ingen har skrivit under" in text and "av Anna Berg" in text
    answer = client.post(reverse("sheets:page_take_back", args=[page.pk]))
    assert answer.url == page.get_absolute_url()


def test_the_list_costs_the_same_for_two_papers_and_for_twenty(client, pedagogue, monkeypatch):
    monkeypatch.setattr(printing, "render_pdf", lambda *args, **kwargs: b"%PDF-")
    sign_in(client, pedagogue)

    def count(persons):
        for person in persons:
            hours_on(person, 1)
            printing.print_month(person, OCTOBER, pedagogue)
            page_of(latest_sheet(), pedagogue)
            printing.print_month(person, OCTOBER, pedagogue)
            hours_on(person, 2)
            printing.print_month(person, OCTOBER, pedagogue)
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("sheets:scan_list")).status_code == 200
        return len(found)

    count(people(1, pedagogue))  # what only a first visit costs
    assert count(people(1, pedagogue)) == count(people(10, pedagogue))


def test_a_registered_paper_stands_in_the_timeline(client, listed, pedagogue, officer):
    page, rows = listed
    scans.register(page=page, row_ids=[rows[0].pk], by=pedagogue)
    text = sign_in(client, pedagogue).get(rows[0].participant.get_absolute_url()).content.decode()
    assert "Underskrivet papper registrerat" in text and page.get_absolute_url() in text


def test_files_that_could_not_be_read_are_wiped_after_a_day(pedagogue):
    (scan,) = scans.receive(contents=[b"%PDF-1.7"], by=pedagogue)
    wipe_papers()
    assert Scan.objects.get().content
    Scan.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    wipe_papers()
    assert Scan.objects.get().content == b""
