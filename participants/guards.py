"""Rules the database keeps by triggers or exclusion: no shared days."""

from core.guards import NoOverlap

guards = [
    NoOverlap(
        "enrolment_no_overlap",
        "participants_enrolment",
        ("participant_id",),
        "starts_on",
        "ended_on",
    ),
    NoOverlap(
        "assignment_no_overlap",
        "participants_assignment",
        ("enrolment_id", "function"),
        "starts_on",
        "ends_on",
        half_open=True,
    ),
    NoOverlap(
        "area_no_overlap", "participants_areaperiod", ("participant_id",), "starts_on", "ends_on"
    ),
    NoOverlap(
        "benefit_no_overlap",
        "participants_benefitperiod",
        ("participant_id",),
        "starts_on",
        "ends_on",
    ),
]
