"""What we say happened: key figures and the archive."""
