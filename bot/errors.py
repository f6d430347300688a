"""What stops a command in a way that a person can mend."""


class SinauError(Exception):
    """A command can't go on; the text says what happened, what was kept and what to do next, and is all that a person needs to see."""


class StartError(SinauError):
    """The bot can't start, or a part of it ended."""
