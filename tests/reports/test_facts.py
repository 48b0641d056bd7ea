"""Reading the facts: a register drawn at random, counted a second time the plainest way there is."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.models import Activity, Attendance, Attestation, PlanningMeeting, Session
from core.periods import Month, Period
from participants.enums import Area, ExitReason
from participants.models import AreaPeriod, Participant
from referrals.models import Referral, ReferringBody
from reports.facts import everybody, load_facts
from reports.key_figures import key_figures, month_series
from tests.cast import enrol, make_person

pytestmark = pytest.mark.django_db
PERIOD = Period(Month(2023, 1), Month(2023, 12))


def refer(enrolment, on: date, body) -> Referral:
    return Referral.objects.create(
        participant=enrolment.participant,
        body=body,
        referred_on=on,
        status="accepted",
        decided_at=timezone.now(),
        enrolment=enrolment,
    )


def attend(person, on: date, hours: str, *, attested: bool) -> None:
    activity, _ = Activity.objects.get_or_create(name="Prov", kind="group")
    session, _ = Session.objects.get_or_create(activity=activity, held_on=on)
    word = Attestation.objects.create(participant=person, method="paper") if attested else None
    Attendance.objects.create(
        session=session, participant=person, held_on=on, hours=Decimal(hours), attestation=word
    )


@pytest.fixture
def random_register(request):
    """Twenty-five people between 2022 and 2024, drawn from a seed that the test names."""
    draw = random.Random(request.param)
    bodies = list(ReferringBody.objects.all())
    for _ in range(25):
        person = make_person(female=draw.random() < 0.4, protected=draw.random() < 0.1)
        moved_on = date(2023, 1, 1) + timedelta(days=draw.randrange(365))
        for area, first, last in (
            (draw.choice(list(Area)), date(2020, 1, 1), moved_on - timedelta(days=1)),
            (draw.choice(list(Area)), moved_on, None),
        ):
            AreaPeriod.objects.create(participant=person, area=area, starts_on=first, ends_on=last)
        start = date(2022, 7, 1) + timedelta(days=draw.randrange(500))
        for _ in range(draw.randrange(1, 4)):
            end = None if draw.random() < 0.3 else start + timedelta(days=draw.randrange(150))
            reason = draw.choice(list(ExitReason))
            enrolment = enrol(person, starts_on=start, ended_on=end, reason=reason)
            if draw.random() < 0.8:
                waited = timedelta(days=draw.randrange(60))
                refer(enrolment, start - waited, draw.choice(bodies))
                PlanningMeeting.objects.create(
                    enrolment=enrolment, held_on=start + timedelta(days=draw.randrange(40))
                )
            if end is None:
                break
            start = end + timedelta(days=draw.randrange(1, 60))
        for days in draw.sample(range(700), draw.randrange(12)):
            on = date(2022, 9, 1) + timedelta(days=days)
            attend(person, on, f"{draw.randrange(1, 33) / 4}", attested=draw.random() < 0.5)


def plain_count(people, predicate) -> dict:
    """Count people one by one, asking the database about each."""
    chosen = [person for person in people if predicate(person)]
    girls = sum(person.legal_gender == "F" for person in chosen)
    return {"girls": girls, "boys": len(chosen) - girls}


def plain_figures(period: Period) -> dict:
    """Count as the definitions read, person by person, with no regard for speed."""
    people = list(Participant.objects.all())
    span = (period.first, period.last)

    def first_in(person):
        return person.enrolments.filter(starts_on__range=span).order_by("starts_on").first()

    def last_exit(person):
        return person.enrolments.filter(ended_on__range=span).order_by("ended_on").last()

    def is_active(person):
        begun = person.enrolments.filter(starts_on__lte=period.last)
        return any(each.ended_on is None or each.ended_on > period.last for each in begun)

    def is_new(person):
        first = person.enrolments.order_by("starts_on").first()
        return first is not None and first.starts_on in period

    def has_attested(person):
        rows = person.attendance.filter(held_on__range=span, attestation__isnull=False)
        return rows.exists()

    def went_to(person, *reasons):
        last = last_exit(person)
        return last is not None and last.exit_reason in reasons

    def came_by(person, source):
        first = first_in(person)
        if first is None:
            return False
        return (first.referral.body.source if hasattr(first, "referral") else None) == source

    def came_from(person, area):
        first = first_in(person)
        return first is not None and person.area_on(first.starts_on) == area

    return {
        "participants": plain_count(people, first_in),
        "active": plain_count(people, is_active),
        "left": plain_count(people, last_exit),
        "to_work": plain_count(people, lambda each: went_to(each, "work", "supported_work")),
        "to_studies": plain_count(people, lambda each: went_to(each, "studies")),
        "counted": plain_count(people, lambda each: is_new(each) and has_attested(each)),
        "not_yet_counted": plain_count(
            people, lambda each: is_new(each) and not has_attested(each)
        ),
        "af": plain_count(people, lambda each: came_by(each, "af")),
        "social": plain_count(people, lambda each: came_by(each, "social")),
        "fittja": plain_count(people, lambda each: came_from(each, Area.FITTJA)),
        "tumba": plain_count(people, lambda each: came_from(each, Area.TUMBA)),
    }


def as_plain(figures) -> dict:
    names = "participants active left to_work to_studies counted not_yet_counted".split()
    counts = {name: getattr(figures, name) for name in names}
    counts |= {line.key: line.count for line in figures.by_source + figures.by_area}
    return {name: {"girls": each.girls, "boys": each.boys} for name, each in counts.items()}


@pytest.mark.parametrize("random_register", [1964, 20231031], indirect=True)
def test_another_register_comes_out_as_when_counted_one_by_one(random_register):
    facts = load_facts(everybody(), PERIOD)
    for figures in (key_figures(facts, PERIOD), *month_series(facts, PERIOD)[::6]):
        expected = plain_figures(figures.period)
        assert {name: as_plain(figures)[name] for name in expected} == expected
        rows = Attendance.objects.filter(
            held_on__range=(figures.period.first, figures.period.last), attestation__isnull=False
        )
        assert figures.hours_attested == sum(row.hours for row in rows)


def test_reading_costs_four_queries_however_many_rows(django_assert_num_queries):
    for number in range(12):
        person = make_person(area=Area.ALBY)
        refer(
            enrol(person, starts_on=date(2023, 1, 1 + number)),
            date(2022, 12, 1),
            ReferringBody.objects.first(),
        )
        attend(person, date(2023, 2, 1 + number), "3", attested=True)
    with django_assert_num_queries(4):
        facts = load_facts(everybody(), PERIOD)
    with django_assert_num_queries(0):
        month_series(facts, PERIOD)


def test_the_area_is_the_one_of_the_start_day():
    person = make_person()
    AreaPeriod.objects.create(
        participant=person, area=Area.ALBY, starts_on=date(2020, 1, 1), ends_on=date(2023, 3, 1)
    )
    AreaPeriod.objects.create(participant=person, area=Area.TUMBA, starts_on=date(2023, 3, 2))
    enrol(person, starts_on=date(2023, 3, 1), ended_on=date(2023, 3, 1))
    enrol(person, starts_on=date(2023, 3, 2))
    spells = load_facts(everybody(), PERIOD).spells
    assert [spell.area for spell in spells] == [Area.ALBY, Area.TUMBA]


def test_the_first_meeting_after_the_referral_is_the_one_that_counts():
    enrolment = enrol(make_person(), starts_on=date(2023, 3, 1))
    refer(enrolment, date(2023, 2, 20), ReferringBody.objects.first())
    for day in (date(2023, 2, 1), date(2023, 3, 12), date(2023, 3, 5)):
        PlanningMeeting.objects.create(enrolment=enrolment, held_on=day)
    (spell,) = load_facts(everybody(), PERIOD).spells
    assert (spell.met_on, spell.days_to_meeting) == (date(2023, 3, 5), 13)


def test_hours_are_exact_hundredths_on_every_database():
    person = make_person()
    for number in range(10):
        attend(person, date(2023, 3, 1 + number), "0.1", attested=True)
    (row,) = load_facts(everybody(), PERIOD).hours[Month(2023, 3)]
    assert row.hours == Decimal("1.00")


def test_statistics_count_protected_people_too():
    enrol(make_person(protected=True), starts_on=date(2023, 3, 1))
    assert key_figures(load_facts(everybody(), PERIOD), PERIOD).participants.total == 1
