"""The page a one-time link opens: the participant's own rows or plan, in their language, and one button.

No account, no name, nothing kept by the browser. Looking never spends the link: mail scanners look too.
"""

from datetime import date
from decimal import Decimal

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts import throttle
from accounts.adapter import client_address
from accounts.permissions import public
from casework.attest import RowsChanged, offer_for
from casework.languages import DEFAULT, languages
from casework.signing import public as link_holder
from casework.signing.forms import WrongForm
from casework.signing.words import day_in, known
from casework.sums import hours


@public
@require_http_methods(["GET", "POST"])
def sign(request, token):
    """Show the rows of a link, and take the signature or what is said to be wrong."""
    seconds = throttle.seconds_left_for_link(client_address(request))
    if seconds:
        return _answer(request, "wait", _spoken(request), 429, minutes=-(-seconds // 60))
    link = link_holder.find(token)
    if link is None:
        throttle.note_wrong_link(client_address(request))
        return _answer(request, "gone", _spoken(request), 404)
    spoken = _spoken(request, link.language)
    if other := link_holder.other_page(link):
        answer, section = other
        part, status, context = answer(request, link, spoken)
        return _answer(request, part, spoken, status, section, **context)
    if request.method == "POST":
        return _take(request, link, spoken)
    return _look(request, link, spoken)


def _look(request, link, spoken, *, status=200, **more):
    """Show what is to be signed now, or that there is nothing left, or that the link is spent."""
    if not link_holder.is_open(link):
        return _answer(request, "gone", spoken, 410)
    offer = offer_for(link_holder.rows_of(link), language=spoken.code)
    if not offer.row_ids:
        return _answer(request, "nothing", spoken, 200)
    link_holder.note_shown(link)
    rows = [_row(spoken.code, cover) for cover in offer.covers]
    context = {"offer": offer, "rows": rows, "sum": hours(offer.hours), "link": link} | more
    return _answer(request, "sign", spoken, status, **context)


def _take(request, link, spoken):
    if "wrong" in request.POST:
        return _take_objection(request, link, spoken)
    shown = request.POST.get("shown", "")
    if link_holder.signed_already(link, shown):
        return _answer(request, "thanks", spoken, 200)
    try:
        link_holder.sign(link=link, shown_sha256=shown, language=spoken.code)
    except RowsChanged:
        return _look(request, link, spoken, status=422, has_changed=True)
    except link_holder.Gone:
        return _answer(request, "gone", spoken, 410)
    return _answer(request, "thanks", spoken, 200)


def _take_objection(request, link, spoken):
    form = WrongForm(request.POST)
    if not form.is_valid():
        return _look(request, link, spoken, status=422, is_empty=True)
    try:
        link_holder.dispute(link=link, words=form.cleaned_data["text"])
    except link_holder.Gone:
        return _answer(request, "gone", spoken, 410)
    return _answer(request, "told", spoken, 200)


def _row(code, cover) -> dict:
    day = date.fromisoformat(cover["on"])
    return {
        "day": day_in(code, day),
        "iso": cover["on"],
        "activity": cover["activity"],
        "hours": hours(Decimal(cover["hours"])),
    }


def _spoken(request, otherwise: str = DEFAULT):
    """The language the participant chose on the page, else the link's."""
    return known(request.GET.get("sprak"), otherwise)


def _answer(request, part: str, spoken, status: int, section: str = "public", **context):
    words = {"thanks": spoken["sign"]["thanks"]} | spoken["public"] | spoken[section]
    context |= {
        "part": part,
        "language": spoken,
        "languages": languages().values(),
        "words": words,
        "sign": spoken["sign"],
        "wait": words["wait"].format(minutes=context.get("minutes", 1)),
    }
    response = render(request, f"casework/public_{part}.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
