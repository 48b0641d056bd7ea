"""Everything that changes activities, their sessions and who is signed up.

Keyword-only, atomic, `by` a user (None: the system), kind when refused. Each takes the activity's lock
first, so that nobody slips between a new session and its roster, or into the last place twice.
"""

from casework.activities.actions.activities import (
    Outside,
    archive,
    bring_back,
    change_activity,
    make_activity,
    set_leaders,
)
from casework.activities.actions.sessions import (
    Occasion,
    cancel_session,
    change_session,
    make_series,
    make_session,
    remove_session,
    restore_session,
)
from casework.activities.actions.sign_ups import (
    leave,
    leave_those_exited,
    sign_up,
    sign_up_many,
)
from casework.activities.actions.talks import book_talk
from casework.activities.actions.templates import make_from_template, occasions_of

__all__ = [
    "Occasion",
    "Outside",
    "archive",
    "book_talk",
    "bring_back",
    "cancel_session",
    "change_activity",
    "change_session",
    "leave",
    "leave_those_exited",
    "make_activity",
    "make_from_template",
    "make_series",
    "make_session",
    "occasions_of",
    "remove_session",
    "restore_session",
    "set_leaders",
    "sign_up",
    "sign_up_many",
]
