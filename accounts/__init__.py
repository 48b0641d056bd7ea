"""Users, roles, permissions and signing in."""
