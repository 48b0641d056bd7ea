"""The demo's staff: made-up users of every role."""

from accounts.models import User
from accounts.roles import Role
from basun.demo.logins import EVERYBODY, PASSWORD


def make_staff() -> dict[Role, list[User]]:
    """Create a user for each login, marked as made up; returns them by role."""
    staff: dict[Role, list[User]] = {}
    for number, login in enumerate(EVERYBODY):
        user = User.objects.create_user(
            login.email,
            PASSWORD,
            roles=[login.role_code],
            first_name=login.first_name,
            last_name=login.last_name,
            authority=login.authority,
            # 08-465 004 00 to 99 are kept for fiction.
            phone=f"08-465 004 {number:02d}",
            is_demo=True,
        )
        staff.setdefault(login.role_code, []).append(user)
    return staff
