"""What a review came to, on screen and as a PDF for the archive."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.permissions import Permission, requires
from casework.models import ReviewStatus
from casework.review import protocol as paper
from casework.review import recap as recaps
from casework.review.views.access import review_of
from participants import access_log

PRIVATE = "enskilt"


@requires(Permission.TAKE_PART_IN_REVIEW)
@require_GET
def recap(request, pk):
    """Show whom we discussed, what we decided, and who does it by when. Queries alike for any number.

    Those talked about in private stand on a page of their own: this one may be on the wall.
    """
    review = review_of(pk)
    in_private = request.GET.get("del") == PRIVATE
    if review.status == ReviewStatus.PLANNED:
        return redirect(review)
    part = recaps.CHOICES[PRIVATE] if in_private else None
    found = recaps.load(review, request.user, part=part)
    access_log.shown(request, found.people, access_log.Action.LISTED)
    context = {
        "review": review,
        "recap": found,
        "mine": found.of(request.user),
        "by_colleague": found.by_colleague(),
        "parts": paper.parts_for(request.user),
        "is_running": review.status == ReviewStatus.RUNNING,
        "in_private": in_private,
        "asks_for_private": not request.user.needs_consent,
        "may_reopen": _may_reopen(review, request.user),
    }
    return render(request, "casework/recap_page.html", context)


@requires(Permission.TAKE_PART_IN_REVIEW)
@require_GET
def protocol(request, pk):
    """Give the protocol as a PDF: the joint part, or with `?del=` the municipality's own, or both."""
    review = review_of(pk)
    if review.status == ReviewStatus.PLANNED:
        return redirect(review)
    wanted = request.GET.get("del", "")
    choices = [word for word, _ in paper.parts_for(request.user)]
    choice = wanted if wanted in choices else choices[0]
    content, found = paper.made(review, request.user, choice)
    access_log.shown(request, found.people, access_log.Action.EXPORTED)
    name = f"arendedragning-{review.held_on}-{choice}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _may_reopen(review, user) -> bool:
    if review.status != ReviewStatus.CLOSED or review.leader_id != user.pk:
        return False
    return timezone.localdate(review.closed_at) == timezone.localdate()
