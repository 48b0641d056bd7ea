"""Measurements that can be repeated; each script says how it is run."""
