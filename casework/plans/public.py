"""What a participant does with a one-time link to their plan: read it, agree, or say that something is wrong.

The plan stands as it was written, in Swedish; the words around it are in the language they choose.
"""

from django.db import transaction

from casework.models import AgreementMethod, Party, PlanStatus, PlanVersion, SigningLink
from casework.plans import versions
from casework.plans.reading import own_words
from casework.signing import public as link_holder
from casework.signing.forms import WrongForm
from participants import access_log


def answer(request, link: SigningLink, spoken) -> tuple[str, int, dict]:
    """Return which page to show, its status and what stands on it."""
    version = PlanVersion.objects.get(pk=link.plan_version_id)
    if request.method != "POST":
        return _look(link, version)
    if "wrong" in request.POST:
        return _take_objection(request, link, version)
    return _take_agreement(request, link, version, spoken)


@transaction.atomic
def agree(*, link: SigningLink, shown_sha256: str, text: str, language: str):
    """Agree to the plan that was shown, and spend the link. Raises ProposalChanged, or Gone."""
    link = link_holder.lock(link)
    agreement = versions.agree(
        version=link.plan_version,
        shown_sha256=shown_sha256,
        party=Party.PARTICIPANT,
        method=AgreementMethod.LINK,
        by=None,
        text=text,
        language=language,
        link=link,
    )
    link_holder.spend(link, language)
    return agreement


def _look(link, version, *, status=200, **more):
    if not link_holder.is_open(link) or version.status != PlanStatus.PROPOSED:
        return "gone", 410, {}
    access_log.by_themselves(link.participant, access_log.Action.READ, what="signing:public")
    link_holder.note_opened(link)
    context = {"version": version, "own_words": own_words(version.content), "link": link}
    return "plan", status, context | more


def _take_agreement(request, link, version, spoken):
    shown = request.POST.get("shown", "")
    if link.used_at and version.agreements.filter(link=link, sha256=shown).exists():
        return "thanks", 200, {}
    try:
        agree(
            link=link, shown_sha256=shown, text=spoken["plan_public"]["text"], language=spoken.code
        )
    except (versions.ProposalChanged, link_holder.Gone):
        return "gone", 410, {}
    return "thanks", 200, {}


def _take_objection(request, link, version):
    form = WrongForm(request.POST)
    if not form.is_valid():
        return _look(link, version, status=422, is_empty=True)
    try:
        link_holder.dispute(link=link, words=form.cleaned_data["text"])
    except link_holder.Gone:
        return "gone", 410, {}
    return "told", 200, {}
