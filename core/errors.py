"""What an action refuses, in words for the person at the screen."""


class Refused(Exception):
    """The action was not done. The message is a Swedish sentence that says what to do instead."""
