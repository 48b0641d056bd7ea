"""What a plan says, as it is frozen: words, goals, steps, next meeting, the day it is reviewed. And its hash."""

import hashlib
import json

from django.utils import timezone

from casework.models import GoalKind, Plan, PlanField, PlanStep, StepWho

EMPTY = {"wishes": "", "needs": "", "circumstances": "", "goals": [], "next_meeting": "", "review_on": ""}  # fmt: skip
ME = "Jag"
SOMEBODY = "Någon annan"


def content_of(plan: Plan | None, *, review_on=None) -> dict:
    """Return what the working table says now, ready to be frozen. Four queries."""
    if plan is None:
        return dict(EMPTY)
    texts = dict(plan.texts.values_list("field", "text"))
    day = review_on or plan.review_on
    return {
        **{field.value: texts.get(field.value, "").strip() for field in PlanField},
        "goals": [_goal(goal, steps) for goal, steps in _written(plan)],
        "next_meeting": _next_meeting(plan),
        "review_on": day.isoformat() if day else "",
    }


def sha256_of(content: dict) -> str:
    """Return the SHA-256, in hexadecimal, of a content. Pure."""
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def short_code(sha256: str) -> str:
    """Return the few letters of a hash that are printed and read aloud: 4F2A-91C0. Pure."""
    return f"{sha256[:4]}-{sha256[4:8]}".upper()


def says_the_same(one: dict, other: dict) -> bool:
    """Say whether two contents tell the same plan: what is to be done, not when one meets. Pure."""
    return _plan_alone(one) == _plan_alone(other)


def kind_label(kind: str) -> str:
    """Return the Swedish word for a kind of goal. Pure."""
    return GoalKind(kind).label if kind in GoalKind.values else kind


def goals_in_words(content: dict) -> list[tuple[str, dict]]:
    """Return a content's goals, each with its kind in words. Pure."""
    return [(kind_label(goal["kind"]), goal) for goal in content["goals"]]


def who_words(step: PlanStep) -> str:
    """Return who takes a step, in words. No query when `user` is loaded."""
    if step.who == StepWho.PARTICIPANT:
        return ME
    return step.user.name if step.who == StepWho.STAFF else step.who_text.strip() or SOMEBODY


def _plan_alone(content) -> dict:
    return {key: value for key, value in content.items() if key not in {"next_meeting"}}


def _written(plan):
    """Yield the goals that stand with their steps, those left empty out. Two queries."""
    goals = list(plan.goals.filter(removed_at=None))
    steps = PlanStep.objects.filter(goal__in=goals, removed_at=None).select_related("user")
    of_goal: dict = {}
    for step in steps:
        if step.text.strip():
            of_goal.setdefault(step.goal_id, []).append(step)
    for goal in goals:
        if goal.text.strip() or of_goal.get(goal.pk):
            yield goal, of_goal.get(goal.pk, [])


def _goal(goal, steps) -> dict:
    return {
        "id": str(goal.pk),
        "kind": goal.kind,
        "text": goal.text.strip(),
        "steps": [_step(each) for each in steps],
    }


def _step(step) -> dict:
    return {
        "id": str(step.pk),
        "text": step.text.strip(),
        "who": who_words(step),
        "by": step.due_on.isoformat() if step.due_on else "",
    }


def _next_meeting(plan) -> str:
    """Return when and where the three meet next: 2026-12-01 13:00, Jobbcenter."""
    coming = plan.enrolment.meeting_bookings.coming(timezone.now())
    booking = coming.filter(starts_at__gt=timezone.now()).first()
    if booking is None:
        return ""
    return f"{timezone.localtime(booking.starts_at):%Y-%m-%d %H:%M}, {booking.place}"
