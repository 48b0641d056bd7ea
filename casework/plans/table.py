"""The plan's working table as the page draws it: every field with its name and value, and where two have written."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from accounts.roles import ROLES, Authority, Scope
from casework.models import GoalKind, Plan, PlanField, PlanStep, StepWho
from casework.plans import editing, parties
from casework.plans.content import kind_label
from participants.models import ProtectionReader

WHO = {StepWho.PARTICIPANT.value: "Jag", StepWho.OTHER.value: "Någon annan"}
NAMES = {"words": "", "text": "", "who": "Vem", "who_text": "Vem, med ord", "due_on": "Senast"}
NAMES |= {"kind": "Slag", "review_on": "Följs upp senast"}


@dataclass(frozen=True, slots=True)
class Clash:
    """Two wrote in the same place: what stands there now, and the words that came second."""

    pk: int
    by: str
    here: list[tuple[str, str]]
    other: list[tuple[str, str]]
    seen: str


@dataclass(frozen=True, slots=True)
class Text:
    """One of the young person's own texts."""

    name: str
    label: str
    value: str
    clashes: list[Clash]


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the table."""

    key: str
    text: str
    who: str
    who_text: str
    due_on: str
    is_done: bool
    people: list[tuple[str, str]]
    clashes: list[Clash]


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal on the table, with its steps."""

    key: str
    kind: str
    text: str
    steps: list[Step]
    clashes: list[Clash]


@dataclass(slots=True)
class Table:
    """All of it; `revision` tells whether anything has changed."""

    texts: list[Text]
    goals: list[Goal]
    review_on: str
    review_clashes: list[Clash]
    removed: list[tuple[str, str]]
    revision: str
    kinds: list = field(default_factory=lambda: GoalKind.choices)
    people: list[tuple[str, str]] = field(default_factory=list)


def of(plan: Plan | None, people: list[User], review_on: date) -> Table:
    """Return the table of a plan, or an empty one. Five queries."""
    choices = [*WHO.items()]
    choices[1:1] = [(f"user:{user.pk}", user.name) for user in people]
    if plan is None:
        texts = [Text(f"text:{each}", each.label, "", []) for each in PlanField]
        return Table(texts, [], review_on.isoformat(), [], [], "0", people=choices)
    words = {each.field: each for each in plan.texts.all()}
    goals = list(plan.goals.all())
    steps = list(PlanStep.objects.filter(goal__plan=plan).select_related("user"))
    rows = {"plan": plan} | words
    rows |= {f"goal:{each.pk}": each for each in goals} | {
        f"step:{each.pk}": each for each in steps
    }
    clashes = _clashes(plan, rows, dict(choices))
    standing = [goal for goal in goals if goal.removed_at is None]
    return Table(
        texts=[
            Text(f"text:{each}", each.label, words[each].text if each in words else "", clashes.get(each.value, []))
            for each in PlanField
        ],
        goals=[_goal(goal, steps, clashes, choices) for goal in standing],
        review_on=(plan.review_on or review_on).isoformat(),
        review_clashes=clashes.get("plan", []),
        removed=_removed(goals, steps, standing),
        revision=_revision(rows, clashes),
        people=choices,
    )  # fmt: skip


def people_for(enrolment) -> list[User]:
    """Return the staff who may take a step: those of the enrolment first. Four queries."""
    participant = enrolment.participant
    has_consent = parties.of(enrolment, timezone.localdate()).has_consent
    own = [each.user for each in enrolment.assignments.all() if each.ends_on is None]
    roles = [
        role
        for role, facts in ROLES.items()
        if Permission.HAVE_TASKS in facts.permissions and facts.scope >= Scope.TEAM
    ]
    team = User.objects.active_with_role(*roles).filter(authority=Authority.MUNICIPALITY)
    found = {user.pk: user for user in (*own, *team) if user.is_active}
    if participant.is_protected:
        readers = ProtectionReader.objects.filter(protection__participant=participant)
        allowed = set(readers.values_list("user", flat=True))
        found = {pk: user for pk, user in found.items() if pk in allowed}
    return [
        user for user in found.values() if has_consent or user.authority == Authority.MUNICIPALITY
    ]


def _goal(goal, steps, clashes, choices) -> Goal:
    theirs = [each for each in steps if each.goal_id == goal.pk and each.removed_at is None]
    return Goal(
        str(goal.pk),
        goal.kind,
        goal.text,
        [_step(each, clashes, choices) for each in theirs],
        clashes.get(f"goal:{goal.pk}", []),
    )


def _step(step, clashes, choices) -> Step:
    who = editing.value_of(step, "who")
    people = choices
    if step.user and who not in dict(choices):
        people = [*choices, (who, step.user.name)]
    return Step(
        key=str(step.pk),
        text=step.text,
        who=who,
        who_text=step.who_text,
        due_on=editing.value_of(step, "due_on"),
        is_done=step.done_on is not None,
        people=people,
        clashes=clashes.get(f"step:{step.pk}", []),
    )


def _clashes(plan, rows, people) -> dict[str, list[Clash]]:
    found: dict[str, list[Clash]] = {}
    for each in plan.clashes.filter(settled_at=None).select_related("by"):
        row = rows.get(each.target)
        if row is None:
            continue
        names = sorted(each.typed)
        here = {name: editing.value_of(row, name) for name in names}
        clash = Clash(
            each.pk,
            each.by.name,
            [(NAMES[name], _words(name, here[name], people)) for name in names],
            [(NAMES[name], _words(name, each.typed[name], people)) for name in names],
            "\n".join(here.values()),
        )
        found.setdefault(each.target, []).append(clash)
    return found


def _words(name, value, people) -> str:
    if name == "kind":
        return kind_label(value)
    return people.get(value, "En av oss") if name == "who" else value


def _removed(goals, steps, standing) -> list[tuple[str, str]]:
    """Return what was taken off the table and can be put back, the latest first."""
    gone = [(each.removed_at, f"goal:{each.pk}", each.text) for each in goals if each.removed_at]
    kept = {goal.pk for goal in standing}
    gone += [
        (each.removed_at, f"step:{each.pk}", each.text)
        for each in steps
        if each.removed_at and each.goal_id in kept
    ]
    return [(target, text) for _, target, text in sorted(gone, reverse=True) if text.strip()]


def _revision(rows, clashes) -> str:
    """Return a few letters that change with every change."""
    parts = [f"{key} {row.version} {getattr(row, 'done_on', '')}" for key, row in rows.items()]
    parts += [f"{key} {each}" for key, theirs in clashes.items() for each in theirs]
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:16]
