"""A plan signed on paper comes back: its pages as pictures, and a person who says who has signed."""

from django.db import transaction

from casework.models import AgreementMethod, PlanPaper, PlanPaperPage, PlanVersion
from casework.plans import versions
from casework.sheets import pictures
from core.errors import Refused

MOST_PAGES = 10
NOBODY = "Kryssa för dem som har skrivit under på pappret."
TOO_MANY = f"Pappret har fler än {MOST_PAGES} sidor. Skicka bara planens sidor."


def pages_in(contents: list[bytes]) -> list[bytes]:
    """Return every page of the files as the JPEG that is kept. Raises Refused, with what to do."""
    pages = []
    try:
        for content in contents:
            for _, count, picture in pictures.pages_of(content):
                if len(pages) >= MOST_PAGES or count > MOST_PAGES:
                    raise Refused(TOO_MANY)
                pages.append(pictures.kept(picture))
    except pictures.Unreadable as error:
        raise Refused(str(error)) from None
    return pages


@transaction.atomic
def register(
    *, version: PlanVersion, pages: list[bytes], signed, shown_sha256: str, by
) -> PlanPaper:
    """Keep a signed paper, and the agreement of each party that has signed it. All of it or nothing."""
    waiting = versions.waiting_for(version)
    parties = [each for each in version.parties if each in signed and each in waiting]
    if not parties:
        raise Refused(NOBODY)
    paper = PlanPaper.objects.create(version=version, pages=len(pages), uploaded_by=by)
    PlanPaperPage.objects.bulk_create(
        PlanPaperPage(paper=paper, number=number, picture=picture)
        for number, picture in enumerate(pages, start=1)
    )
    for party in parties:
        versions.agree(
            version=version,
            shown_sha256=shown_sha256,
            party=party,
            method=AgreementMethod.PAPER,
            by=by,
            paper=paper,
        )
    return paper
