"""Referrals to meet."""

from datetime import timedelta

import pytest
from django.utils import timezone

from referrals import actions
from referrals.enums import ReferralStatus
from referrals.models import Criterion, Referral, ReferringBody
from tests.cast import make_person


def criterion(number: int) -> Criterion:
    """Return the criterion of that number that holds today."""
    return Criterion.objects.valid_on(timezone.localdate()).get(number=number)


def make_referral(participant=None, *, by=None, days_ago: int = 0, **facts) -> Referral:
    """Take in a referral for tests, of a person who fits the target group unless told otherwise."""
    facts.setdefault("body", ReferringBody.objects.get(name="Arbetsförmedlingen"))
    facts.setdefault("criteria", [criterion(3)])
    facts.setdefault("referred_on", timezone.localdate() - timedelta(days=days_ago))
    participant = participant or make_person()
    referral = Referral.objects.create(
        participant=participant,
        received_by=by,
        **{key: value for key, value in facts.items() if key != "criteria"},
    )
    referral.criteria.set(facts["criteria"])
    referral.steps.create(status=ReferralStatus.RECEIVED, by=by, at=referral.received_at)
    return referral


@pytest.fixture
def referral(db):
    """A referral that came today."""
    return make_referral()


@pytest.fixture
def declined(referral, lead):
    """A referral that was declined, and the person sent elsewhere."""
    return actions.decline(
        referral=referral, reason="other_measure_fits", sent_instead_to="Komvux", by=lead
    )
