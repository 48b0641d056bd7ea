from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from casework.models import (
    Activity,
    Attestation,
    EsfProject,
    Scan,
    ScanPage,
    ScanPageState,
    SessionStatus,
    Sheet,
)
from casework.sheets import certificates, printing
from core.errors import Refused
from core.models import AccessLogEntry
from core.periods import Month
from participants.models import Participant
from tests.casework.papers import (
    OCTOBER,
    hours_on,
    latest_sheet,
    people,
    planned,
    sign,
    text_of,
)
from tests.cast import enrol, make_person, sign_in

pytestmark = pytest.mark.django_db
LONG = "Studiebesök och nätverk med företagare i Tumba centrum, heldag med lunch och gemensam resa"


@pytest.fixture
def maja(pedagogue):
    person = make_person("Maja", "Lindström")
    enrol(person, contact=pedagogue)
    return person


@pytest.fixture
def unseen_pdf(monkeypatch):
    """Do all but draw the file, where a test is about what is stored."""
    monkeypatch.setattr(printing, "render_pdf", lambda *args, **kwargs: b"%PDF-")


def certificate_of(person, month=OCTOBER):
    (found,) = certificates.load(Participant.objects.filter(pk=person.pk), month)
    return found


def test_a_certificate_says_project_person_days_and_sum(maja, pedagogue):
    EsfProject.objects.filter(valid_until=None).update(diary_number="2016/00123")
    hours_on(maja, 1), hours_on(maja, 2, "2.5"), hours_on(maja, 3, month=9)
    (page,) = text_of(printing.print_month(maja, OCTOBER, pedagogue).content)
    for words in ("Maja Lindström", maja.formatted_number, "2016/00123", "2026-10-02", "2,5"):
        assert words in page
    assert "2026-09-03" not in page and "5,5" in page and latest_sheet().code in page


def test_a_whole_month_fits_on_one_page(maja, pedagogue):
    for day in range(1, 32):
        hours_on(maja, day, "7.5")
    pages = text_of(printing.print_month(maja, OCTOBER, pedagogue).content)
    assert len(pages) == latest_sheet().pages == 1
    assert "232,5" in pages[0] and "2026-10-31" in pages[0] and "Ort och datum" in pages[0]


def test_each_day_of_a_crowded_month_stands_on_the_page_where_it_is_stored(maja, pedagogue):
    for day in range(1, 32):
        hours_on(maja, day, "4"), hours_on(maja, day, "3", name=LONG)
    pages = text_of(printing.print_month(maja, OCTOBER, pedagogue).content)
    sheet = latest_sheet()
    assert len(pages) == sheet.pages > 1
    for row in sheet.rows.select_related("attendance"):
        assert row.attendance.held_on.isoformat() in pages[row.page - 1]
    assert all("Ort och datum" in page for page in pages)


def test_several_activities_of_a_day_share_a_line(maja):
    hours_on(maja, 1, "3"), hours_on(maja, 1, "1.5", name="Samtal")
    (line,) = certificate_of(maja).lines
    assert line.activities == "CV-verkstad (3 h), Samtal (1,5 h)" and line.hours == Decimal("4.5")


def test_an_unchanged_paper_keeps_its_code(maja, pedagogue, unseen_pdf):
    hours_on(maja, 1)
    printing.print_month(maja, OCTOBER, pedagogue), printing.print_month(maja, OCTOBER, pedagogue)
    assert Sheet.objects.count() == 1


@pytest.mark.parametrize("change", ["hours", "one more", "signed", "registered"])
def test_a_paper_that_says_something_else_or_is_done_with_gets_a_new_code(
    maja, pedagogue, unseen_pdf, change
):
    row = hours_on(maja, 1)
    hours_on(maja, 2)
    printing.print_month(maja, OCTOBER, pedagogue)
    if change == "hours":
        type(row).objects.filter(pk=row.pk).update(hours=2)
    elif change == "one more":
        hours_on(maja, 3)
    elif change == "signed":
        sign([row])
    else:
        scan = Scan.objects.create(size=1, sha256="0" * 64, uploaded_by=pedagogue)
        ScanPage.objects.create(
            scan=scan, number=1, picture=b"x", sheet=latest_sheet(), sheet_page=1,
            state=ScanPageState.REGISTERED,
        )  # fmt: skip
    printing.print_month(maja, OCTOBER, pedagogue)
    assert Sheet.objects.count() == 2


def test_what_is_signed_already_says_so_and_when(maja, pedagogue):
    sign([hours_on(maja, 1)])
    hours_on(maja, 2)
    Attestation.objects.update(recorded_at="2026-11-03T12:00Z")
    (page,) = text_of(printing.print_month(maja, OCTOBER, pedagogue).content)
    assert "underskriven 2026-11-03, ritad" in page and "Ort och datum" in page


def test_a_month_that_is_signed_needs_no_paper(maja, pedagogue):
    rows = [hours_on(maja, 1), hours_on(maja, 2)]
    attestation = sign(rows, by=pedagogue, strokes=[[[0.1, 0.1], [0.5, 0.3]], [[0.6, 0.1]]])
    text = "".join(text_of(printing.print_month(maja, OCTOBER, pedagogue).content))
    assert Sheet.objects.count() == 0
    assert attestation.text in text.replace("\r\n", " ") and "Ort och datum" not in text
    assert attestation.rows_sha256[:16] in text and "Anna Berg" in text


