"""The plan's working table: each text, goal and step is saved by itself, and two who write at once both keep their words.

A page sends a field as it stands now and as it stood when it was last in step with us:

    text:wishes, goal:<uuid>:text, goal:<uuid>:kind, step:<uuid>:text | who | who_text | due_on, plan:review_on
    was:<the same name>         what stood there before

So two who write in different fields never meet. When somebody else has changed the same field meanwhile the
words that came second are kept beside it (PlanClash) until one of them chooses. `who` is participant, other or
user:<key>. A goal or step whose key is new is created; a step's goal is step:<uuid>:goal.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casework.models import (
    GoalKind,
    Plan,
    PlanClash,
    PlanField,
    PlanGoal,
    PlanStep,
    PlanText,
    StepWho,
)
from core.errors import Refused
from participants import access_log

FIELDS = {
    "plan": ("review_on",),
    "goal": ("text", "kind"),
    "step": ("text", "who", "who_text", "due_on"),
}
LONGEST = {"goal:text": 300, "step:text": 300, "step:who_text": 120, "text": 10000}
DATES = {"review_on", "due_on"}
WRONG_DAY = "Skriv dagen så här: 2026-03-09."
TOO_LONG = "Högst {most} tecken får plats här. Korta texten."
UNKNOWN_WHO = "Välj vem som tar steget."
GONE_GOAL = "Målet finns inte längre. Lägg steget under ett annat mål."
MOST = 60
TOO_MANY = f"Planen har plats för {MOST} mål och steg. Ta bort något först."
SETTLED = "Ni har redan valt här."
CHANGED_MEANWHILE = "Orden ändrades medan du valde. Titta på dem igen och välj."
KEEP, OTHER, BOTH = "den-har", "den-andra", "bada"


@dataclass(frozen=True, slots=True)
class Wish:
    """A field that somebody has changed on their page: its new value, and what stood there before."""

    target: str
    field: str
    value: str
    was: str

    @property
    def name(self) -> str:
        """The field's name on the page."""
        return f"text:{self.target}" if self.field == "words" else f"{self.target}:{self.field}"

    @property
    def key(self) -> str:
        """The goal's or step's key."""
        return self.target.partition(":")[2]


@dataclass(slots=True)
class Saved:
    """How a save went: what was refused, by field and why, and which fields were written by two."""

    refused: dict[str, str] = field(default_factory=dict)
    clashed: set[str] = field(default_factory=set)


def wishes_in(posted) -> list[Wish]:
    """Return what has changed on a page, goals before steps. Ignores what no plan has. Pure."""
    found = [_wish(name, posted) for name in posted if not name.startswith("was:")]
    changed = [each for each in found if each and each.value != each.was]
    order = {"goal": 1, "step": 2}
    return sorted(changed, key=lambda each: order.get(each.target.partition(":")[0], 0))


def _wish(name, posted) -> Wish | None:
    kind, _, rest = name.partition(":")
    key, _, part = rest.partition(":")
    value, was = _plain(posted[name]), _plain(posted.get(f"was:{name}", ""))
    if kind == "text" and rest in PlanField.values:
        return Wish(rest, "words", value, was)
    if kind == "plan" and rest in FIELDS["plan"]:
        return Wish("plan", rest, value, was)
    if kind in {"goal", "step"} and part in FIELDS[kind] and _is_uuid(key):
        return Wish(f"{kind}:{UUID(key)}", part, " ".join(value.split("\n")), was)
    return None


def goals_of_new_steps(posted) -> dict[str, str]:
    """Return which goal each step on a page belongs to. Pure."""
    found = {}
    for name in posted:
        kind, _, rest = name.partition(":")
        key, _, part = rest.partition(":")
        if kind == "step" and part == "goal" and _is_uuid(key) and _is_uuid(posted[name]):
            found[str(UUID(key))] = str(UUID(posted[name]))
    return found


@transaction.atomic
def plan_for(enrolment, by) -> Plan:
    """Return the enrolment's plan, made now if there is none, locked until the transaction ends."""
    plan, _ = Plan.objects.get_or_create(enrolment=enrolment, defaults={"created_by": by})
    return Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)


