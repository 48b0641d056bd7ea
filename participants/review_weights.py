"""What a reason weighs on the agenda of the weekly review: all in one table, since only together do they mean anything.

The rooms above take theirs from here. 90 and more is kept for what is left from last time: that comes first.
"""

from enum import IntEnum

LEFT_FROM_LAST_TIME = 90


class Weight(IntEnum):
    """A reason to talk about somebody, the heaviest first; and why it weighs that much."""

    NOT_DONE = 98, "Vi bestämde något och det blev inte av: annars bestämmer vi förgäves."
    NOT_REACHED = 94, "Vi hann inte sist, och en vecka till är för länge."
    POSTPONED = 92, "Vi sköt upp det till i dag."
    ASKED = 80, "En kollega ser något som ingen regel ser."
    ABSENT = 70, "Den som slutar komma är på väg bort."
    ENROLMENT_PASSED = 66, "Inskrivningen har gått ut, och ingen har bestämt vad som händer."
    NO_CONTACT = 62, "Två veckor utan kontakt är hur någon tappas bort."
    NEVER_DISCUSSED = 58, "Fyra veckor utan att ha nämnts: mer bråttom än den som är ny."
    NEW = 56, "Den som är ny ska alla känna till."
    DECISION_WAITS = 52, "Någon väntar på ett svar från oss."
    ENROLMENT_ENDS = 48, "Inom en månad måste vi veta vad som kommer sedan."
    STUCK = 44, "Länge i samma skede: fråga varför, men det brinner inte."
    PLAN_RUNS_OUT = 42, "Planen behöver ses över, oftast vid ett nytt samtal."
    UNATTESTED = 36, "Timmar utan underskrift går förlorade, men en påminnelse räcker ofta."
    FOURTH_WEEK = 30, "Inget särskilt: alla tas upp minst var fjärde vecka."

    def __new__(cls, value, why):
        member = int.__new__(cls, value)
        member._value_ = value
        member.why = why
        return member
