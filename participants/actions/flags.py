"""What the register notes about a person, with date and source."""

from datetime import date

from django.db import transaction

from participants import access_log
from participants.enums import Flag
from participants.errors import Refused, refusing
from participants.models import Participant, ParticipantFlag

OPEN_RULES = ("flag_one_open_of_each", "participants_participantflag.participant_id")


@transaction.atomic
def note_flag(
    *, participant: Participant, flag: Flag | str, noted_on: date, source: str, by
) -> ParticipantFlag:
    """Note that something holds for the person from a day on, and where that is known from."""
    with refusing(Refused("Uppgiften är redan noterad. Avsluta den gamla först."), *OPEN_RULES):
        noted = ParticipantFlag.objects.create(
            participant=participant, flag=flag, noted_on=noted_on, source=source.strip()
        )
    access_log.changed(participant, by=by, what="note_flag")
    return noted


@transaction.atomic
def end_flag(*, flag: ParticipantFlag, ended_on: date, by) -> ParticipantFlag:
    """Note the last day on which it held."""
    flag = ParticipantFlag.objects.select_for_update().get(pk=flag.pk)
    if flag.ended_on:
        raise Refused("Uppgiften är redan avslutad. Ladda om sidan för att se vad som gäller.")
    if ended_on < flag.noted_on:
        raise Refused(f"Uppgiften gäller från {flag.noted_on}. Ange den dagen eller en senare.")
    flag.ended_on = ended_on
    flag.save(update_fields=["ended_on"])
    access_log.changed(flag.participant, by=by, what="end_flag")
    return flag
