"""The explicit line in every view and action that shows or changes a person."""

from collections.abc import Iterable

from django.utils import timezone

from core import access_log
from core.access_log import Action, Actor
from participants.models import (
    Assignment,
    ClosedFileOpening,
    Consent,
    Participant,
    ProtectionReader,
    ReadAccess,
)

__all__ = ["Action", "by_themselves", "changed", "grounds_for", "shown", "shown_to"]

# Commands and scheduled jobs act as this one.
SYSTEM = Actor(None, "system", "", "")
# A participant with a one-time link: no account, and nobody else's data.
THEMSELVES = Actor(None, "deltagaren", "", "")


def shown(
    request,
    participants: Iterable[Participant | int],
    action: Action = Action.READ,
    *,
    what: str = "",
) -> None:
    """Log that exactly these people were shown in the answer to a request.

    `what` is the page, by default the name of the route. A page whose parts show the same person
    leaves one row for each thing done. Raises LogUnavailable (the middleware then
    answers 503) if the log can't be written. Costs eight queries, whatever the number of people.
    """
    what = what or request.resolver_match.view_name
    logged = request.__dict__.setdefault("persons_logged", set())
    ids = [getattr(each, "pk", each) for each in participants]
    ids = [pk for pk in dict.fromkeys(ids) if (pk, action) not in logged]
    shown_to(request.user, ids, action, what=what, request_id=request.id)
    logged.update((pk, action) for pk in ids)


def shown_to(
    user,
    participants: Iterable[Participant | int],
    action: Action,
    *,
    what: str,
    request_id: str = "",
) -> None:
    """Log the same for a job, an export or a mail; `user` None stands for the system."""
    ids = [getattr(each, "pk", each) for each in participants]
    if not ids:
        return
    if user is None:
        access_log.write(SYSTEM, ids, action, what=what)
        return
    grounds = grounds_for(user, ids)
    access_log.write(user.as_actor(request_id), ids, action, what=what, grounds=grounds)


def changed(participant: Participant, *, by, what: str, action: Action = Action.CHANGED) -> None:
    """Log, inside an action's transaction, that a person's data was changed or created."""
    shown_to(by, [participant], action, what=what)


def by_themselves(participant: Participant, action: Action, *, what: str) -> None:
    """Log that a participant with a one-time link saw or signed their own rows. Three queries."""
    access_log.write(
        THEMSELVES, [participant.pk], action, what=what, grounds={participant.pk: "engångslänk"}
    )


def grounds_for(user, ids: list[int]) -> dict[int, str]:
    """Return on what ground the user sees each person; the strongest known one. Five queries.

    An opened closed file, a place on a protected person's list, the own caseload, access lent for a time
    after it, a consent; without any of them the role.
    """
    day = timezone.localdate()
    grounds = dict.fromkeys(ids, "roll")
    if user.needs_consent:
        for person, pk in (
            Consent.objects.valid_on(day)
            .filter(participant__in=ids, authority=user.authority)
            .values_list("participant", "pk")
        ):
            grounds[person] = f"samtycke {pk}"
    lent = ReadAccess.objects.current_for(user, day).filter(participant__in=ids)
    for person, pk in lent.values_list("participant", "pk"):
        ground = f"läsrätt {pk}"
        grounds[person] = f"{grounds[person]}, {ground}" if user.needs_consent else ground
    own = Assignment.objects.opening_on(day).filter(user=user, enrolment__participant__in=ids)
    for person in own.values_list("enrolment__participant", flat=True):
        consent = grounds[person].split(",")[0]
        grounds[person] = f"{consent}, eget ärende" if user.needs_consent else "eget ärende"
    lists = ProtectionReader.objects.current_for(user, day)
    for person, pk in lists.filter(protection__participant__in=ids).values_list(
        "protection__participant", "pk"
    ):
        grounds[person] = f"behörighetslista {pk}"
    for person, pk in ClosedFileOpening.objects.filter(
        participant__in=ids, user=user, open_until__gt=timezone.now()
    ).values_list("participant", "pk"):
        grounds[person] = f"öppnad akt {pk}"
    return grounds
