"""Who works here: for the system administrator, who sees no case content."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts import actions
from accounts.forms import UserForm
from accounts.models import User
from accounts.permissions import Permission, requires
from core import registry
from core.errors import Refused

ASK_LEAD = "Be projektledaren lämna över det till en kollega."


@requires(Permission.MANAGE_USERS)
@require_GET
def user_list(request):
    """Show everybody with an account, the open ones first. Two queries."""
    users = User.objects.prefetch_related("role_grants").order_by("-is_active", "sort_name", "pk")
    return render(request, "accounts/user_list.html", {"users": users})


@requires(Permission.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def user_new(request):
    """Add a member of staff."""
    return _edit(request, None, "Ny användare")


@requires(Permission.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def user_edit(request, pk):
    """Change who somebody is, what they do here, and whether the account is open."""
    user = get_object_or_404(User, pk=pk)
    return _edit(request, user, user.name)


def _edit(request, user, heading):
    form = UserForm(request.POST or None, instance=user, cancel_url=reverse("users:list"))
    if form.is_valid():
        given = form.cleaned_data
        try:
            saved = actions.save_user(
                user=form.instance,
                roles=given["roles"],
                password=given["password"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{saved.name} är sparad.")
            if not saved.is_active and (left := _left_behind(saved)):
                messages.warning(request, f"{' '.join(left)} {ASK_LEAD}")
            return redirect("users:list")
    left = _left_behind(user) if user else []
    context = {"form": form, "heading": heading, "left": left, "ask_lead": ASK_LEAD}
    status = 422 if form.is_bound else None
    return render(request, "accounts/user_form.html", context, status=status)


def _left_behind(user) -> list[str]:
    """What somebody still holds, as other rooms say it: never whom, nor how many."""
    return [text for each in registry.before_closing_account for text in each.find(user)]
