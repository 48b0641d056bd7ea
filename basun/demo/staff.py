"""The demo's staff: made-up users of every role."""

from django.contrib.auth.hashers import make_password

from accounts.models import User
from accounts.roles import Role
from basun.demo.logins import EVERYBODY, PASSWORD


def make_staff() -> dict[Role, list[User]]:
    """Create a user for each login, marked as made up; returns them by role."""
    staff: dict[Role, list[User]] = {}
    password = make_password(PASSWORD)
    for number, login in enumerate(EVERYBODY):
        user = User.objects.create_user(
            login.email,
            None,
            roles=[login.role_code],
            first_name=login.first_name,
            last_name=login.last_name,
            authority=login.authority,
            # 08-465 004 00 to 99 are kept for fiction.
            phone=f"08-465 004 {number:02d}",
            is_demo=True,
        )
        # All have the same one: worked out once, since that is made to be slow.
        user.password = password
        user.save(update_fields=["password"])
        staff.setdefault(login.role_code, []).append(user)
    return staff
