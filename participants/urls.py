"""Participants: lists and search, one person's pages, and what can be done there."""

from django.urls import path

from participants.views import (
    consents,
    details,
    enrolments,
    exports,
    lists,
    person,
    protection,
    register,
    search,
)

app_name = "participants"

urlpatterns = [
    # Lists
    path("", lists.own_list, name="list"),
    path("alla/", lists.all_list, name="list_all"),
    path("alla/exportera/", exports.export, name="export"),
    path("sok/", search.find, name="search"),
    # Registering
    path("ny/", register.register_search, name="register_search"),
    path("ny/uppgifter/", register.register, name="register"),
    # One person
    path("<int:pk>/", person.detail, name="detail"),
    path("<int:pk>/oppna/", person.open_file, name="open"),
    # Details
    path("<int:pk>/uppgifter/", details.details, name="details"),
    path("<int:pk>/uppgifter/andra/", details.details_edit, name="details_edit"),
    path("<int:pk>/nummer/", details.number, name="number"),
    path("<int:pk>/kommundel/", details.area, name="area"),
    path("<int:pk>/noteringar/ny/", details.flag_add, name="flag_add"),
    path("<int:pk>/noteringar/<int:flag_pk>/avsluta/", details.flag_end, name="flag_end"),
    # Protection
    path("<int:pk>/skydd/", protection.protection, name="protection"),
    path("<int:pk>/skydd/markera/", protection.protect, name="protect"),
    path("<int:pk>/skydd/lasare/ny/", protection.reader_add, name="reader_add"),
    path(
        "<int:pk>/skydd/lasare/<int:reader_pk>/ta-bort/",
        protection.reader_remove,
        name="reader_remove",
    ),
    path("<int:pk>/skydd/ta-bort/", protection.unmark_ask, name="unmark_ask"),
    path("<int:pk>/skydd/ta-bort/bekrafta/", protection.unmark_confirm, name="unmark_confirm"),
    # Consent
    path("<int:pk>/samtycke/", consents.consent, name="consent"),
    path("<int:pk>/samtycke/nytt/", consents.consent_give, name="consent_give"),
    path(
        "<int:pk>/samtycke/<int:consent_pk>/aterkalla/",
        consents.consent_withdraw,
        name="consent_withdraw",
    ),
    # Enrolments
    path("<int:pk>/inskrivningar/", enrolments.enrolments, name="enrolments"),
    path("<int:pk>/inskrivningar/ny/", enrolments.enrol, name="enrol"),
    path(
        "<int:pk>/inskrivningar/<int:enrolment_pk>/ratta/",
        enrolments.enrolment_correct,
        name="enrolment_correct",
    ),
    path("<int:pk>/uppdrag/", enrolments.reassign, name="reassign"),
    path(
        "<int:pk>/uppdrag/<slug:function>/", enrolments.reassign_function, name="reassign_function"
    ),
    path("<int:pk>/forlangning/", enrolments.extension, name="extension"),
    path(
        "<int:pk>/forlangning/<int:extension_pk>/beslut/",
        enrolments.extension_decide,
        name="extension_decide",
    ),
    path("<int:pk>/avslut/", enrolments.exit_enrolment, name="exit"),
]
