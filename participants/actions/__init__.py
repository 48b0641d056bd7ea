"""Everything that changes a person's file. Keyword-only, atomic, `by` a user, logged, kind when refused.

Each raises `participants.errors.Refused` with a Swedish sentence when a rule says no.
"""

from participants.actions.areas import move_area
from participants.actions.assignments import reassign
from participants.actions.consents import give_consent, withdraw_consent
from participants.actions.corrections import correct_dates
from participants.actions.enrolments import enrol, exit_enrolment, open_questions_at_exit
from participants.actions.extensions import ask_extension, decide_extension, extend
from participants.actions.flags import end_flag, note_flag
from participants.actions.openings import open_closed_file
from participants.actions.people import change_number, correct_details, register
from participants.actions.protection import (
    add_reader,
    ask_unmark,
    confirm_unmark,
    mark_protected,
    remove_reader,
)

__all__ = [
    "add_reader",
    "ask_extension",
    "ask_unmark",
    "change_number",
    "confirm_unmark",
    "correct_dates",
    "correct_details",
    "decide_extension",
    "end_flag",
    "enrol",
    "exit_enrolment",
    "extend",
    "give_consent",
    "mark_protected",
    "move_area",
    "note_flag",
    "open_closed_file",
    "open_questions_at_exit",
    "reassign",
    "register",
    "remove_reader",
    "withdraw_consent",
]
