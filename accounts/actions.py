"""Everything that changes who works here. Keyword-only, atomic, `by` a user."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import RoleGrant, User
from accounts.roles import Role
from core.errors import Refused


@transaction.atomic
def save_user(*, user: User, roles: Iterable[Role | str], by: User, password: str = "") -> User:
    """Save a user with exactly these roles, and a new password if one is given.

    Holds at the user's next request. Nobody changes their own roles or closes their own account, so
    that one person alone can't widen their rights and the last administrator can't shut the door;
    core.errors.Refused is raised.
    """
    roles = set(roles)
    if user.pk == by.pk and (roles != set(by.roles) or not user.is_active):
        raise Refused(
            "Du kan inte ändra dina egna roller eller stänga ditt eget konto. Be en kollega."
        )
    if password:
        user.set_password(password)
    elif user.pk is None:
        user.set_unusable_password()
    user.save()
    user.role_grants.exclude(role__in=roles).delete()
    for role in roles:
        RoleGrant.objects.get_or_create(user=user, role=role, defaults={"granted_by": by})
    return user
