"""From a participant's page: ask that they are taken up, see who has, take it back."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import Permission, requires
from casework.models import ItemState, ReviewItem, ReviewRequest
from casework.review import agenda, requests
from casework.review.forms import AskForm
from participants.enums import Category
from participants.models import Participant
from participants.pages import render_person
from participants.permissions import with_participant
from participants.views.helpers import do, saved


@requires(Permission.TAKE_PART_IN_REVIEW)
@require_http_methods(["GET", "POST"])
@with_participant(Category.PLAN)
def ask(request, participant):
    """Ask that somebody is taken up at the next review, and say why."""
    if participant.current_enrolment is None:
        raise Http404
    form = AskForm(request.POST or None, cancel_url=participant.get_absolute_url())
    if form.is_valid():
        made = do(form, requests.ask, participant=participant, by=request.user, **form.cleaned_data)
        if made:
            sentence = "Deltagaren tas upp på nästa ärendedragning."
            return saved(request, sentence, "participants:detail", participant.pk)
    standing = list(agenda.open_requests(participant).select_related("asked_by"))
    words = participant.consent_covers(request.user, Category.NOTES)
    context = {
        "form": form,
        "heading": "Ta upp på ärendedragningen",
        "standing": [(each, words or each.asked_by == request.user) for each in standing],
        "mine": next((each for each in standing if each.asked_by == request.user), None),
        "next": agenda.coming().first(),
        "item": _item(request.user, participant),
    }
    status = 422 if form.is_bound else None
    return render_person(request, participant, "casework/review_ask.html", context, status=status)


def _item(user, participant):
    """The row of the next agenda, if the person stands on it."""
    items = ReviewItem.objects.visible_to(user).filter(
        participant=participant, state=ItemState.WAITING, review__in=agenda.coming()
    )
    return items.select_related("review").order_by("review__held_on").first()


@requires(Permission.TAKE_PART_IN_REVIEW)
@require_POST
def withdraw(request, pk):
    """Take one's own wish back."""
    people = Participant.objects.visible_to(request.user, Category.PLAN)
    wishes = ReviewRequest.objects.filter(asked_by=request.user, participant__in=people)
    wish = get_object_or_404(wishes.select_related("participant"), pk=pk)
    requests.withdraw(request=wish, by=request.user)
    return saved(request, "Önskemålet är tillbakataget.", "review:ask", wish.participant_id)