@transaction.atomic
def save(*, enrolment, wishes: list[Wish], by, goals=None) -> Saved:
    """Save what was changed on somebody's page; what can't be saved says why, and the rest is saved."""
    saved = Saved()
    if not wishes:
        return saved
    plan = plan_for(enrolment, by)
    for wish in wishes:
        try:
            with transaction.atomic():
                if not _save(plan, wish, by, goals or {}):
                    saved.clashed.add(wish.name)
        except Refused as refusal:
            saved.refused[wish.name] = str(refusal)
    _log(plan, by, "save_plan")
    return saved


@transaction.atomic
def add_goal(*, enrolment, by, kind: str = GoalKind.WORK) -> PlanGoal:
    """Add an empty goal to write in."""
    return _new_goal(plan_for(enrolment, by), None, by, kind)


@transaction.atomic
def add_step(*, enrolment, goal_id, by) -> PlanStep:
    """Add an empty step to a goal of the plan."""
    return _new_step(plan_for(enrolment, by), None, goal_id, by)


@transaction.atomic
def remove(*, enrolment, target: str, by) -> None:
    """Take a goal or step off the table; it can be put back."""
    _set_removed(enrolment, target, timezone.now(), by, "remove_from_plan")


@transaction.atomic
def put_back(*, enrolment, target: str, by) -> None:
    """Put a goal or step back that was taken off the table."""
    _set_removed(enrolment, target, None, by, "put_back_in_plan")


@transaction.atomic
def settle(*, enrolment, clash_id: int, choice: str, seen: str, by) -> None:
    """Choose between two who wrote at once: this one, the other, or both put together.

    `seen` is what stood in the plan when the choice was made: raises Refused when it has changed since.
    """
    plan = plan_for(enrolment, by)
    clash = plan.clashes.select_for_update(of=("self",)).filter(pk=clash_id).first()
    if clash is None or clash.settled_at:
        raise Refused(SETTLED)
    row = _row(plan, clash.target, by)
    if seen != "\n".join(_value(row, name) for name in sorted(clash.typed)):
        raise Refused(CHANGED_MEANWHILE)
    for name, typed in clash.typed.items():
        now = _value(row, name)
        if choice == OTHER:
            _write(row, clash.target, name, typed)
        elif choice == BOTH and name in {"words", "text", "who_text"} and now.strip():
            _write(row, clash.target, name, _joined(now, typed, name))
    _keep(row, by)
    clash.settled_at, clash.settled_by = timezone.now(), by
    clash.save(update_fields=["settled_at", "settled_by"])
    _log(plan, by, "settle_plan_clash")


def value_of(row, name: str) -> str:
    """Return what stands in a field of a text, goal, step or plan, as the page writes it."""
    return _value(row, name)


def _save(plan, wish: Wish, by, goals) -> bool:
    """Save one field; False when somebody else had written there meanwhile, and both are kept."""
    row, is_new = _row_or_new(plan, wish, by, goals)
    if row is None:
        return True
    now = _value(row, wish.field)
    if now == wish.value:
        return True
    if not is_new and now != wish.was:
        _keep_both(plan, wish, by)
        return False
    _write(row, wish.target, wish.field, wish.value)
    _keep(row, by)
    return True


def _keep_both(plan, wish, by) -> None:
    """Keep the words that came second; what the same user goes on writing takes their place."""
    _check(wish.target, wish.field, wish.value)
    open_one = plan.clashes.filter(target=wish.target, by=by, settled_at=None).first()
    clash = open_one or PlanClash(plan=plan, target=wish.target, by=by, typed={})
    clash.typed = clash.typed | {wish.field: wish.value}
    clash.at = timezone.now()
    clash.save()


def _row_or_new(plan, wish, by, goals):
    kind = wish.target.partition(":")[0]
    if kind not in {"goal", "step"}:
        return _row(plan, wish.target, by), False
    if row := _row(plan, wish.target, by):
        return row, False
    if not wish.value.strip():
        return None, False
    if kind == "goal":
        chosen = wish.value if wish.field == "kind" else GoalKind.WORK
        return _new_goal(plan, wish.key, by, chosen), True
    return _new_step(plan, wish.key, goals.get(wish.key), by), True


def _row(plan, target: str, by):
    """Return what a target of this plan is: the plan, a text, a goal or a step; None when there is none."""
    kind, _, key = target.partition(":")
    if kind == "plan":
        return plan
    if kind == "goal":
        return plan.goals.filter(pk=key).first()
    if kind == "step":
        return PlanStep.objects.filter(goal__plan=plan, pk=key).select_related("user").first()
    return PlanText.objects.get_or_create(plan=plan, field=kind, defaults={"changed_by": by})[0]