def test_the_digital_version_tells_what_is_not_signed(maja, pedagogue):
    sign([hours_on(maja, 1)])
    hours_on(maja, 2, "2.5")
    text = "".join(text_of(printing.print_digital(maja, OCTOBER, pedagogue).content))
    assert "2,5 timmar är inte underskrivna" in text and Sheet.objects.count() == 0


def test_a_month_without_hours_is_refused(maja, pedagogue):
    with pytest.raises(Refused, match="ingen närvaro i oktober 2026"):
        printing.print_month(maja, OCTOBER, pedagogue)


@pytest.mark.parametrize(("female", "code"), [(True, "Tf29"), (False, "Tf19")])
def test_a_protected_person_stands_by_code_in_every_byte(pedagogue, female, code):
    born = date(2003, 4, 5)
    person = make_person(
        "Xantippa",
        "Hemligsson",
        birth_date=born,
        female=female,
        protected=True,
        readers=[pedagogue],
    )
    enrol(person, contact=pedagogue)
    hours_on(person, 1)
    files = [
        printing.print_month(person, OCTOBER, pedagogue).content,
        printing.print_session(planned([person]), pedagogue).content,
    ]
    text, content = "".join(page for file in files for page in text_of(file)), b"".join(files)
    assert text.count(person.code) == 2 and f"20030405-{code}" in text
    for secret in ("Xantippa", "Hemligsson", person.number[2:], person.number[-4:]):
        assert secret not in text and secret.encode("utf-16-be") not in content
        assert len(secret) == 4 or secret.encode() not in content


def test_everybody_on_a_list_stands_on_the_page_where_they_are_stored(pedagogue):
    persons = people(34, pedagogue)
    Participant.objects.filter(pk=persons[3].pk).update(
        first_name="Alexandra-Maximiliana Konstantina", last_name="Oscarsson Bergström-Lundqvist"
    )
    pages = text_of(printing.print_session(planned(persons, name=LONG), pedagogue).content)
    sheet = latest_sheet()
    assert len(pages) == sheet.pages == 3 and sheet.rows.count() == 34
    for row in sheet.rows.select_related("attendance__participant"):
        assert row.attendance.participant.list_name.split()[-1] in pages[row.page - 1]
    assert all("Ledarens underskrift" in page and sheet.code in page for page in pages)
    assert "Sida 3 av 3" in pages[2]


def test_a_list_holds_only_those_whom_the_printing_user_sees(pedagogue, unseen_pdf):
    seen, absent = people(2, pedagogue)
    unseen = make_person(protected=True)
    enrol(unseen, contact=pedagogue)
    session = planned([seen, unseen])
    session.attendance.create(participant=absent, held_on=session.held_on, hours=0, status="absent")
    printing.print_session(session, pedagogue)
    assert [row.attendance.participant for row in latest_sheet().rows.all()] == [seen]
    assert latest_sheet().rows.get().hours == 3  # as planned
    assert list(AccessLogEntry.objects.values_list("person_id", "action")) == [(seen.pk, "printed")]


def test_a_cancelled_session_has_no_list(pedagogue):
    session = planned([])
    session.status, session.cancel_reason = SessionStatus.CANCELLED, "prov"
    with pytest.raises(Refused, match="inställt"):
        printing.print_session(session, pedagogue)


def test_the_page_offers_to_print_and_the_file_comes_by_post(client, maja, pedagogue):
    hours_on(maja, 1)
    sign_in(client, pedagogue)
    page = client.get(reverse("sheets:certificate", args=[maja.pk, "2026-10"])).content.decode()
    address = reverse("sheets:certificate_ink", args=[maja.pk, "2026-10"])
    assert address in page and client.get(address).status_code == 405
    answer = client.post(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="intyg-2026-10.pdf"'
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("month", ["2026-13", "oktober", "2026-1"])
def test_a_month_that_is_none_is_not_found(client, maja, pedagogue, month):
    sign_in(client, pedagogue)
    assert client.get(reverse("sheets:certificate", args=[maja.pk, month])).status_code == 404


def test_a_month_without_hours_says_so(client, maja, pedagogue):
    sign_in(client, pedagogue)
    page = client.get(reverse("sheets:certificate", args=[maja.pk, "2026-09"])).content.decode()
    assert "Ingen närvaro den månaden" in page
    answer = client.post(reverse("sheets:certificate_ink", args=[maja.pk, "2026-09"]), follow=True)
    assert "ingen närvaro i september 2026" in answer.content.decode()


def test_an_officer_prints_under_consent_only(client, officer):
    person = make_person()
    enrol(person, officer=officer)
    hours_on(person, 1)
    sign_in(client, officer)
    address = reverse("sheets:certificate_ink", args=[person.pk, "2026-10"])
    assert client.post(address).status_code == 404


def test_a_certificate_costs_the_same_for_two_days_and_for_twenty(
    maja, pedagogue, django_assert_num_queries
):
    def count(days):
        for day in days:
            sign([hours_on(maja, day)], by=pedagogue)
        with django_assert_num_queries(8):
            (found,) = certificates.load(Participant.objects.filter(pk=maja.pk), OCTOBER)
            assert [line.mark for line in found.lines] and found.number and found.attestations

    count([1, 2]), count(range(3, 23))


def test_months_lie_apart(maja, pedagogue, unseen_pdf):
    hours_on(maja, 1), hours_on(maja, 1, month=9)
    printing.print_month(maja, OCTOBER, pedagogue)
    printing.print_month(maja, Month(2026, 9), pedagogue)
    assert sorted(Sheet.objects.values_list("month", flat=True)) == ["2026-09", "2026-10"]
    assert Activity.objects.count() == 1
