"""The plan on paper, for the young person: own words first, steps with boxes to tick, whom to call. No personnummer."""

from casework.models import PlanStatus, PlanVersion
from casework.plans import reading
from casework.plans.content import goals_in_words, short_code
from casework.plans.looks import agreements_of
from casework.sheets import ink
from core.pdf import render_pdf

TEMPLATE = "casework/plan_pdf.html"


def as_pdf(version: PlanVersion, participant) -> bytes:
    """Return a version as a PDF, A4, mostly one page."""
    contact = version.plan.enrolment.main_contact
    context = {
        "version": version,
        "name": participant.list_name,
        "own_words": reading.own_words(version.content),
        "goals": goals_in_words(version.content),
        "contact": contact,
        "code": short_code(version.sha256),
        "is_proposal": version.status == PlanStatus.PROPOSED,
        "lines": [
            (line, ink.picture(line.agreement.strokes) if line.agreement else "")
            for line in agreements_of(version)
        ],
    }
    return render_pdf(TEMPLATE, context, title="Min plan")
