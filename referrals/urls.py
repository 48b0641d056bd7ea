"""Referrals, from the waiting list to the answer."""

from django.urls import path

from referrals.views import decisions, details, drafts, letters, lists

app_name = "referrals"

urlpatterns = [
    # Lists
    path("", lists.referral_list, name="list"),
    path("godtagna/", lists.referral_list, {"tab": "accepted"}, name="accepted"),
    path("avbojda/", lists.referral_list, {"tab": "declined"}, name="declined"),
    path("atertagna/", lists.referral_list, {"tab": "withdrawn"}, name="withdrawn"),
    # A new one, in three steps
    path("ny/", drafts.new, name="new"),
    path("ny/for/<int:pk>/", drafts.new_for, name="new_for"),
    path("ny/<uuid:draft>/vem/", drafts.draft_who, name="draft_who"),
    path("ny/<uuid:draft>/varfor/", drafts.draft_why, name="draft_why"),
    path("ny/<uuid:draft>/malgrupp/", drafts.draft_target, name="draft_target"),
    path("ny/<uuid:draft>/kasta/", drafts.draft_discard, name="draft_discard"),
    # One
    path("<int:pk>/", details.detail, name="detail"),
    path("<int:pk>/andra/", details.edit, name="edit"),
    path("<int:pk>/ta-hand-om/", details.start, name="start"),
    path("<int:pk>/ta-over/", details.take_over, name="take_over"),
    path("<int:pk>/godta/", decisions.accept, name="accept"),
    path("<int:pk>/avboj/", decisions.decline, name="decline"),
    path("<int:pk>/aterta/", decisions.withdraw, name="withdraw"),
    path("<int:pk>/kvittens/", letters.receipt, name="receipt"),
    path("<int:pk>/svar/", letters.answer, name="answer"),
    # A person's
    path("deltagare/<int:pk>/", details.participant_tab, name="participant"),
]
