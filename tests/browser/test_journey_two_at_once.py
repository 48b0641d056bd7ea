"""Two clicks, two tabs, two colleagues: nothing is done twice and nothing typed is lost."""

from django.utils import timezone

from casework.models import PlanningMeeting
from participants.models import NumberRecord, Participant
from tests.cast import enrol, make_person, next_number


def test_a_double_click_saves_once(visitor, pedagogue):
    person = make_person("Åsa", "Öberg")
    enrol(person, contact=pedagogue)
    anna = visitor(pedagogue)
    anna.goes_to(f"/deltagare/{person.pk}/trepartssamtal/")
    anna.main.get_by_role("button", name="Spara trepartssamtalet").dblclick()
    anna.sees("Trepartssamtalet är sparat.", "Ingen plan än")
    assert PlanningMeeting.objects.filter(held_on=timezone.localdate()).count() == 1


def test_the_second_tab_with_the_same_number_gets_a_kind_sentence(visitor, pedagogue):
    number = next_number()
    first, second = visitor(pedagogue), visitor(pedagogue)
    for tab in (first, second):
        begins_to_register(tab, number)
    first.presses("Registrera")
    first.sees("Deltagaren är registrerad.")
    second.presses("Registrera")
    second.sees("Personen registrerades just", "Personen finns redan i registret.")
    second.follows("Till Maja Öström")
    assert (NumberRecord.objects.count(), Participant.objects.count()) == (1, 1)


def begins_to_register(tab, number):
    tab.goes_to("/deltagare/ny/")
    tab.writes({"Personnummer": number, "Förnamn": "Maja", "Efternamn": "Öström"})
    tab.presses("Sök")
    tab.sees("Ingen som liknar hittades")


def test_two_who_change_the_same_details_lose_neither_text(visitor, pedagogue, other_pedagogue):
    person = make_person("Åsa", "Öberg", phone="08-1")
    enrol(person, contact=pedagogue)
    anna, olle = visitor(pedagogue), visitor(other_pedagogue)
    for each in (anna, olle):
        each.goes_to(f"/deltagare/{person.pk}/uppgifter/andra/")
    saves_phone(anna, "070-174 06 05")
    saves_phone(olle, "070-174 06 06")
    olle.sees("Det här skiljer", "070-174 06 05")
    assert olle.field("Telefon").input_value() == "070-174 06 06"
    olle.presses("Spara")
    olle.sees("Uppgifterna är sparade.", "070-174 06 06")


def saves_phone(visitor, number):
    visitor.writes({"Telefon": number})
    visitor.presses("Spara")
