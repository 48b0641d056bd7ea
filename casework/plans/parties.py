"""Who agrees to a plan: the participant, the main contact, and the officer where consent lets one in."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from accounts.roles import Authority
from casework.models import Party
from participants.enums import Category
from participants.models import Consent, Enrolment

NO_CONSENT = (
    "Samtycke till Arbetsförmedlingen för planeringen saknas. Samtalet hålls utan Arbetsförmedlingen,"
    " och planen gäller när deltagaren och huvudkontakten har godkänt den."
)
NO_OFFICER = (
    "Ingen arbetsförmedlare är utsedd. Samtalet hålls utan Arbetsförmedlingen tills någon är det."
)


@dataclass(frozen=True, slots=True)
class Parties:
    """The staff of an enrolment's plan, and whether consent lets the officer be one of them."""

    pedagogue: User | None
    assigned_officer: User | None
    has_consent: bool

    @property
    def officer(self) -> User | None:
        """The officer, when one is assigned and the consent covers the plan."""
        return self.assigned_officer if self.has_consent else None

    @property
    def values(self) -> list[str]:
        """The parties that have to agree, in the order they are told of."""
        return parties_for(has_officer=self.officer is not None)

    @property
    def staff(self) -> list[User]:
        """Those of the staff who take part."""
        return [user for user in (self.pedagogue, self.officer) if user]

    @property
    def why_without_officer(self) -> str:
        """Why Arbetsförmedlingen does not take part, as a sentence; nothing when it does."""
        if not self.has_consent:
            return NO_CONSENT
        return "" if self.assigned_officer else NO_OFFICER

    def user_of(self, party: str) -> User | None:
        """The member of staff who is this party; None for the participant."""
        return {Party.PEDAGOGUE: self.pedagogue, Party.OFFICER: self.officer}.get(party)

    def party_of(self, user) -> str:
        """Which party a user is, or nothing."""
        return next(
            (each for each in self.values if (found := self.user_of(each)) and found == user), ""
        )


def parties_for(*, has_officer: bool) -> list[str]:
    """Return who has to agree. Pure."""
    parties = [Party.PARTICIPANT, Party.PEDAGOGUE]
    parties += [Party.OFFICER] if has_officer else []
    return [each.value for each in parties]


def of(enrolment: Enrolment, day: date) -> Parties:
    """Return the staff of an enrolment's plan on a day. One query when assignments are prefetched."""
    consents = Consent.objects.valid_on(day).filter(
        participant=enrolment.participant_id,
        authority=Authority.EMPLOYMENT_SERVICE,
        category=Category.PLAN,
    )
    return Parties(enrolment.main_contact, enrolment.employment_officer, consents.exists())
