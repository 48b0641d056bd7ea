"""Who may read a measure, who gives it, and when it can begin. Pure."""

from datetime import date

from casework.models import InterventionKind
from casework.models.notes import Audience
from participants.enums import Function

# Whoever has this function for the participant is who gives the measure.
GIVEN_BY = {
    InterventionKind.SIUS: Function.SIUS,
    InterventionKind.COUNSELLING: Function.COUNSELLOR,
}
WHY_OWN = (
    "Vård och beroendevård säger något om hälsan. Därför läser bara den egna myndigheten, om ni inte har"
    " kommit överens om annat med deltagaren."
)


def suggested_audience(kind: InterventionKind | str) -> Audience:
    """The team, but for what tells of health the own authority alone."""
    return Audience.AUTHORITY if InterventionKind(kind).is_sensitive else Audience.TEAM


def suggested_staff(kind: InterventionKind | str, enrolment):
    """Who gives an internal measure: the one assigned; None where nobody is. No query when prefetched."""
    function = GIVEN_BY.get(InterventionKind(kind))
    return enrolment.assigned(function) if function and enrolment else None


def first_day_of(enrolments) -> date | None:
    """The first day a measure can begin: of the current enrolment, or of the earliest when all have ended.

    None for somebody who has not been enrolled.
    """
    starts = [each.starts_on for each in enrolments if each.ended_on is None]
    return max(starts, default=None) or min((each.starts_on for each in enrolments), default=None)
