"""The pages about activities: who gets them, what they show, what they do."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from casework.activities import actions
from casework.models import Activity, ActivityKind, ActivityTemplate, Attendance, Session, SignUp
from core.models import AccessLogEntry
from tests.casework.activities_world import course, enrolled, held, in_days, session, signed_up
from tests.cast import enrol, make_person, sign_in
from tests.htmx import assert_swap_gives_page

pytestmark = pytest.mark.django_db
TIMES = {"starts_at": "09:00", "ends_at": "15:00", "rest": "60"}


@pytest.fixture
def activity(db):
    return course(capacity=2, place="Sal 1")


@pytest.fixture
def planner(client, pedagogue):
    return sign_in(client, pedagogue)


def page(client, name, /, *args, **query):
    answer = client.get(reverse(f"activities:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, name, /, *args, query="", **data):
    return client.post(reverse(f"activities:{name}", args=args) + query, data)


def logged():
    return set(AccessLogEntry.objects.values_list("person_id", flat=True))


def test_the_list_shows_the_next_session_and_how_many_take_part(planner, activity):
    session(activity, in_days(3))
    signed_up(activity, enrolled())
    course("Simning")
    text = page(planner, "list")
    assert text.index("CV-verkstad") < text.index("Simning")
    assert str(in_days(3)) in text and "plats för 2" in text


def test_the_list_is_narrowed(planner, pedagogue, activity):
    mine = course("Simning", type="visit", leaders=[pedagogue])
    away = course("Gammalt")
    actions.archive(activity=away, by=None)

    def rows(**query):
        text = page(planner, "list", **query)
        return {name for name in ("CV-verkstad", "Simning", "Gammalt") if f">{name}</a>" in text}

    assert rows() == {"CV-verkstad", "Simning"}
    assert rows(visa="mina") == rows(typ="visit") == {"Simning"}
    assert rows(visa="undanlagda") == {"Gammalt"}
    assert rows(ledare=mine.leaders.get().user_id) == {"Simning"}


def test_counts_and_names_are_of_those_one_may_see(planner, activity):
    signed_up(activity, enrolled("Synlig"))
    signed_up(activity, enrolled("Hemlig", protected=True))
    text = page(planner, "detail", activity.pk)
    assert "Synlig" in text and "Hemlig" not in text and "1\N{NO-BREAK SPACE}deltagare" in text
    assert '<td data-label="Anmälda">1 ' in page(planner, "list")


def test_a_full_activity_says_no_more_than_that(planner, activity):
    for _ in range(2):
        signed_up(activity, enrolled(protected=True))
    person = enrolled("Synlig")
    answer = send(planner, "sign_up", activity.pk, who=person.pk, from_day=str(in_days(0)))
    text = planner.get(answer.url).content.decode()
    assert "Aktiviteten är full: personen står på väntelistan." in text
    assert SignUp.objects.get(participant=person).status == "waiting"


def test_several_are_signed_up_from_a_list_with_ones_own_first(planner, pedagogue, activity):
    mine = [enrolled(f"Min{letter}", contact=pedagogue) for letter in "ab"]
    enrolled("Annans")
    text = page(planner, "sign_up", activity.pk)
    assert "Mina" in text and "Minb" in text and "Annans" not in text
    assert logged() == {each.pk for each in mine}
    send(planner, "sign_up", activity.pk, who=[each.pk for each in mine], from_day="2026-01-07")
    assert set(activity.sign_ups.values_list("participant", flat=True)) == {
        each.pk for each in mine
    }


def test_others_are_found_by_searching_and_their_names_stay_out_of_the_address(planner, activity):
    person = enrolled("Xantippa")
    gone = make_person("Xantippus")
    answer = send(planner, "sign_up", activity.pk, q="xantip")
    assert "xantip" not in answer.url
    text = planner.get(answer.url).content.decode()
    assert "Xantippa" in text and "Xantippus" not in text
    assert logged() == {person.pk} and gone.pk not in logged()


def test_signing_up_nobody_says_what_to_do(planner, activity):
    answer = send(planner, "sign_up", activity.pk, from_day="2026-01-07")
    assert answer.status_code == 422 and "minst en deltagare" in answer.content.decode()


def test_a_person_one_cannot_see_is_not_signed_up(planner, activity):
    hidden = enrolled(protected=True)
    answer = send(planner, "sign_up", activity.pk, who=hidden.pk, from_day="2026-01-07")
    assert answer.status_code == 422 and not SignUp.objects.exists()


def test_talks_with_several_are_booked_from_their_activity(planner, pedagogue):
    talks = course("Samtal", kind=ActivityKind.INDIVIDUAL)
    person = enrolled(contact=pedagogue)
    when = {"held_on": str(in_days(2)), "starts_at": "10:00", "ends_at": "11:00"}
    send(planner, "sign_up", talks.pk, who=person.pk, **when)
    assert Attendance.objects.get().session.activity == talks
    assert person.first_name in page(planner, "detail", talks.pk)


def test_who_leaves_is_asked_about_first_and_who_gets_the_place_is_told(planner, pedagogue):
    small = course("Simning", capacity=1)
    entry = signed_up(small, enrolled("Petra"))
    signed_up(small, enrolled("Valdemar"))
    assert "Petra" in page(planner, "leave", entry.pk)
    answer = send(planner, "leave", entry.pk)
    text = planner.get(answer.url).content.decode()
    assert "Valdemar Testsson fick plats från väntelistan" in text and "Petra" not in text


def test_nobody_is_told_that_a_hidden_person_got_the_place(planner):
    small = course("Simning", capacity=1)
    entry = signed_up(small, enrolled())
    signed_up(small, enrolled("Hemlig", protected=True))
    answer = send(planner, "leave", entry.pk)
    assert "väntelistan" not in planner.get(answer.url).content.decode()


def test_another_persons_sign_up_does_not_exist_for_who_cannot_see_them(planner, activity):
    entry = signed_up(activity, enrolled(protected=True))
    assert planner.get(reverse("activities:leave", args=[entry.pk])).status_code == 404


def test_an_activity_is_made_with_leaders(planner, pedagogue):
    answer = send(
        planner, "new", name="Hälsa", kind="group", type="lecture", leaders=pedagogue.pk,
        outside="Kim Ek, Vårdcentralen\n",
    )  # fmt: skip
    made = Activity.objects.get(name="Hälsa")
    assert answer.url == made.get_absolute_url()
    assert "Anna Berg och Kim Ek (Vårdcentralen)" in page(planner, "detail", made.pk)


def test_a_name_that_is_taken_is_told_at_the_field(planner, activity):
    answer = send(planner, "new", name=activity.name, kind="group", type="other")
    assert answer.status_code == 422 and "heter så" in answer.content.decode()


def test_a_stale_change_shows_both_and_the_next_save_goes_through(planner, activity):
    facts = {"name": "CV", "kind": "group", "type": "other", "version": "1"}
    actions.change_activity(activity=activity, version=1, by=None, place="Sal 9")
    answer = send(planner, "edit", activity.pk, **facts)
    text = answer.content.decode()
    assert answer.status_code == 422 and "Så här står det nu" in text and "Sal 9" in text
    assert 'name="version" value="2"' in text
    assert send(planner, "edit", activity.pk, **(facts | {"version": "2"})).status_code == 302
    activity.refresh_from_db()
    assert activity.name == "CV"


def test_an_activity_is_put_away_and_taken_out(planner, activity):
    send(planner, "archive", activity.pk)
    activity.refresh_from_db()
    assert activity.archived_at
    send(planner, "archive", activity.pk)
    activity.refresh_from_db()
    assert activity.archived_at is None


def test_the_break_is_taken_off_a_sessions_hours(planner, activity):
    send(planner, "session_new", activity.pk, held_on=str(in_days(2)), theme="Cv", **TIMES)
    made = Session.objects.get()
    assert (made.planned_hours, made.where, made.status) == (5, "Sal 1", "planned")
    assert 'value="60"' in page(planner, "session_edit", made.pk)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"ends_at": "09:00"}, "efter starttiden"), ({"rest": "360"}, "Korta den"), ({"starts_at": "nio"}, "09:00")],
)  # fmt: skip
def test_times_that_cannot_be_are_told_at_the_field(planner, activity, changes, words):
    data = {"held_on": str(in_days(2))} | TIMES | changes
    answer = send(planner, "session_new", activity.pk, **data)
    assert answer.status_code == 422 and words in answer.content.decode()


def test_a_session_is_moved_cancelled_planned_again_and_removed(planner, activity):
    planned = session(activity)
    data = {"held_on": str(in_days(9)), "version": "1"} | TIMES
    assert send(planner, "session_edit", planned.pk, **data).status_code == 302
    assert send(planner, "session_cancel", planned.pk, reason="").status_code == 422
    send(planner, "session_cancel", planned.pk, reason="Ledaren är sjuk")
    assert "Ledaren är sjuk" in page(planner, "detail", activity.pk)
    send(planner, "session_restore", planned.pk)
    planned.refresh_from_db()
    assert (planned.status, planned.held_on) == ("planned", in_days(9))
    send(planner, "session_remove", planned.pk)
    assert not Session.objects.exists()


SERIES = "?weekdays=2&from_day=2027-01-04&to_day=2027-01-20&starts_at=09:00&ends_at=12:00&rest=0"


def test_a_series_is_shown_before_it_is_made_with_what_is_skipped(planner, activity):
    address = reverse("activities:series", args=[activity.pk]) + SERIES
    text = planner.get(address).content.decode()
    assert "Onsdag 6 januari 2027: Trettondedag jul" in text
    assert "Onsdag 13 januari 2027" in text and not Session.objects.exists()
    send(planner, "series", activity.pk, query=SERIES, keep="2027-01-20 09:00", theme="Cv")
    made = Session.objects.get()
    assert (made.held_on, made.theme) == (date(2027, 1, 20), "Cv")


def test_a_day_that_is_taken_is_skipped_in_the_series(planner, activity):
    session(activity, date(2027, 1, 13))
    text = planner.get(reverse("activities:series", args=[activity.pk]) + SERIES).content.decode()
    assert "Onsdag 13 januari 2027: det finns redan ett tillfälle då" in text


def test_7tjugo_is_made_from_its_template(planner, pedagogue):
    template = ActivityTemplate.objects.get()
    query = "?first_monday=2027-01-18&weeks=1"
    text = planner.get(
        reverse("activities:from_template", args=[template.pk]) + query
    ).content.decode()
    assert "7TJUGO v. 3 2027" in text and "Måndag 18 januari 2027" in text
    keep = [f"2027-01-{day} 09:00" for day in (18, 19)]
    facts = {"name": "7TJUGO v. 3 2027", "capacity": "12", "leaders": pedagogue.pk}
    send(planner, "from_template", template.pk, query=query, keep=keep, **facts)
    made = Activity.objects.get()
    assert (made.capacity, made.sessions.count()) == (12, 2)


def test_7tjugo_begins_on_a_monday(planner):
    address = reverse("activities:from_template", args=[ActivityTemplate.objects.get().pk])
    text = planner.get(address + "?first_monday=2027-01-20&weeks=8").content.decode()
    assert "Veckans måndag är 2027-01-18" in text


def test_sessions_of_earlier_weeks_stand_by_themselves(planner, activity):
    held(activity, in_days(-30))
    roster = reverse("rollcall:roster", args=[Session.objects.get().pk])
    assert roster not in page(planner, "detail", activity.pk)
    assert roster in page(planner, "detail", activity.pk, visa="tidigare")


def test_those_who_may_not_plan_are_offered_nothing_to_do(client, coordinator, activity):
    session(activity, in_days(1))
    text = page(sign_in(client, coordinator), "detail", activity.pk)
    assert "Anmäl deltagare" not in text and "/andra/" not in text
    assert client.get(reverse("activities:new")).status_code == 403


def test_an_officer_sees_only_those_who_consent(client, officer, activity):
    for name, consent in (("Med", ["attendance"]), ("Utan", ["plan"])):
        person = make_person(name, consent=consent)
        enrol(person, officer=officer)
        signed_up(activity, person)
    text = page(sign_in(client, officer), "detail", activity.pk)
    assert "Med Testsson" in text and "Utan Testsson" not in text


def test_the_filters_swap_what_the_page_would_show(planner, activity):
    course("Simning", type="visit")
    start = reverse("activities:list")
    assert_swap_gives_page(planner, f"{start}?typ=visit", start=start, target="results")


def test_the_search_swaps_what_the_page_would_show_and_logs_only_whom_it_found(
    planner, pedagogue, activity
):
    enrolled("Egen", contact=pedagogue)
    found = enrolled("Xantippa")
    start = reverse("activities:sign_up", args=[activity.pk])
    url = send(planner, "sign_up", activity.pk, q="xantippa").url
    assert_swap_gives_page(planner, url, start=start, target="results")
    before = AccessLogEntry.objects.count()
    planner.get(url, headers={"HX-Request": "true", "HX-Target": "results"})
    entries = AccessLogEntry.objects.filter(id__gt=before)
    assert [entry.person_id for entry in entries] == [found.pk]


def test_the_pages_cost_the_same_however_many_they_show(
    planner, activity, django_assert_max_num_queries
):
    def queries(address):
        with django_assert_max_num_queries(60) as captured:
            assert planner.get(address).status_code == 200
        return len(captured)

    addresses = [reverse("activities:list"), reverse("activities:detail", args=[activity.pk])]
    activity.capacity = None
    activity.save()
    signed_up(activity, enrolled())
    session(activity, in_days(1))
    few = [(queries(address), queries(address))[1] for address in addresses]
    for number in range(2, 12):
        signed_up(activity, enrolled())
        session(activity, in_days(1) + timedelta(days=number))
        other = course(f"Kurs {number}")
        session(other)
        signed_up(other, enrolled())
    assert [queries(address) for address in addresses] == few
