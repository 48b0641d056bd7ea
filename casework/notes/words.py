"""What was typed on the page that writes a note, exactly as it was typed: the shape of a draft's words."""

from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from casework.models import Audience, NoteChannel, TalkKind, WithWhom

SINGLE = (
    "text", "day", "time", "minutes", "minutes_other", "channel", "kind", "with_text", "audience",
    "restricted_reason", "agreed", "why", "base", "page",
)  # fmt: skip
SEVERAL = ("with_whom", "agreed_text", "agreed_who", "agreed_due")
# What somebody wrote themselves; the rest has defaults.
WRITTEN = ("text", "with_text", "agreed", "agreed_text", "why", "restricted_reason")


def typed_in(data) -> dict:
    """Return the page's words of a POST; only fields the page has, line breaks as one sign."""
    typed = {name: _clean(data.get(name, "")) for name in SINGLE}
    return typed | {name: [_clean(each) for each in data.getlist(name)] for name in SEVERAL}


def _clean(text: str) -> str:
    # PostgreSQL keeps no null sign.
    return text.replace("\r\n", "\n").replace("\x00", "")


def new_words() -> dict:
    """Return what stands on the page before anything is typed: now, at our place, the participant."""
    now = timezone.localtime()
    return {
        "day": f"{now:%Y-%m-%d}",
        "time": f"{now:%H:%M}",
        "channel": NoteChannel.MEETING.value,
        "kind": TalkKind.OTHER.value,
        "with_whom": [WithWhom.PARTICIPANT.value],
        "audience": Audience.TEAM.value,
    }


def words_of(note) -> dict:
    """Return a signed note's words, to correct them."""
    at = timezone.localtime(note.happened_at)
    return {
        "text": note.text,
        "day": f"{at:%Y-%m-%d}",
        "time": f"{at:%H:%M}",
        "minutes_other": str(note.minutes or ""),
        "channel": note.channel,
        "kind": note.kind,
        "with_whom": list(note.with_whom),
        "with_text": note.with_text,
        "agreed": note.agreed,
        "audience": note.audience,
        "restricted_reason": note.restricted_reason,
        "base": str(note.number),
    }


def as_data(typed: dict) -> MultiValueDict:
    """Return the words as a form reads them."""
    return MultiValueDict(
        {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    )


def is_blank(typed: dict) -> bool:
    """Whether nothing was written, only what the page itself put there."""
    return not any("".join(typed.get(name) or "").strip() for name in WRITTEN)


def same(one: dict, other: dict) -> bool:
    """Whether two pages say the same; which page it was does not count."""
    names = {*SINGLE, *SEVERAL} - {"page"}
    return all(
        (one.get(name) or "") == (other.get(name) or "") for name in names - set(SEVERAL)
    ) and all(_filled(one, name) == _filled(other, name) for name in SEVERAL)


def _filled(typed, name):
    values = typed.get(name) or []
    return [value for value in values if value and value != "me"] if name != "with_whom" else values
