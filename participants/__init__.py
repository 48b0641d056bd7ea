"""The person: identity and protection, consent, enrolment and exit."""
