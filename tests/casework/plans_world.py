"""What the tests of plans have in common: a person with staff, a plan on the table, a version put to the parties."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from casework.models import AgreementMethod, Party
from casework.plans import editing, versions
from tests.cast import enrol, make_person

STROKES = [[[0.1, 0.1], [0.5, 0.2]]]
WISHES = "Jag vill jobba med bilar."


def today():
    return timezone.localdate()


def person_with_staff(pedagogue, officer=None, *, consent=("plan",), **facts):
    """Create somebody enrolled, with their staff; the consent lets the officer take part."""
    person = make_person("Alva", "Planlund", consent=consent, **facts)
    return person, enrol(person, contact=pedagogue, officer=officer)


def write(enrolment, by, **fields):
    """Save fields of the table as a page does: names with __ for the colon, each with what was there before."""
    posted = {}
    for name, value in fields.items():
        value, was = value if isinstance(value, tuple) else (value, "")
        name = name.replace("__", ":")
        posted |= {name: value, f"was:{name}": was}
    return save_posted(enrolment, by, posted)


def save_posted(enrolment, by, posted):
    """Save what a page has posted."""
    return editing.save(
        enrolment=enrolment,
        wishes=editing.wishes_in(posted),
        goals=editing.goals_of_new_steps(posted),
        by=by,
    )


def lay_table(enrolment, by, *, step="Ring verkstaden", who="participant", due_on=""):
    """Write own words, one goal and one step; returns the keys of the goal and the step."""
    goal, each = str(uuid4()), str(uuid4())
    posted = {
        "text:wishes": WISHES,
        f"goal:{goal}:text": "Få en praktik",
        f"goal:{goal}:kind": "internship",
        f"was:goal:{goal}:kind": "work",
        f"step:{each}:goal": goal,
        f"step:{each}:text": step,
        f"step:{each}:who": who,
        f"was:step:{each}:who": "participant",
        f"step:{each}:due_on": due_on,
    }
    assert not save_posted(enrolment, by, posted).refused
    return goal, each


def put_forward(enrolment, by, **facts):
    """Put what stands on the table to the parties."""
    review_on = facts.pop("review_on", today() + timedelta(weeks=8))
    return versions.propose(plan=enrolment.plan, by=by, review_on=review_on, **facts)


def agree_all(version, by):
    """Let every party agree, the participant first."""
    for party in version.parties:
        versions.agree(
            version=version,
            shown_sha256=version.sha256,
            party=party,
            method=AgreementMethod.DRAWN,
            by=by,
            strokes=STROKES,
        )
    version.refresh_from_db()
    return version


def agreed(enrolment, by, **facts):
    """Return a plan that holds."""
    lay_table(enrolment, by, **facts)
    return agree_all(put_forward(enrolment, by), by)


PARTIES = [Party.PARTICIPANT, Party.PEDAGOGUE, Party.OFFICER]
