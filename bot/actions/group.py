"""What a coordinator presses in a group that the bot asks questions in."""

from datetime import time

from bot.actions import daytime
from bot.actions.action import Action, button


@button("gs")
class GroupMenu(Action):
    """Show what is set in this group."""


@button("gh")
class SetGroupHour(Action):
    """Ask at this local time of day, in minutes since midnight; -1 means never. Another number raises ValueError."""

    minute: int

    def __post_init__(self) -> None:
        daytime.check(self.minute)

    @property
    def at(self) -> time | None:
        """The local time of day, None when nothing is to be asked."""
        return daytime.at(self.minute)


@button("gr")
class SetGroupRecap(Action):
    """Send a recap of the week (1), or none (0)."""

    on: int


@button("gc")
class SetGroupCompared(Action):
    """Take part in the table of teams (1), or not (0)."""

    on: int


@button("gn")
class AskGroupNow(Action):
    """Ask the group a question at once."""
