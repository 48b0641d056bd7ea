"""Roll call: who came to a session, for how long, and the signature drawn on the spot."""
