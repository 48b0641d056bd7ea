"""A colleague on leave: who has taken over, and what they need to know."""

from datetime import date, timedelta

from accounts.models import User
from accounts.roles import Role
from basun.demo.case_files import CaseFile
from basun.demo.texts import sayings, varied
from casework.handovers import actions
from casework.handovers.caseload import Terms
from casework.models import MoveKind
from participants.enums import Function

TO_ANNA = 3
DAYS_AWAY = 13
REASON = "Föräldraledig två veckor."


def hand_over(files: list[CaseFile], staff: dict[Role, list[User]], today: date) -> None:
    """From today Samir is on leave: three of his go to Anna, the others to Åsa."""
    anna, samir, asa = staff[Role.PEDAGOGUE]
    his = [each for each in files if each.contact == samir and not each.is_protected]
    to = {_assignment(file).pk: anna if place < TO_ANNA else asa for place, file in enumerate(his)}
    terms = Terms(MoveKind.LEAVE, today, today + timedelta(days=DAYS_AWAY))
    move = actions.move_caseload(
        from_user=samir, terms=terms, to=to, tasks={}, by=samir, reason=REASON
    )
    texts = sayings()["handover"]
    # One text is still to be written.
    handovers = list(move.handovers.select_related("to_user", "enrolment").order_by("pk"))
    for place, handover in enumerate(handovers[1:]):
        words = varied(texts[place % len(texts)], files[place].random)
        actions.write_text(handover=handover, text=words, version=1, by=samir)
        if handover.to_user == asa and place % 2:
            actions.mark_read(handover=handover, by=asa)


def _assignment(file: CaseFile):
    return next(
        each for each in file.enrolment.assignments.all()
        if each.function == Function.MAIN_CONTACT and each.ends_on is None
    )  # fmt: skip
