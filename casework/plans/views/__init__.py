"""Pages of plans and planning meetings."""
