"""Who asks us to take somebody in, and what we answer."""
