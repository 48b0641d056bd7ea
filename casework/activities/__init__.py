"""Activities: courses, workshops, talks; their sessions, who is signed up, and calendars."""
