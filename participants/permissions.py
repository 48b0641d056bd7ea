"""Which person a page is about, and whether this user may open their file now."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from accounts.permissions import Permission
from accounts.roles import Authority, Scope
from participants import access_log
from participants.enums import Category, Flag
from participants.models import Assignment, ClosedFileOpening, Consent, Participant

# Arbetsförmedlingen codes these itself; income support is the social services' to tell.
FLAGS_AF_KNOWS = frozenset({Flag.CODED_DISABILITY, Flag.SIUS})


def with_participant(category: Category | None = None):
    """Hand the view its participant instead of a key, and log that they were shown.

    Not visible (or, for staff of another authority, not with a consent for the category): 404. A
    closed file leads to the page that asks for a reason, or is 403 for those who can't give one. The
    line in the access log is written when the answer shows the page, not when it leads on.
    """

    def decorate(view):
        @wraps(view)
        def found(request, pk, *args, **kwargs):
            people = Participant.objects.visible_to(request.user, category).for_list()
            participant = get_object_or_404(people, pk=pk)
            if is_closed_to(request.user, participant):
                return _ask_for_reason(request, participant)
            response = view(request, participant, *args, **kwargs)
            if not 300 <= response.status_code < 400:
                access_log.shown(request, [participant])
            return response

        return found

    return decorate


def _ask_for_reason(request, participant):
    if not request.user.may(Permission.OPEN_CLOSED_FILES):
        raise PermissionDenied
    return redirect("participants:open", participant.pk)


def is_closed_to(user, participant: Participant) -> bool:
    """Whether the file is closed, so that even those who see closed ones must first say why.

    Closed is a file without a current enrolment or another open matter, unless the user has it, or
    has opened it within the hour. At most three queries.
    """
    if user.scope != Scope.ALL:
        return False
    today = timezone.localdate()
    one = Participant.objects.filter(pk=participant.pk)
    if one.open_files(today).exists():
        return False
    own = Assignment.objects.opening_on(today).filter(user=user, enrolment__participant=participant)
    return not own.exists() and opening_for(user, participant) is None


def opening_for(user, participant: Participant) -> ClosedFileOpening | None:
    """Return the user's opening of the closed file that still holds, or None. One query."""
    return participant.openings.filter(user=user, open_until__gt=timezone.now()).first()


def categories_for(user, participant: Participant) -> set[Category]:
    """Return what the user may see of the person: all for municipal staff, else what consent covers.

    One query for staff of another authority.
    """
    if user.authority == Authority.MUNICIPALITY:
        return set(Category)
    valid = Consent.objects.valid_on(timezone.localdate()).filter(
        participant=participant, authority=user.authority
    )
    return {Category(category) for category in valid.values_list("category", flat=True)}


def flags_for(user, participant: Participant) -> list:
    """Return the register's notes that the user may see on the person's own page. One query.

    Municipal staff see all; Arbetsförmedlingen's staff only what their authority itself has coded.
    """
    flags = participant.flags.order_by("ended_on", "-noted_on", "pk")
    if user.authority == Authority.MUNICIPALITY:
        return list(flags)
    return list(flags.filter(flag__in=FLAGS_AF_KNOWS))
