"""Pages about participants, one module per noun."""
