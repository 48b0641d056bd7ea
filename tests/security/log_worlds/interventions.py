"""What the pages of interventions show, so that there is somebody to log."""

from datetime import timedelta

from django.utils import timezone

from casework.models import Intervention
from casework.models.notes import Audience

# Answers only to POST.
ELSEWHERE = {"interventions:resume"}


def build(world):
    """A measure of each authority for everybody, open to the team and not."""
    day = timezone.localdate() - timedelta(days=3)
    people = (
        world.mine, world.other, world.hidden, world.protected, world.closed, world.left, world.new
    )  # fmt: skip
    world.measures = [
        Intervention.objects.create(
            participant=person, kind="course", organisation="Skolan", starts_on=day,
            audience=audience, author_authority=user.authority, created_by=user,
        )
        for person in people
        for user in (world.users["pedagogue"], world.users["officer"])
        for audience in (Audience.TEAM, Audience.AUTHORITY)
    ]  # fmt: skip


def special(world) -> dict[str, list[dict]]:
    """Every measure at its own person, and one at another's."""
    rows = [{"pk": row.participant_id, "row": row.pk} for row in world.measures]
    rows.append({"pk": world.other.pk, "row": world.measures[0].pk})
    return {f"interventions:{name}": rows for name in ("change", "end")}
