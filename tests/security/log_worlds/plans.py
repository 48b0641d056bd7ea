"""Plans in every state, papers and booked meetings, so that the pages about plans have somebody to show."""

from datetime import timedelta

from django.utils import timezone

from casework.models import MeetingBooking, PlanPaper, PlanPaperPage, PlanStep
from casework.plans import versions
from tests.casework.plans_world import agreed, lay_table, put_forward

# The calendar file and the picture of a paper show nobody by name, and log the one they are about:
# tests/casework/test_plans_booking.py and test_plans_agreeing.py.
ELSEWHERE = {"plans:calendar", "plans:paper_picture"}


def build(world):
    """Give one person a plan that holds and a change of it, another a proposal, the rest a plan each."""
    pedagogue = world.users["pedagogue"]
    agreed(world.enrolment, pedagogue, due_on=f"{timezone.localdate() - timedelta(days=2)}")
    lay_table(world.enrolment, pedagogue, step="Öva inför intervjun")
    for person in (world.other, world.hidden, world.protected):
        enrolment = person.enrolments.get()
        lay_table(enrolment, pedagogue)
        put_forward(enrolment, pedagogue)
        MeetingBooking.objects.create(
            enrolment=enrolment,
            starts_at=timezone.now() + timedelta(hours=1),
            place="Jobbcenter",
            booked_by=pedagogue,
        )
    version = versions.PlanVersion.objects.get(plan__enrolment=world.enrolment)
    paper = PlanPaper.objects.create(version=version, pages=1, uploaded_by=pedagogue)
    PlanPaperPage.objects.create(paper=paper, number=1, picture=b"prov")


def special(world) -> dict[str, list[dict]]:
    """Return what to open of each route."""
    people = (world.mine, world.other, world.hidden, world.protected)
    of_person = [{"pk": person.pk} for person in people]
    step = PlanStep.objects.filter(goal__plan__enrolment=world.enrolment).first()
    return {
        "plans:version": [each | {"number": 1} for each in of_person],
        "plans:tick": [{"pk": world.mine.pk, "step": step.pk}],
        "plans:sign": [each | {"party": "participant"} for each in of_person],
        "plans:thanks": [each | {"party": "participant"} for each in of_person],
    }
