"""The list of reviews, planning one, and changing when it is."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.permissions import Permission, requires
from casework.activities.calendar import holiday_name
from casework.models import Review, ReviewItem, ReviewStatus
from casework.review import actions
from casework.review.forms import ReviewForm
from casework.review.views.access import review_of
from core.htmx import render_page
from core.swedish import iso_date, long_day
from participants.errors import Refused, StaleEdit
from participants.views.helpers import do, saved

PER_PAGE = 25


@requires(Permission.TAKE_PART_IN_REVIEW)
@require_GET
def review_list(request):
    """List the reviews to come and those that have been. Names nobody: counts only, of those the user may see."""
    reviews = _counted(request.user)
    open_ones = Q(status__in=(ReviewStatus.PLANNED, ReviewStatus.RUNNING))
    past = reviews.exclude(open_ones).order_by("-held_on")
    context = {
        "coming": reviews.filter(open_ones).order_by("held_on"),
        "page": Paginator(past, PER_PAGE).get_page(request.GET.get("sida")),
        "today": timezone.localdate(),
        "may_lead": request.user.may(Permission.LEAD_REVIEW),
    }
    return render_page(request, "casework/review_list.html", context, partial="results")


def _counted(user):
    seen = Q(items__in=ReviewItem.objects.visible_to(user))
    return Review.objects.select_related("leader").annotate(
        people=Count("items", filter=seen, distinct=True)
    )


@requires(Permission.LEAD_REVIEW)
@require_http_methods(["GET", "POST"])
def new(request):
    """Plan a review; its agenda is made at once."""
    form = ReviewForm(
        request.POST or None,
        new=True,
        initial=_like_the_last(request.user),
        cancel_url="/arendedragning/",
    )
    if form.is_valid():
        review = do(form, actions.plan, by=request.user, **form.facts())
        if review:
            sentence = "Dagordningen är hämtad. Flytta, lägg till och skjut upp som du vill."
            return saved(request, sentence, "review:agenda", review.pk)
    return _ask(request, form, "Ny ärendedragning")


def _like_the_last(user) -> dict:
    """A week after the last one, at its time and place; the first of all is next week."""
    last = Review.objects.order_by("-held_on").first()
    today = timezone.localdate()
    if last is None:
        return {"held_on": today + timedelta(days=7), "leader": user.pk}
    held_on = last.held_on + timedelta(weeks=1)
    while held_on < today:
        held_on += timedelta(weeks=1)
    facts = {"held_on": held_on, "starts_at": last.starts_at, "place": last.place}
    return facts | {"leader": last.leader_id or user.pk}


@requires(Permission.LEAD_REVIEW)
@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Change day, time, place and leader. Changed by somebody else meanwhile: both are shown."""
    review = review_of(pk)
    names = ("held_on", "starts_at", "place", "leader", "revision")
    form = ReviewForm(
        request.POST or None,
        initial={name: getattr(review, name) for name in names},
        cancel_url=review.get_absolute_url(),
    )
    if form.is_valid() and _change(form, review, request.user):
        sentence = "Ändringen är sparad. Hämta dagordningen på nytt om dagen är en annan."
        return saved(request, sentence, "review:agenda", pk)
    return _ask(request, form, "Ändra ärendedragningen", review=review)


def _change(form, review, by):
    """Save the change; a stale one leaves `form.newer`, what stands now, and the next save goes through."""
    revision = form.cleaned_data["revision"] or 0
    try:
        return actions.change(review=review, by=by, revision=revision, **form.facts())
    except StaleEdit as stale:
        form.add_error(None, str(stale))
        form.newer = _words(stale.current)
        form.data = form.data.copy()
        form.data["revision"] = stale.current.revision
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return None


def _words(review) -> list[tuple[str, str]]:
    return [
        ("Dag", iso_date(review.held_on)),
        ("Börjar", f"{review.starts_at:%H:%M}" if review.starts_at else None),
        ("Var", review.place or None),
        ("Leds av", review.leader.name if review.leader else None),
    ]


def _ask(request, form, heading, *, review=None):
    context = {"form": form, "heading": heading, "review": review, "holiday": _holiday(form)}
    status = 422 if request.method == "POST" else None
    return render_page(request, "casework/review_form.html", context, status=status)


def _holiday(form) -> str:
    """A warning in words when the suggested day is a holiday."""
    day = form.initial.get("held_on")
    name = holiday_name(day) if day and not form.is_bound else ""
    return f"{long_day(day).capitalize()} är {name.lower()}." if name else ""
