"""What each part adds to the world in which persons logged are compared with persons shown.

A module has three names: `build(world)` makes what its pages show, `special(world)` gives the keyword
arguments of its routes by route name, and `ELSEWHERE` names its routes that have a test of their own.
"""

from tests.security.log_worlds import (
    activities,
    esf,
    financing,
    handovers,
    interventions,
    meeting,
    notes,
    plans,
    review,
    rollcall,
    sheets,
    signing,
    todo,
)

PARTS = (
    activities, rollcall, signing, sheets, esf, financing,
    notes, plans, todo, interventions, handovers, review, meeting,
)  # fmt: skip
