"""Notes of every audience about several people, and drafts, so that the pages of notes have somebody to show."""

from casework.models import Audience
from tests.casework.notes_world import make_draft, make_note

ELSEWHERE = set()


def build(world):
    """Give people notes by both authorities, one restricted, and two users a draft each."""
    pedagogue, officer = world.users["pedagogue"], world.users["officer"]
    people = [world.mine, world.other, world.hidden, world.protected, world.closed, world.left]
    world.notes = [make_note(person, pedagogue, text="Vi pratade om praktik.") for person in people]
    world.notes += [
        make_note(world.mine, officer, audience=Audience.AUTHORITY),
        make_note(world.other, pedagogue, audience=Audience.RESTRICTED, restricted_reason="prov"),
        make_note(world.mine, world.users["counsellor"]),
    ]
    world.note_drafts = [
        make_draft(world.mine, pedagogue),
        make_draft(world.protected, pedagogue),
        make_draft(world.hidden, world.users["lead"]),
        make_draft(world.mine, officer),
    ]


def special(world) -> dict[str, list[dict]]:
    """Return what to open of each route."""
    notes = [{"note": note.pk} for note in world.notes]
    drafts = [{"draft": draft.pk} for draft in world.note_drafts]
    return {
        "notes:detail": notes,
        "notes:correct": notes,
        "notes:write": drafts,
        "notes:keep": drafts,
        "notes:discard": drafts,
        "notes:phrase_remove": [{"phrase": 1}],
    }
