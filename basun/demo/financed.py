"""What participants live on, made-up rates, and somebody who left unsigned."""

from datetime import date
from decimal import Decimal
from random import Random

from accounts.roles import Role
from casework.models import Attendance
from participants.enums import BenefitKind
from participants.models import Enrolment
from reports.financing import actions

SOURCE = "Beslut som deltagaren visade vid inskrivningen"
RATES = [
    (BenefitKind.INCOME_SUPPORT, 16, 19, "48.50"),
    (BenefitKind.INCOME_SUPPORT, 20, 29, "61.00"),
    (BenefitKind.ACTIVITY_SUPPORT, 16, 29, "72.25"),
    (BenefitKind.ESTABLISHMENT, 20, 29, "66.75"),
]
MADE_UP = "Påhittade belopp, bara för demon"
WHY = "Svarar varken på telefon eller sms. Brev skickat, besöker hemmet nästa vecka."


def make_financing(staff: dict, today: date) -> None:
    """Enter rates, record benefits for most of the enrolled, and leave one exit unsigned."""
    administrator = staff[Role.ADMINISTRATOR][0]
    for benefit, age_from, age_to, amount in RATES:
        actions.add_rate(
            call_year=2016,
            programme_area="2.1",
            benefit=benefit,
            age_from=age_from,
            age_to=age_to,
            amount=Decimal(amount),
            valid_from=date(2016, 10, 1),
            source=MADE_UP,
            by=administrator,
        )
    _benefits(administrator)
    _left_unsigned(staff[Role.PEDAGOGUE][0])


def _benefits(by) -> None:
    random = Random(7122)  # noqa: S311  (deals cards, not keys)
    kinds = [*[BenefitKind.INCOME_SUPPORT] * 3, BenefitKind.ACTIVITY_SUPPORT, *BenefitKind]
    current = Enrolment.objects.filter(ended_on=None).select_related("participant")
    for index, enrolment in enumerate(current.order_by("pk")):
        if index % 6:
            actions.record_benefit(
                participant=enrolment.participant,
                kind=random.choice(kinds),
                starts_on=enrolment.starts_on,
                source=SOURCE,
                by=by,
            )


def _left_unsigned(by) -> None:
    """The latest who left with hours nobody has signed for, as the register has it: now with a reason."""
    for enrolment in Enrolment.objects.exclude(ended_on=None).order_by("-ended_on", "-pk")[:50]:
        rows = Attendance.objects.unattested().filter(
            participant=enrolment.participant_id,
            held_on__range=(enrolment.starts_on, enrolment.ended_on),
        )
        if count := rows.count():
            enrolment.exit_left_open = [f"Närvaro utan underskrift: {count}."]
            enrolment.exit_left_open_reason, enrolment.exited_by = WHY, by
            enrolment.save(update_fields=["exit_left_open", "exit_left_open_reason", "exited_by"])
            return
