"""Rates and what participants live on. Keyword-only, atomic, `by` a user, refused in words, logged."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from core.errors import Refused
from participants import access_log
from participants.enums import BenefitKind
from participants.errors import refusing
from participants.models import BenefitPeriod, Participant
from reports.esf.models import Rate

OVERLAP = "benefit_no_overlap"


@transaction.atomic
def add_rate(*, by, **facts) -> Rate:
    """Enter a rate from a document; refused when another fits the same benefit, age and day.

    The rates of the benefit are locked meanwhile, so that two at once don't pass each other.
    """
    rate = Rate(**facts, entered_by=by)
    taken = list(Rate.objects.select_for_update().filter(benefit=rate.benefit))
    if other := next((each for each in taken if _share(each, rate)), None):
        raise Refused(
            f"Det finns redan en timsats för {_words(other)}. Avsluta den dagen före, eller ändra"
            " åldrarna eller dagarna."
        )
    rate.save()
    return rate


def _share(one: Rate, other: Rate) -> bool:
    """Whether two rates of a benefit have both an age and a day in common. Pure."""
    ages = one.age_from <= other.age_to and other.age_from <= one.age_to
    begins_in_time = one.valid_until is None or other.valid_from <= one.valid_until
    goes_on = other.valid_until is None or one.valid_from <= other.valid_until
    return ages and begins_in_time and goes_on


def _words(rate: Rate) -> str:
    until = f"till {rate.valid_until}" if rate.valid_until else "tills vidare"
    kind = rate.get_benefit_display().lower()
    return f"{kind}, {rate.age_from}–{rate.age_to} år, från {rate.valid_from} {until}"


@transaction.atomic
def end_rate(*, rate: Rate, valid_until: date, by) -> Rate:
    """Give a rate its last day, not later than the one it has."""
    rate = Rate.objects.select_for_update().get(pk=rate.pk)
    if valid_until < rate.valid_from:
        raise Refused(f"Satsen gäller från {rate.valid_from}. Ange den dagen eller en senare.")
    if rate.valid_until and valid_until > rate.valid_until:
        raise Refused(
            f"Satsen slutar redan {rate.valid_until}. Lägg in en ny sats för tiden efter."
        )
    rate.valid_until = valid_until
    rate.save(update_fields=["valid_until"])
    return rate


@transaction.atomic
def remove_rate(*, rate: Rate, by) -> None:
    """Take away a rate that was entered by mistake; hours are then worth what the others say."""
    Rate.objects.filter(pk=rate.pk).delete()


@transaction.atomic
def record_benefit(
    *,
    participant: Participant,
    kind: BenefitKind | str,
    starts_on: date,
    source: str,
    by,
    ends_on: date | None = None,
) -> BenefitPeriod:
    """Record what somebody lives on from a day; an earlier one that goes on ends the day before."""
    Participant.objects.select_for_update().get(pk=participant.pk)
    if ends_on and ends_on < starts_on:
        raise Refused("Sista dagen kan inte ligga före den första. Kontrollera dagarna.")
    BenefitPeriod.objects.filter(
        participant=participant, ends_on=None, starts_on__lt=starts_on
    ).update(ends_on=starts_on - timedelta(days=1))
    shared = Refused(
        "En annan ersättning gäller redan någon av dagarna. Avsluta eller ta bort den först."
    )
    with refusing(shared, OVERLAP):
        period = BenefitPeriod.objects.create(
            participant=participant,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            source=source,
            recorded_by=by,
        )
    access_log.changed(participant, by=by, what="record_benefit")
    return period


@transaction.atomic
def end_benefit(*, benefit: BenefitPeriod, ends_on: date, by) -> BenefitPeriod:
    """Note the last day somebody had a benefit."""
    benefit = BenefitPeriod.objects.select_for_update().get(pk=benefit.pk)
    if ends_on < benefit.starts_on:
        raise Refused(f"Ersättningen började {benefit.starts_on}. Ange den dagen eller en senare.")
    later = BenefitPeriod.objects.filter(
        Q(starts_on__gt=benefit.starts_on), participant=benefit.participant_id
    ).order_by("starts_on")
    if (following := later.first()) and ends_on >= following.starts_on:
        raise Refused(f"Nästa ersättning börjar {following.starts_on}. Ange en dag före den.")
    benefit.ends_on = ends_on
    benefit.save(update_fields=["ends_on"])
    access_log.changed(benefit.participant, by=by, what="end_benefit")
    return benefit


@transaction.atomic
def remove_benefit(*, benefit: BenefitPeriod, by) -> None:
    """Take away a benefit that was recorded by mistake."""
    access_log.changed(benefit.participant, by=by, what="remove_benefit")
    benefit.delete()
