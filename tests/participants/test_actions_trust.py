from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.models import AccessLogEntry
from participants import actions
from participants.enums import Category, ProtectionKind
from participants.errors import Refused
from participants.models import Participant
from tests.cast import enrol, make_person

pytestmark = pytest.mark.django_db


def visible(user):
    return Participant.objects.visible_to(user)


def mark(person, by):
    return actions.mark_protected(
        participant=person, kind=ProtectionKind.MARKING, source="Skatteverket", by=by
    )


def test_a_protected_person_is_seen_by_the_marker_and_the_main_contact_only(
    pedagogue, other_pedagogue, lead, administrator
):
    person = make_person()
    enrol(person, contact=other_pedagogue)
    mark(person, pedagogue)
    assert visible(pedagogue).exists() and visible(other_pedagogue).exists()
    assert not visible(lead).exists() and not visible(administrator).exists()


def test_marking_twice_is_kindly_refused(pedagogue):
    person = make_person()
    mark(person, pedagogue)
    with pytest.raises(Refused, match="redan skyddade"):
        mark(person, pedagogue)


def test_unmarking_takes_two_people(pedagogue, lead):
    protection = mark(make_person(), pedagogue)
    actions.ask_unmark(protection=protection, reason="Beslut upphört", by=lead)
    with pytest.raises(Refused, match="annan person"):
        actions.confirm_unmark(protection=protection, by=lead)
    assert actions.confirm_unmark(protection=protection, by=pedagogue).ended_at


def test_unmarking_needs_somebody_to_ask_first(pedagogue):
    with pytest.raises(Refused, match="Ingen har bett"):
        actions.confirm_unmark(protection=mark(make_person(), pedagogue), by=pedagogue)


def test_a_reader_taken_off_the_list_no_longer_sees_the_person(pedagogue, lead):
    protection = mark(make_person(), pedagogue)
    reader = actions.add_reader(protection=protection, user=lead, reason="Stöd", by=pedagogue)
    assert visible(lead).exists()
    actions.remove_reader(reader=reader, by=pedagogue)
    assert not visible(lead).exists()


def test_a_reader_may_come_back_the_day_they_were_taken_off(pedagogue, lead):
    protection = mark(make_person(), pedagogue)
    reader = actions.add_reader(protection=protection, user=lead, reason="Stöd", by=pedagogue)
    reader.valid_from -= timedelta(days=3)
    reader.save()
    actions.remove_reader(reader=reader, by=pedagogue)
    actions.add_reader(protection=protection, user=lead, reason="Igen", by=pedagogue)
    assert visible(lead).exists()


def test_the_last_reader_stays_on_the_list(pedagogue):
    protection = mark(make_person(), pedagogue)
    with pytest.raises(Refused, match="stå kvar"):
        actions.remove_reader(reader=protection.readers.get(), by=pedagogue)


def test_a_role_without_participants_cannot_be_put_on_the_list(pedagogue, steering):
    with pytest.raises(Refused, match="ingen roll"):
        actions.add_reader(
            protection=mark(make_person(), pedagogue), user=steering, reason="x", by=pedagogue
        )


def test_a_consent_opens_the_file_until_it_is_withdrawn(pedagogue, officer):
    person = make_person()
    enrol(person, contact=pedagogue, officer=officer)
    facts = {"given_on": timezone.localdate(), "source": "Underskrivet papper", "by": pedagogue}
    consent, *_ = actions.give_consent(participant=person, categories=[Category.PLAN], **facts)
    assert "Arbetsförmedlingen" in consent.text
    assert visible(officer).exists()
    actions.withdraw_consent(consent=consent, by=pedagogue)
    assert not visible(officer).exists()
    with pytest.raises(Refused, match="redan återkallat"):
        actions.withdraw_consent(consent=consent, by=pedagogue)


def test_the_same_consent_twice_is_refused_and_the_others_are_not_half_kept(pedagogue):
    person = make_person(consent=[Category.PLAN])
    with pytest.raises(Refused, match="redan ett gällande"):
        actions.give_consent(
            participant=person,
            categories=[Category.NOTES, Category.PLAN],
            given_on=date(2026, 1, 1),
            source="prov",
            by=pedagogue,
        )
    assert person.consents.count() == 1


def test_a_closed_file_is_opened_for_an_hour_with_its_reason_as_ground(lead):
    person = make_person()
    opening = actions.open_closed_file(participant=person, reason="Rättad utskrivning", by=lead)
    assert opening.open_until - opening.opened_at == timedelta(hours=1)
    line = AccessLogEntry.objects.get(person_id=person.pk)
    assert (line.action, line.ground) == ("opened", f"öppnad akt {opening.pk}")
