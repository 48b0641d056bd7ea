"""Participant financing: what attested hours are worth by the rates entered."""
