"""Pages of the ESF months."""