def _new_goal(plan, key, by, kind: str = GoalKind.WORK) -> PlanGoal:
    if kind not in GoalKind.values:
        raise Refused("Välj vad målet gäller.")
    facts = {"id": key} if key else {}
    _must_be_free(PlanGoal, key)
    _must_have_room(plan)
    position = plan.goals.count()
    return PlanGoal.objects.create(plan=plan, kind=kind, position=position, changed_by=by, **facts)


def _new_step(plan, key, goal_id, by) -> PlanStep:
    if not goal_id or not _is_uuid(goal_id):
        raise Refused(GONE_GOAL)
    goal = plan.goals.filter(pk=goal_id).first()
    if goal is None:
        goal = _new_goal(plan, goal_id, by)
    facts = {"id": key} if key else {}
    _must_be_free(PlanStep, key)
    _must_have_room(plan)
    position = goal.steps.count()
    return PlanStep.objects.create(
        goal=goal, who=StepWho.PARTICIPANT, position=position, changed_by=by, **facts
    )


def _must_be_free(model, key) -> None:
    """A key that stands in somebody else's plan is not ours to write at."""
    if key and model.objects.filter(pk=key).exists():
        raise Refused(GONE_GOAL)


def _must_have_room(plan) -> None:
    steps = PlanStep.objects.filter(goal__plan=plan, removed_at=None).count()
    if steps + plan.goals.filter(removed_at=None).count() >= MOST:
        raise Refused(TOO_MANY)


def _value(row, name: str) -> str:
    if name == "words":
        return row.text
    if name == "who":
        return f"user:{row.user_id}" if row.who == StepWho.STAFF else row.who
    value = getattr(row, name)
    return value.isoformat() if isinstance(value, date) else value or ""


def _write(row, target, name: str, value: str) -> None:
    """Put a value in a field; Refused, with a sentence, when it can't stand there."""
    checked = _check(target, name, value)
    if name == "who":
        row.who, row.user = checked
    else:
        setattr(row, "text" if name == "words" else name, checked)
    if name not in {"review_on"} and getattr(row, "removed_at", None):
        row.removed_at = None  # somebody went on writing in what another took away: nothing is lost


def _check(target, name, value: str):
    """Return a value as its column takes it; raises Refused."""
    if name in DATES:
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise Refused(WRONG_DAY) from None
    if name == "who":
        return _who(value)
    if name == "kind" and value not in GoalKind.values:
        raise Refused("Välj vad målet gäller.")
    most = LONGEST.get("text" if name == "words" else f"{target.partition(':')[0]}:{name}")
    if most and len(value) > most:
        raise Refused(TOO_LONG.format(most=most))
    return value


def _who(value: str):
    kind, _, key = value.partition(":")
    if kind == "user":
        user = User.objects.filter(pk=key, is_active=True).first() if key.isdecimal() else None
        if user is None:
            raise Refused(UNKNOWN_WHO)
        return StepWho.STAFF, user
    if kind not in {StepWho.PARTICIPANT, StepWho.OTHER}:
        raise Refused(UNKNOWN_WHO)
    return StepWho(kind), None


def _keep(row, by) -> None:
    """Save a row with its next version, and who changed it."""
    row.version += 1
    if not isinstance(row, Plan):
        row.changed_at, row.changed_by = timezone.now(), by
    row.save()


def _joined(one: str, other: str, name: str) -> str:
    between = "\n\n" if name == "words" else " / "
    return f"{one.rstrip()}{between}{other.lstrip()}"


def _set_removed(enrolment, target, when, by, what) -> None:
    plan = plan_for(enrolment, by)
    kind, _, key = target.partition(":")
    row = _row(plan, target, by) if kind in {"goal", "step"} and _is_uuid(key) else None
    if row is None:
        return
    row.removed_at = when
    _keep(row, by)
    _log(plan, by, what)


def _log(plan, by, what) -> None:
    access_log.shown_to(by, [plan.enrolment.participant_id], access_log.Action.CHANGED, what=what)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def _is_uuid(text: str) -> bool:
    try:
        UUID(str(text))
    except ValueError:
        return False
    return True
