"""What the meeting of the weekly review adds to other pages. Called once, when the app is ready."""

from core import registry


def register() -> None:
    """Register everything."""
    from casework.review import card, meeting_events

    registry.timeline.register(
        registry.TimelineSource(meeting_events.events, order=40, label=card.OWN_LABEL)
    )
