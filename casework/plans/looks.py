"""How a version of a plan looks, and who has agreed to it. Pure, given what is loaded."""

from dataclasses import dataclass

from casework.models import AgreementMethod, Party, PlanAgreement, PlanStatus, PlanVersion
from casework.rollcall import strokes
from casework.signing.when import Look

LOOKS = {
    PlanStatus.PROPOSED: ("info", "hourglass"),
    PlanStatus.AGREED: ("good", "check-circle"),
    PlanStatus.REPLACED: ("neutral", "pause"),
    PlanStatus.WITHDRAWN: ("neutral", "cross"),
}
WAYS = {
    AgreementMethod.DRAWN: "ritade sin underskrift",
    AgreementMethod.LINK: "godkände med engångslänk",
    AgreementMethod.PAPER: "skrev under på papper",
    AgreementMethod.ACCOUNT: "godkände inloggad",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A party of a version: whether they have agreed, when and how."""

    party: str
    label: str
    agreement: PlanAgreement | None
    way: str
    ink: str

    @property
    def name(self) -> str:
        """The member of staff who agreed; nothing for the participant."""
        user = self.agreement.user if self.agreement else None
        return user.name if user else ""


def look_of(version: PlanVersion) -> Look:
    """Return where a version stands, as a word with its colour and shape."""
    return Look(version.get_status_display(), *LOOKS[PlanStatus(version.status)])


def agreements_of(version: PlanVersion) -> list[Line]:
    """Return every party of a version. No query when `agreements__user` is prefetched."""
    agreed = {each.party: each for each in version.agreements.all()}
    return [_line(party, agreed.get(party)) for party in version.parties]


def _line(party, agreement) -> Line:
    way = WAYS[AgreementMethod(agreement.method)] if agreement else ""
    ink = strokes.svg_path(agreement.strokes) if agreement and agreement.strokes else ""
    return Line(party, Party(party).label, agreement, way, ink)
