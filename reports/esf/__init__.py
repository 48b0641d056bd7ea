"""The monthly participant report to the European Social Fund, sent to Statistics Sweden, and what it is worth."""
