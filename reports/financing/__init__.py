"""Participant financing: what attested hours are worth by the rates entered (reporting.md 2).

    from reports.financing.loading import value_of

    financing = value_of(Month.parse("2026-10").period)     # five queries, everybody
    financing.earned.value                                  # kronor of the hours that count
    financing.lost.value                                    # of those that do not count yet
    financing.of(participant_pk).earned.hours               # one person's; zeros when there are none

Kronor are `Decimal`, rounded half up to whole öre once per person and month. Hours whose worth is not
known stay hours: `without_benefit` and `without_rate` say why. The arithmetic is `valuing.py`, pure.
"""
