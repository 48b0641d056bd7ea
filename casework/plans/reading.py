"""What other parts ask of plans: which version holds, and what the young person says in it."""

from casework.models import PlanField, PlanVersion


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
