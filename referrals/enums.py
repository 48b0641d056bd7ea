"""The fixed words of a referral."""

from django.db import models


class Source(models.TextChoices):
    """Where a referral comes from, as the figures split it."""

    EMPLOYMENT_SERVICE = "af", "Arbetsförmedlingen"
    SOCIAL_SERVICES = "social", "Socialförvaltningen"
    OTHER_MUNICIPAL = "kommun", "Annan kommunal verksamhet"
    CIVIL_SOCIETY = "civil", "Civilsamhället"
    OWN_INITIATIVE = "eget", "Eget initiativ"
    OUTREACH = "uppsok", "Uppsökande verksamhet"
    PARENT = "foralder", "Förälder eller vårdnadshavare"

    @property
    def is_told(self) -> bool:
        """Whether the answer may say why and where to: to authorities and to the person, nobody else."""
        return self in {
            Source.EMPLOYMENT_SERVICE,
            Source.SOCIAL_SERVICES,
            Source.OTHER_MUNICIPAL,
            Source.OWN_INITIATIVE,
        }


class ReferralStatus(models.TextChoices):
    """Where a referral stands."""

    RECEIVED = "received", "Mottagen"
    IN_ASSESSMENT = "in_assessment", "Under bedömning"
    ACCEPTED = "accepted", "Godtagen"
    DECLINED = "declined", "Avböjd"
    WITHDRAWN = "withdrawn", "Återtagen"

    @property
    def tone(self) -> str:
        """How the state looks, for `{% status_tag %}`."""
        return {"received": "info", "in_assessment": "accent", "accepted": "good"}.get(
            self.value, "neutral"
        )

    @property
    def icon(self) -> str:
        """The icon beside the word."""
        return {
            "received": "inbox",
            "in_assessment": "half",
            "accepted": "check-circle",
            "declined": "cross",
            "withdrawn": "arrow-left",
        }[self.value]


OPEN = (ReferralStatus.RECEIVED, ReferralStatus.IN_ASSESSMENT)
STEPS = {
    ReferralStatus.RECEIVED: {
        ReferralStatus.IN_ASSESSMENT,
        ReferralStatus.ACCEPTED,
        ReferralStatus.DECLINED,
        ReferralStatus.WITHDRAWN,
    },
    ReferralStatus.IN_ASSESSMENT: {
        ReferralStatus.ACCEPTED,
        ReferralStatus.DECLINED,
        ReferralStatus.WITHDRAWN,
    },
}


class DeclineReason(models.TextChoices):
    """Why a referral was declined."""

    NOT_TARGET_GROUP = "not_target_group", "Tillhör inte målgruppen"
    AGE = "age", "Utanför åldersgränsen"
    OTHER_MEASURE_FITS = "other_measure_fits", "En annan insats passar bättre"
    NOT_REACHED = "not_reached", "Gick inte att nå"
    DOES_NOT_WANT = "does_not_want", "Vill inte delta"
    MOVED = "moved", "Bor inte längre i kommunen"
    NO_PLACE = "no_place", "Ingen plats"
    OTHER = "other", "Annat"

    @property
    def is_told(self) -> bool:
        """Whether the answer to the referrer names it: yes about the programme, no about the person."""
        return self in {
            DeclineReason.NOT_TARGET_GROUP,
            DeclineReason.AGE,
            DeclineReason.OTHER_MEASURE_FITS,
            DeclineReason.NO_PLACE,
        }
