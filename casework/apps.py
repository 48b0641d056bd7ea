from django.apps import AppConfig

from accounts.permissions import Permission
from core import registry


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = "Handläggning"

    def ready(self):
        """Add meetings and attendance to the participant's page, and the pages that read in files."""
        from casework import facts
        from casework.activities import registers as activities
        from casework.handovers import registers as handovers
        from casework.imports import tasks  # noqa: F401  (registers its job handlers)
        from casework.interventions import registers as interventions
        from casework.notes import registers as notes
        from casework.plans import registers as plans
        from casework.review import meeting_registers
        from casework.review import registers as review
        from casework.rollcall import registers as rollcall
        from casework.sheets import registers as sheets
        from casework.signing import registers as signing
        from casework.todo import registers as todo

        attendance = (activities, rollcall, signing, sheets)
        case_file = (notes, plans, todo, interventions, handovers, review, meeting_registers)
        for part in attendance + case_file:
            part.register()

        registry.navigation.register(
            registry.NavItem("Inläsning", "imports:start", "upload", 70, Permission.IMPORT_REGISTER)
        )

        registry.participant_tabs.register(
            registry.Tab(
                "Närvaro", "casework:attendance", 20, Permission.VIEW_ATTENDANCE, "attendance"
            )
        )
        registry.participant_links.register(
            registry.ParticipantLink(
                "Registrera trepartssamtal",
                "casework:meeting_record",
                10,
                Permission.RECORD_MEETING,
                "plan",
            )
        )
        registry.next_steps.register(registry.NextStepRule(facts.without_meeting))
        registry.timeline.register(registry.TimelineSource(facts.meetings, label="Möten"))
        _register_leaving()


def _register_leaving():
    """What leaving the programme asks for, ends, and leaves behind."""
    from casework import leaving, left_unsigned

    for order, find in enumerate((leaving.unattested, leaving.unmarked, leaving.later), start=10):
        registry.exit_checks.register(registry.ExitCheck(find, order=order))
    registry.after_exit.register(registry.AfterExit(leaving.end_plans))
    registry.timeline.register(registry.TimelineSource(left_unsigned.events, label="Inskrivning"))
    registry.open_case_rules.register(registry.OpenCaseRule(left_unsigned.open_file))
    registry.home_cards.register(
        registry.HomeCard(
            "casework/left_unsigned_card.html",
            left_unsigned.home_card,
            16,
            Permission.VIEW_LEFT_UNSIGNED,
        )
    )
