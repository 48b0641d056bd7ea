"""Two people at the same moment, each with a connection of their own."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from core.states import TransitionError
from participants.errors import Refused
from participants.models import Enrolment
from referrals import actions
from referrals.models import Referral, ReferringBody
from tests.cast import make_person
from tests.referrals.conftest import make_referral

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(*works) -> list[Exception | None]:
    """Run the works in threads that start together; return what each of them was refused with."""
    start, refusals = Barrier(len(works)), [None] * len(works)

    def run(index, work):
        start.wait()
        try:
            work()
        except (Refused, TransitionError) as refusal:
            refusals[index] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(pedagogue, lead):
    referral, today = make_referral(), timezone.localdate()

    refusals = at_once(
        lambda: actions.accept(
            referral=referral, starts_on=today, main_contact=pedagogue, by=pedagogue
        ),
        lambda: actions.decline(referral=referral, reason="no_place", by=lead),
    )

    assert [type(refusal) for refusal in refusals if refusal] == [TransitionError]
    referral.refresh_from_db()
    assert Enrolment.objects.count() == (1 if referral.status == "accepted" else 0)
    assert referral.steps.count() == 2


def test_of_two_who_register_a_referral_at_once_one_is_led_to_the_other(pedagogue, lead):
    person, body = make_person(), ReferringBody.objects.first()

    def receive(by):
        actions.receive(
            participant=person, body=body, referred_on=timezone.localdate(),
            criteria_reason="Behöver stöd.", by=by,
        )  # fmt: skip

    refusals = at_once(lambda: receive(pedagogue), lambda: receive(lead))

    assert [type(each) for each in refusals if each] == [actions.OpenReferralExists]
    assert Referral.objects.count() == 1
