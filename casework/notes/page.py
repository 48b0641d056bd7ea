"""Everything that stands on the page that writes a note."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from accounts.permissions import Permission
from casework.models import (
    Audience,
    CaseNote,
    NoteChannel,
    NoteTemplate,
    QuickPhrase,
    TalkKind,
    WithWhom,
)
from casework.notes import agreed, drafts
from casework.notes.words import new_words
from participants.pages import render_person

LENGTHS = (15, 30, 45, 60)
BLANK_LINES = 2
READERS = {
    Audience.TEAM: "Alla som arbetar med deltagaren. Arbetsförmedlingens personal bara om deltagaren har samtyckt till det.",
    Audience.RESTRICTED: "Bara du, huvudkontakten och projektledaren. Andra ser att anteckningen finns och vem de kan fråga.",
}


@dataclass
class Writing:
    """One showing of the page: whose words, how far they are kept, and what has to be said about them."""

    participant: Any
    draft_id: UUID = field(default_factory=uuid4)
    typed: dict = field(default_factory=new_words)
    revision: int = 0
    corrects: CaseNote | None = None
    saved_at: Any = None
    form: Any = None
    cautions: list = field(default_factory=list)
    forked: bool = False

    @classmethod
    def of(cls, draft, **more):
        """The page of a draft that is kept."""
        return cls(
            draft.participant,
            draft.pk,
            new_words() | draft.typed,
            draft.revision,
            draft.corrects,
            draft.changed_at,
            **more,
        )


def show(request, writing: Writing, *, status=None):
    """Render the page. Nine queries beside the person's header, whatever is written."""
    user, participant = request.user, writing.participant
    heading = "Rätta anteckningen" if writing.corrects else "Ny anteckning"
    context = {
        "heading": heading,
        "writing": writing,
        "words": writing.typed,
        "page": uuid4().hex,
        "lines": _lines(writing.typed),
        "who": agreed.choices(user, participant),
        "audiences": _audiences(user),
        "lengths": LENGTHS,
        "channels": NoteChannel.choices,
        "kinds": TalkKind.choices,
        "withs": WithWhom.choices,
        "templates": NoteTemplate.objects.filter(is_active=True),
        "phrases": phrases_of(user),
        "others": [] if writing.saved_at else drafts.own_of(user, participant)[:3],
        "errors": writing.form.errors if writing.form else {},
        "urls": _urls(writing),
        "may_have_tasks": user.may(Permission.HAVE_TASKS),
    }
    return render_person(request, participant, "casework/note_write.html", context, status=status)


def phrases_of(user):
    """The user's own phrases and everybody's. One query."""
    return QuickPhrase.objects.filter(user=user) | QuickPhrase.objects.filter(user=None)


def _lines(typed) -> list[dict]:
    rows = [{"text": text, "who": who, "due": due} for text, who, due in agreed.rows_of(typed)]
    return rows + [{"text": "", "who": agreed.ME, "due": ""}] * BLANK_LINES


def _audiences(user):
    own = f"Bara personal från {user.get_authority_display()}."
    hints = READERS | {Audience.AUTHORITY: own}
    labels = {
        Audience.AUTHORITY: f"Bara {user.get_authority_display()}",
        Audience.RESTRICTED: "Spärrad",
    }
    return [(each.value, labels.get(each, each.label), hints[each]) for each in Audience]


def _urls(writing) -> dict:
    back = writing.corrects or None
    person = writing.participant.pk
    return {
        "write": reverse("notes:write", args=[writing.draft_id]),
        "keep": reverse("notes:keep", args=[writing.draft_id]),
        "discard": reverse("notes:discard", args=[writing.draft_id]),
        "back": back.get_absolute_url() if back else reverse("notes:list", args=[person]),
    }
