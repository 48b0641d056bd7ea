"""What the pages do when something is sent in: done, or a sentence that says what to do."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from participants.enums import Area, Category, Flag, Function
from participants.models import Consent, Participant
from tests.cast import enrol, make_person, next_number, protect, sign_in

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def person(pedagogue, officer):
    person = make_person("Åsa", "Öberg", area=Area.ALBY)
    enrol(person, contact=pedagogue, officer=officer)
    return person


def url(name, person, *more):
    return reverse(f"participants:{name}", args=[person.pk, *more])


def send(client, name, person, *more, **fields):
    return client.post(url(name, person, *more), fields)


DETAILS = {"last_name": "Öberg", "legal_gender": "F", "email": ""}


def test_a_stale_edit_shows_both_versions_and_can_then_be_saved(client, pedagogue, person):
    sign_in(client, pedagogue)
    send(client, "details_edit", person, version=1, first_name="Eva", phone="08-1", **DETAILS)
    answer = send(
        client, "details_edit", person, version=1, first_name="Ida", phone="08-2", **DETAILS
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Eva" in page and "Ida" in page and "08-2" in page
    version = answer.context["form"].data["version"]
    send(client, "details_edit", person, version=version, first_name="Ida", phone="08-2", **DETAILS)
    person.refresh_from_db()
    assert (person.first_name, person.phone) == ("Ida", "08-2")


def test_changing_to_a_number_of_somebody_hidden_is_neutral(client, pedagogue, person):
    hidden = make_person("Hemlig", protected=True)
    answer = send(sign_in(client, pedagogue), "number", person, number=hidden.number)
    page = answer.content.decode()
    assert "Kontakta projektledaren" in page and "Hemlig" not in page
    send(client, "number", person, number=next_number())
    assert person.number_records.count() == 2


def test_area_and_flag_are_saved_with_their_days(client, pedagogue, person):
    sign_in(client, pedagogue)
    send(client, "area", person, area="tumba", from_day=str(TODAY))
    send(client, "flag_add", person, flag="sius", noted_on=str(TODAY), source="AF")
    flag = person.flags.get()
    send(client, "flag_end", person, flag.pk, ended_on=str(TODAY))
    flag.refresh_from_db()
    assert person.area_on(TODAY) == Area.TUMBA and flag.flag == Flag.SIUS and flag.ended_on == TODAY


def test_a_day_in_the_future_is_refused_with_what_to_do(client, pedagogue, person):
    tomorrow = TODAY + timedelta(days=1)
    answer = send(sign_in(client, pedagogue), "area", person, area="tumba", from_day=str(tomorrow))
    assert "Ange i dag eller tidigare" in answer.content.decode()


def test_consent_is_given_for_what_was_ticked_and_taken_back_one_by_one(client, pedagogue, person):
    sign_in(client, pedagogue)
    send(
        client,
        "consent_give",
        person,
        categories=["plan", "notes"],
        given_on=str(TODAY),
        source="papper",
    )
    assert set(person.consents.values_list("category", flat=True)) == {"plan", "notes"}
    consent = Consent.objects.get(category=Category.NOTES)
    assert (
        "Detta gäller direkt"
        in client.get(url("consent_withdraw", person, consent.pk)).content.decode()
    )
    send(client, "consent_withdraw", person, consent.pk, sure="True")
    consent.refresh_from_db()
    assert consent.withdrawn_by == pedagogue
    assert "Tidigare samtycken" in client.get(url("consent", person)).content.decode()


def test_enrolling_from_the_page_shows_each_contacts_load(
    client, pedagogue, other_pedagogue, person
):
    new = make_person(birth_date=TODAY.replace(year=TODAY.year - 21, day=1))
    sign_in(client, pedagogue)
    page = client.get(url("enrol", new)).content.decode()
    assert f"{pedagogue.name} – 1\N{NO-BREAK SPACE}deltagare" in page
    answer = send(client, "enrol", new, starts_on=str(TODAY), main_contact=other_pedagogue.pk)
    assert answer.url == new.get_absolute_url()
    assert new.enrolments.get().main_contact == other_pedagogue


def test_reassigning_from_the_page(client, lead, other_pedagogue, person):
    address = ("reassign_function", person, Function.MAIN_CONTACT)
    send(sign_in(client, lead), *address, user=other_pedagogue.pk, from_day=str(TODAY))
    assert person.enrolments.get().main_contact == other_pedagogue
    send(
        client,
        "reassign_function",
        person,
        Function.EMPLOYMENT_OFFICER,
        user="",
        from_day=str(TODAY),
    )
    assert person.enrolments.get().employment_officer is None


def test_a_pedagogue_asks_and_the_lead_decides(client, pedagogue, lead, person):
    later = TODAY + timedelta(days=300)
    send(sign_in(client, pedagogue), "extension", person, new_end_on=str(later), reason="Praktik")
    waiting = person.enrolments.get().extensions.get()
    assert (
        send(client, "extension_decide", person, waiting.pk, outcome="granted").status_code == 403
    )
    sign_in(client, lead)
    assert "Praktik" in client.get(url("extension", person)).content.decode()
    refused = send(client, "extension_decide", person, waiting.pk, outcome="rejected")
    assert "Skriv varför begäran avslås" in refused.content.decode()
    send(client, "extension_decide", person, waiting.pk, outcome="granted")
    assert person.enrolments.get().planned_end_on == later


def test_another_persons_extension_is_not_there(client, pedagogue, lead, person):
    later = str(TODAY + timedelta(days=300))
    send(sign_in(client, pedagogue), "extension", person, new_end_on=later, reason="Praktik")
    waiting, other = person.enrolments.get().extensions.get(), make_person()
    answer = send(sign_in(client, lead), "extension_decide", other, waiting.pk, outcome="granted")
    assert answer.status_code == 404


def test_the_lead_extends_at_once(client, lead, person):
    later = TODAY + timedelta(days=300)
    send(sign_in(client, lead), "extension", person, new_end_on=str(later), reason="Praktik")
    assert person.enrolments.get().planned_end_on == later


def test_an_exit_lists_what_stands_open_and_then_ends(client, pedagogue, person):
    later = str(TODAY + timedelta(days=300))
    sign_in(client, pedagogue)
    send(client, "extension", person, new_end_on=later, reason="Praktik")
    assert "väntar på beslut" in client.get(url("exit", person)).content.decode()
    answer = send(
        client, "exit", person, ended_on=str(TODAY), reason="studies", note="Folkhögskola"
    )
    assert answer.url == reverse("participants:list")
    assert person.enrolments.get().exit_reason == "studies"


def test_protecting_from_the_page_hides_the_person_at_once(
    client, pedagogue, other_pedagogue, person
):
    send(sign_in(client, pedagogue), "protect", person, kind="marking", source="beslut")
    assert client.get(url("detail", person)).status_code == 200
    assert sign_in(client, other_pedagogue).get(url("detail", person)).status_code == 404


def test_two_people_take_a_protection_away(client, pedagogue, lead, administrator, person):
    protect(person, [lead, administrator])
    send(sign_in(client, lead), "unmark_ask", person, reason="Beslutet har upphört")
    send(client, "unmark_confirm", person)
    assert Participant.objects.get(pk=person.pk).is_protected
    send(sign_in(client, administrator), "unmark_confirm", person)
    assert not Participant.objects.get(pk=person.pk).is_protected


def test_whoever_takes_themselves_off_the_list_is_led_away(client, pedagogue, lead, person):
    protection = protect(person, [lead, pedagogue])
    reader = protection.readers.get(user=lead)
    answer = send(sign_in(client, lead), "reader_remove", person, reader.pk)
    assert answer.url == reverse("participants:list")


def test_a_reader_is_added_with_a_reason_and_a_last_day(client, pedagogue, lead, person):
    protection = protect(person, [pedagogue])
    send(
        sign_in(client, pedagogue),
        "reader_add",
        person,
        user=lead.pk,
        reason="Vikarierar",
        valid_until=str(TODAY + timedelta(days=7)),
    )
    assert protection.readers.get(user=lead).reason == "Vikarierar"
