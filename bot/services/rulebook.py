"""The rules in force, and how another calendar takes its place in them while the bot runs."""

from dataclasses import replace

from bot.domain.calendar import WorkCalendar
from bot.services.turn import Rules


class Rulebook:
    """Holds the rules in force. Whoever reads them for one update sees one state of them: they are swapped whole."""

    def __init__(self, rules: Rules) -> None:
        """Begin with these rules."""
        self.rules = rules

    def follow(self, calendar: WorkCalendar) -> None:
        """Go by another calendar from now on."""
        self.rules = replace(self.rules, calendar=calendar)
