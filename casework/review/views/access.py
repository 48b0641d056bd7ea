"""Which review, and which row of it, a page is about."""

from django.shortcuts import get_object_or_404

from casework.models import Review, ReviewItem


def review_of(pk: int) -> Review:
    """Return the review with its leader, or 404. A review names nobody."""
    return get_object_or_404(Review.objects.select_related("leader"), pk=pk)


def item_of(user, pk: int) -> ReviewItem:
    """Return a row that the user may see, or 404."""
    items = ReviewItem.objects.visible_to(user).select_related("review", "participant")
    return get_object_or_404(items.prefetch_related("participant__protections"), pk=pk)
