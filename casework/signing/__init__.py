"""Who must still sign, one-time links and reminders, and the page a participant signs on."""
