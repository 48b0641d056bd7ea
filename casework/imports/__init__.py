"""Attendance comes in from a sheet, and the pages where register and attendance are read in.

One row is one person, day and activity. What a row does:

- Hours that are not there are added; hours that are there and not attested are corrected.
- "Signerad ja" attests the hours: one attestation for each person, month and import, on paper. An attested
  row keeps its hours; other hours in the file are a fault. "nej" takes no attestation away.
- An activity nobody has heard of is made, individual when its name begins with "Individuell".

A person who is unknown and one whom the user may not see get the same answer.
"""
