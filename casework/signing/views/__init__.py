"""Pages: who must still sign, one person's ways to sign, and the participant's own page."""
