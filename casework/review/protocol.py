"""The protocol of a review for the archive: the recap on paper, as the one who prints may read it."""

from casework.review import recap
from casework.review.recap import CHOICES
from core.pdf import render_pdf
from core.swedish import iso_date

EVERYTHING = "allt"


def parts_for(user) -> list[tuple[str, str]]:
    """Return the choices of what to print: (word of the address, words). Others than the municipality print one."""
    joint = ("gemensam", "Den gemensamma delen")
    if user.needs_consent:
        return [joint]
    return [
        joint,
        ("kommunen", "Kommunens egen del"),
        (EVERYTHING, "Båda delarna"),
    ]


def made(review, user, choice: str) -> tuple[bytes, recap.Recap]:
    """Return the PDF and what it shows."""
    found = recap.load(review, user, part=CHOICES.get(choice))
    title = f"Ärendedragning {iso_date(review.held_on)}"
    context = {"review": review, "recap": found, "by_colleague": found.by_colleague()}
    content = render_pdf("casework/protocol_pdf.html", context, title=title, made_by=user.name)
    return content, found
