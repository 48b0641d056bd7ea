"""The register comes in from a sheet: persons, referrals, enrolments and exits.

One row is one enrolment, known again by the person's number and the day it started. What a row does:

- A number nobody has yet becomes a person; a start day the person does not have yet becomes an enrolment
  with its accepted referral.
- On an enrolment that is there, the row corrects what differs: exit, reason, referral, criteria, and the
  planned end unless an extension has been asked for here. It never reopens what has ended.
- Of the person it corrects the name (the row that started last counts) and the part of the municipality as
  it was on the start day. "ja" notes a flag or protects the person; "nej" takes nothing away.
- With consent asked for, a person who has never been asked gets consent for every category towards
  Arbetsförmedlingen. A consent that was taken back stays taken back.

Whoever may not see a person is told nothing about that person.
"""
