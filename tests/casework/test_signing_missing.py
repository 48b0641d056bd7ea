"""Who must still sign: who stands in the list, in which order, and reminding from it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import Attendance, EsfProject, SigningLink
from casework.signing import missing
from casework.signing.links import channel_for
from casework.signing.on_other_pages import next_steps
from core.models import AccessLogEntry
from tests.casework.signing_world import PHONE, came, sign_on_screen, today
from tests.cast import enrol, give_consent, make_person, protect, sign_in

pytestmark = pytest.mark.django_db
URL = "/underskrifter/"


@pytest.fixture
def nura(pedagogue, officer):
    person = make_person("Nura", "Sommarsson", phone=PHONE)
    enrol(person, contact=pedagogue, officer=officer)
    return person


def text(response):
    return response.content.decode()


def test_a_person_stands_once_with_hours_occasions_oldest_day_and_contact(nura, pedagogue):
    came(nura, 0, "2.50")
    oldest = came(nura, 9, "3.00")
    (row,) = missing.rows_for(pedagogue, today())
    assert (row.participant_id, row.hours, row.occasions) == (nura.pk, Decimal("5.50"), 2)
    assert (row.oldest, row.contact, row.in_words) == (oldest.held_on, pedagogue, "5,5")


def test_this_week_is_not_missing_yet_nor_what_is_expected_absent_or_signed(nura, pedagogue):
    row = came(nura)
    Attendance.objects.update(held_on=row.held_on + timedelta(days=1))
    assert missing.rows_for(pedagogue, today()) == []
    came(nura, 3)
    Attendance.objects.filter(held_on__lt=row.held_on).update(status="absent", hours=0)
    assert missing.rows_for(pedagogue, today()) == []
    Attendance.objects.update(held_on=row.held_on, status="present", hours=1)
    sign_on_screen(nura, pedagogue)
    Attendance.objects.filter(attestation__method="drawn").update(held_on=today())
    assert missing.rows_for(pedagogue, today()) == []


def test_what_can_still_be_saved_comes_first_then_the_most_hours(pedagogue):
    late, much, little, both = (make_person() for _ in range(4))
    for person in (late, much, little, both):
        enrol(person, contact=pedagogue)
    came(late, 120, 9), came(much, 0, 6), came(little, 0, 2), came(both, 0, 1), came(both, 120, 3)
    rows = missing.rows_for(pedagogue, today())
    assert [row.participant_id for row in rows] == [much.pk, both.pk, little.pk, late.pk]
    assert [row.has_passed for row in rows] == [False, True, False, True]
    assert rows[1].days_left < 0 <= rows[1].days_to_next and rows[3].days_to_next is None


def test_reminding_very_many_asks_whether_that_is_meant(client, nura, pedagogue, monkeypatch):
    from casework.signing.views import missing as pages

    came(nura)
    sign_in(client, pedagogue)
    assert "Ja, skicka" not in text(client.get(URL))
    monkeypatch.setattr(pages, "FEW", 0)
    assert "Ja, skicka" in text(client.get(URL))


def test_what_is_signed_on_a_screen_is_flagged_until_somebody_signs_beside_it(
    nura, pedagogue, lead
):
    from casework.attest import countersign

    EsfProject.objects.update(drawn_counts=True, needs_countersignature=True)
    came(nura)
    attestation = sign_on_screen(nura, pedagogue)
    (row,) = missing.rows_for(lead, today())
    assert (row.hours, row.flags) == (0, ["3 h väntar på kontrasignatur"])
    countersign(attestation_ids=[attestation.pk], by=lead)
    assert missing.rows_for(lead, today()) == []


def test_a_way_the_project_does_not_count_is_flagged_as_that(nura, pedagogue):
    EsfProject.objects.update(drawn_counts=False)
    came(nura)
    sign_on_screen(nura, pedagogue)
    (row,) = missing.rows_for(pedagogue, today())
    assert row.flags == ["3 h är digitalt och räknas inte"]


def test_totals_are_by_month_and_by_contact(nura, pedagogue, other_pedagogue, lead):
    other = make_person()
    enrol(other, contact=other_pedagogue)
    came(nura, 0, 2), came(nura, 40, 3), came(other, 40, 4)
    rows = missing.rows_for(lead, today())
    assert [(t.hours, t.people) for t in missing.totals(rows, today())] == [(7, 2), (2, 1)]
    groups = {group.contact: (group.people, group.hours) for group in missing.by_contact(rows)}
    assert groups == {pedagogue: (1, 5), other_pedagogue: (1, 4)}
    last = missing.totals(rows, today())[-1].month
    assert [row.hours for row in missing.of_month(rows, last)] == [2]


def test_a_protected_person_stands_there_as_a_code_for_those_on_the_list_alone(
    client, nura, pedagogue, lead
):
    came(nura)
    protect(nura, readers=[pedagogue])
    page = text(sign_in(client, pedagogue).get(URL))
    assert nura.code in page and "Nura" not in page
    assert "Allt är underskrivet" in text(sign_in(client, lead).get(URL))


def test_an_officer_sees_those_whose_consent_covers_attendance(client, nura, officer):
    came(nura)
    give_consent(nura, ["plan"])
    assert "Nura" not in text(sign_in(client, officer).get(URL))
    give_consent(nura, ["attendance"])
    assert "Nura" in text(client.get(URL))


def test_the_pedagogue_begins_with_the_own_and_can_see_all(
    client, nura, pedagogue, other_pedagogue
):
    came(nura)
    sign_in(client, other_pedagogue)
    assert "Nura" not in text(client.get(URL))
    assert "Nura" in text(client.get(f"{URL}?urval=alla"))
    assert "Nura" not in text(client.get(f"{URL}?urval=alla&vy=kontakt"))


@pytest.mark.parametrize("address", [URL, f"{URL}?vy=kontakt", "/"])
def test_a_page_costs_the_same_for_2_and_for_20(client, pedagogue, address):
    def fill(count):
        for _ in range(count):
            person = make_person(phone=PHONE)
            enrol(person, contact=pedagogue)
            came(person), came(person, 40)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    sign_in(client, pedagogue)
    fill(2)
    queries()
    few = queries()
    fill(18)
    assert queries() == few


def test_one_tap_reminds_and_gives_back_the_row_with_its_person_logged(client, nura, pedagogue):
    came(nura)
    sign_in(client, pedagogue)
    before = AccessLogEntry.objects.count()
    answer = client.post(f"{URL}paminn/{nura.pk}/", headers={"HX-Request": "true"})
    assert text(answer).strip().startswith("<tr>") and "Skickas" in text(answer)
    link = SigningLink.objects.get()
    assert (link.channel, link.created_by) == ("sms", pedagogue)
    logged = AccessLogEntry.objects.filter(id__gt=before).values_list("what", "action")
    assert set(logged) == {("send_link", "changed"), ("signing:remind", "listed")}
    again = client.post(f"{URL}paminn/{nura.pk}/", headers={"HX-Request": "true"})
    assert "Påmind nyss" in text(again) and SigningLink.objects.count() == 1


def test_without_javascript_the_list_comes_back_with_its_filters(client, nura, pedagogue):
    came(nura)
    answer = sign_in(client, pedagogue).post(f"{URL}paminn/{nura.pk}/", {"urval": "alla"})
    assert answer.url == f"{URL}?urval=alla" and SigningLink.objects.count() == 1


def test_all_that_the_filter_leaves_are_reminded_and_who_lacks_an_address_is_counted(
    client, nura, pedagogue, other_pedagogue
):
    silent, others = make_person("Tyst"), make_person("Annans", phone=PHONE)
    enrol(silent, contact=pedagogue), enrol(others, contact=other_pedagogue)
    for person in (nura, silent, others):
        came(person)
    answer = sign_in(client, pedagogue).post(f"{URL}paminn-alla/", follow=True)
    page = text(answer)
    assert "1\u00a0påminnelse skickas nu." in page and "1 har varken mobilnummer" in page
    assert "Saknar mobil och e-post" in page
    assert [link.participant for link in SigningLink.objects.all()] == [nura]


def test_a_reminder_that_failed_says_why_in_the_list(client, nura, pedagogue):
    came(nura)
    SigningLink.objects.create(
        participant=nura, channel="sms", expires_at=timezone.now() + timedelta(hours=1),
        failed_at=timezone.now(), failure="Leverantören svarade inte.",
    )  # fmt: skip
    page = text(sign_in(client, pedagogue).get(URL))
    assert "Kom inte fram" in page and "Leverantören svarade inte." in page


def test_an_objection_that_was_read_leaves_the_list(client, nura, pedagogue):
    now = timezone.now()
    link = SigningLink.objects.create(
        participant=nura, channel="sms", expires_at=now, disputed_at=now, dispute="Jag var sjuk."
    )
    sign_in(client, pedagogue)
    assert "Jag var sjuk." in text(client.get(URL))
    client.post(f"{URL}lank/{link.pk}/last/", {"till": "listan"})
    link.refresh_from_db()
    assert link.dispute_seen_by == pedagogue and "Jag var sjuk." not in text(client.get(URL))


def test_the_home_page_tells_the_main_contact_and_logs_who_was_shown(client, nura, pedagogue):
    came(nura, 0, "2.50")
    page = text(sign_in(client, pedagogue).get("/"))
    assert "Måste skriva under" in page and "2,5" in page
    logged = AccessLogEntry.objects.values_list("person_id", flat=True)
    assert list(logged) == [nura.pk]


def test_the_next_step_says_how_much_and_how_soon(nura, pedagogue, officer):
    row = came(nura, 8, 6)
    day = row.held_on + timedelta(days=10)
    step = next_steps([nura], pedagogue, day)[nura.pk]
    assert step.text.startswith("Be om underskrift: 6 timmar, ") and "kvar" in step.text
    assert step.url == f"/deltagare/{nura.pk}/underskrift/"
    assert next_steps([nura], pedagogue, row.held_on + timedelta(days=7)) == {}
    assert next_steps([nura], officer, day) == {}


def test_a_mobile_number_is_chosen_before_an_e_mail_address():
    person = make_person(phone=PHONE, email="a@exempel.se")
    assert channel_for(person) == "sms"
    person.phone = "08-123 456"
    assert channel_for(person) == "email"
    person.email = ""
    assert channel_for(person) is None


def test_the_bundle_is_ordered_for_those_the_filter_leaves(client, nura, pedagogue):
    came(nura)
    answer = sign_in(client, pedagogue).post(f"{URL}skriv-ut/")
    assert answer.status_code == 302 and answer.url.startswith("/jobb/")
