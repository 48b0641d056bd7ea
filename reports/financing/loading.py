"""The register's hours, benefits and rates as facts, and their worth."""

from django.db.models import Q

from casework.models import Attendance, EsfProject
from core.periods import Period
from participants.models import BenefitPeriod
from reports.esf.models import Rate
from reports.financing.valuing import Benefit, Financing, HourlyRate, Hours, value


def value_of(period: Period) -> Financing:
    """Return what everybody's hours in the period are worth. Five queries.

    Everybody's: sums are statistics. Whoever shows one person's part takes the person through
    `Participant.objects.visible_to` and logs it.
    """
    return value(_hours(period), _benefits(period), _rates(period))


def _hours(period) -> list[Hours]:
    rows = Attendance.objects.taken_part().filter(held_on__range=(period.first, period.last))
    counting = set(rows.counting(EsfProject.objects.all()).values_list("pk", flat=True))
    facts = rows.values_list("pk", "participant", "participant__birth_date", "held_on", "hours")
    return [
        Hours(person, born, held_on, hours, pk in counting)
        for pk, person, born, held_on, hours in facts
    ]


def _benefits(period) -> list[Benefit]:
    going_on = Q(ends_on=None) | Q(ends_on__gte=period.first)
    found = BenefitPeriod.objects.filter(going_on, starts_on__lte=period.last)
    return [
        Benefit(*each) for each in found.values_list("participant", "kind", "starts_on", "ends_on")
    ]


def _rates(period) -> list[HourlyRate]:
    going_on = Q(valid_until=None) | Q(valid_until__gte=period.first)
    found = Rate.objects.filter(going_on, valid_from__lte=period.last)
    fields = ("benefit", "age_from", "age_to", "amount", "valid_from", "valid_until")
    return [HourlyRate(*each) for each in found.values_list(*fields)]
