"""What somebody whose account is to be closed still holds, without saying whom or how much."""

from django.utils import timezone

from casework.models import NoteDraft, Task
from participants.models import Assignment


def left_behind(user) -> list[str]:
    """Sentences for the system administrator, who sees no case content. Three queries."""
    found = []
    if Assignment.objects.opening_on(timezone.localdate()).filter(user=user).exists():
        found.append("Personen har uppdrag för deltagare.")
    if Task.objects.open().mine(user).exists():
        found.append("Personen har uppgifter som inte är klara.")
    if NoteDraft.objects.unsigned_of(user).exists():
        found.append("Personen har anteckningar som inte är signerade.")
    return found
