"""Made-up data for an empty database: the reference register shifted to today, and staff of every role."""
