"""Colleagues ask that a participant is taken up at the weekly review, and why."""

from django.db import transaction
from django.utils import timezone

from casework.models import ReviewRequest
from casework.review import agenda
from core.errors import Refused
from participants import access_log
from participants.errors import refusing

TWICE = ("review_request_one_open_of_each", "casework_reviewrequest.participant_id")


@transaction.atomic
def ask(*, participant, reason: str, by) -> ReviewRequest:
    """Ask that somebody is taken up. An agenda that is made already has them at once."""
    if participant.current_enrolment is None:
        raise Refused("Bara den som är inskriven kan tas upp.")
    with refusing(Refused("Du har redan bett om att deltagaren tas upp."), *TWICE):
        request = ReviewRequest.objects.create(
            participant=participant, reason=reason.strip(), asked_by=by
        )
    agenda.again(participant=participant, by=by)
    access_log.changed(participant, by=by, what="ask_for_review")
    return request


@transaction.atomic
def withdraw(*, request: ReviewRequest, by) -> ReviewRequest:
    """Take one's own wish back."""
    request = ReviewRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.asked_by_id != by.pk:
        raise Refused("Bara den som bad om det kan ta tillbaka det.")
    if request.item_id or request.withdrawn_at:
        return request
    request.withdrawn_at = timezone.now()
    request.save(update_fields=["withdrawn_at"])
    agenda.again(participant=request.participant, by=by)
    access_log.changed(request.participant, by=by, what="withdraw_review_request")
    return request


def answer(*, item) -> None:
    """The person was gone through: every wish is met. One query."""
    open_ones = agenda.open_requests(item.participant_id)
    open_ones.update(item=item)


def reopen(*, item) -> None:
    """The person was not gone through after all: the wishes stand again, unless asked anew since. Two queries."""
    again = list(agenda.open_requests(item.participant_id).values_list("asked_by", flat=True))
    ReviewRequest.objects.filter(item=item).exclude(asked_by__in=again).update(item=None)
