"""The letters to the referrer, as PDF."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from accounts.permissions import Permission, requires
from core.pdf import PdfUnavailable, render_pdf
from participants import access_log
from participants.access_log import Action
from referrals import letters
from referrals.views.access import with_referral


@requires(Permission.EDIT_REFERRALS)
@require_GET
@with_referral
def receipt(request, referral):
    """The letter that says we have the referral."""
    return _print(request, referral, letters.receipt(referral), "kvittens")


@requires(Permission.EDIT_REFERRALS)
@require_GET
@with_referral
def answer(request, referral):
    """The letter with our answer; without one yet, back to the referral."""
    if not letters.has_answer(referral):
        messages.info(request, "Remissen har inget svar än: godta eller avböj den först.")
        return redirect(referral)
    return _print(request, referral, letters.answer(referral), "svar")


def _print(request, referral, letter, kind):
    """Answer with the PDF; its name and title say nothing about the person."""
    try:
        pdf = render_pdf("referrals/letter_pdf.html", {"letter": letter}, title=letter.heading)
    except PdfUnavailable as error:
        messages.error(request, str(error))
        return redirect(referral)
    access_log.shown(request, [referral.participant], Action.PRINTED)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="remiss-{referral.pk}-{kind}.pdf"'
    return response
