"""The hours in which nobody is reminded, as the data file beside this module has them, and a file of the operator's in the same form."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from yaml import Node

from bot.content.operator_file import OperatorFile
from bot.domain.hours import DayHours, HoursRule, WorkingHours
from bot.errors import SinauError

FILE: Final = Path(__file__).with_suffix(".yaml")

_ONLY: Final = "only rules and ramadan may stand here; see the example in docs/operating.md"
_RULE: Final = "a rule has since, usual and ramadan; see the example in docs/operating.md"
_SINCE: Final = "since must be a day such as 2026-01-01"
_HOURS: Final = 'hours are begins: "08:00" and friday_break: ["11:30", "13:00"], or {} for none'
_YEARS: Final = "ramadan must have lines such as 1448: [2027-02-08, 2027-03-10], its first day and the day of Idul Fitri"
_LONGEST_RAMADAN: Final = 30  # days


class HoursError(SinauError):
    """The file of working hours can't be used; the text says why and what to do."""


def load_hours(own: Path | None = None) -> WorkingHours:
    """Return the working hours by the file that ships; `own` is one of the operator's.

    Rules that stand in it take the place of all that ship, years of Ramadan that of the same years.

    Raises:
        HoursError: the operator's file can't be read, or holds something else.

    """
    rules, ramadan = _read(FILE)
    if own is not None:
        own_rules, own_ramadan = _read(own)
        rules, ramadan = own_rules or rules, ramadan | own_ramadan
    return WorkingHours(tuple(sorted(rules, key=lambda rule: rule.since, reverse=True)), tuple(ramadan.values()))


def _read(path: Path) -> tuple[list[HoursRule], dict[str, tuple[date, date]]]:
    file = OperatorFile(path, "reminders.hours_file", HoursError)
    parts = {name.value: part for name, part in file.pairs(file.root(), _ONLY, ("rules", "ramadan"))}
    rules = [_rule(file, node) for node in file.items(parts["rules"], _RULE)] if "rules" in parts else []
    return rules, {year.value: _ramadan(file, days) for year, days in file.pairs(parts.get("ramadan"), _YEARS)}


def _rule(file: OperatorFile, node: Node) -> HoursRule:
    parts = {name.value: part for name, part in file.pairs(node, _RULE, ("since", "usual", "ramadan"))}
    if len(parts) != 3:  # noqa: PLR2004 - all of them
        file.fail(node, _RULE)
    return HoursRule(file.day(parts["since"], _SINCE), _hours(file, parts["usual"]), _hours(file, parts["ramadan"]))


def _hours(file: OperatorFile, node: Node) -> DayHours:
    hours = DayHours()
    for name, value in file.pairs(node, _HOURS, ("begins", "friday_break")):
        if name.value == "begins":
            hours = replace(hours, begins=file.time(value, _HOURS))
        else:
            first, last = (file.time(each, _HOURS) for each in file.items(value, _HOURS, 2))
            if last <= first:
                file.fail(value, "a break must end later than it begins")
            hours = replace(hours, friday_break=(first, last))
    return hours


def _ramadan(file: OperatorFile, node: Node) -> tuple[date, date]:
    first, eid = (file.day(each, _YEARS) for each in file.items(node, _YEARS, 2))
    if not 0 < (eid - first).days <= _LONGEST_RAMADAN:
        file.fail(node, "Idul Fitri must come 29 or 30 days after the first day of Ramadan")
    return first, eid
