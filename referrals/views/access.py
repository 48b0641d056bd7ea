"""Which referral a page is about, and whether this user may open the file it belongs to."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from accounts.permissions import Permission
from participants.permissions import is_closed_to
from referrals.models import Referral


def with_referral(view):
    """Hand the view its referral instead of a key.

    Not visible: 404. Of a closed file: the page that asks for a reason, or 403 for those who can't
    give one. The view logs what it shows. Three queries.
    """

    @wraps(view)
    def found(request, pk, *args, **kwargs):
        referrals = Referral.objects.visible_to(request.user).for_page()
        referral = get_object_or_404(referrals, pk=pk)
        if is_closed_to(request.user, referral.participant):
            if not request.user.may(Permission.OPEN_CLOSED_FILES):
                raise PermissionDenied
            return redirect("participants:open", referral.participant_id)
        return view(request, referral, *args, **kwargs)

    return found
