"""What other parts ask of plans: which version holds, and what the young person says in it."""

from casework.models import Plan, PlanField, PlanStatus, PlanVersion


def current_versions(participants) -> dict[int, PlanVersion]:
    """Return the plan that holds for each person's current enrolment, by person. One query.

    Whoever shows it has looked up the people with the plan's category.
    """
    versions = PlanVersion.objects.current().filter(
        plan__enrolment__participant__in=participants, plan__enrolment__ended_on=None
    )
    found = versions.select_related("plan__enrolment")
    return {version.plan.enrolment.participant_id: version for version in found}


def own_words(content: dict) -> list[tuple[str, str]]:
    """Return the young person's own words of a version's content: (question, text). Pure."""
    return [(field.label, content[field]) for field in PlanField if content.get(field)]


def plan_of(participant) -> Plan | None:
    """Return the plan of the person's enrolment, the latest one when they have left. One query."""
    plans = Plan.objects.filter(enrolment__participant=participant).select_related("enrolment")
    return plans.order_by("-enrolment__starts_on", "-enrolment").first()


def proposed(plan: Plan | None) -> PlanVersion | None:
    """Return the version that waits to be agreed to. Two queries."""
    if plan is None:
        return None
    waiting = plan.versions.filter(status=PlanStatus.PROPOSED).select_related("proposed_by")
    return waiting.prefetch_related("agreements__user").first()


def in_force(plan: Plan | None) -> PlanVersion | None:
    """Return the version that holds. Two queries."""
    if plan is None:
        return None
    found = plan.versions.current().select_related("proposed_by")
    return found.prefetch_related("agreements__user", "agreements__recorded_by").first()
