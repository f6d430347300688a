"""Numbers for coordinators and for the operator, without names.

They tell how many study what, how questions do, what is asked in vain, and what became of announcements.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import views
from bot.content.items.choice import OptionsQuestion
from bot.content.items.item import Item
from bot.content.markup import visible
from bot.content.model import Catalogue, Module
from bot.domain.items import FEWEST
from bot.domain.roles import Standing
from bot.services import measuring
from bot.services.measuring import ITEMS, REMEMBERED, WEEK
from bot.services.turn import Rules, Turn
from bot.storage import fates, figures, reports, wishes
from bot.storage.figures import Figure
from bot.storage.reports import Announced, ModuleCounts, Units
from bot.views.reporting import (
    AnnouncementFigures,
    ItemFigures,
    ModuleFigures,
    ModuleReport,
    OptionFigures,
    Overview,
    Report,
    Week,
    WishFigures,
)

ACTIVE_WITHIN: Final = timedelta(days=7)
NEWEST: Final = 20  # announcements
MOST_ASKED: Final = 5  # wishes in the overview
_NOTHING: Final = ModuleCounts(0, 0, 0, None)


def may_read(turn: Turn) -> bool:
    """Tell whether this person may read reports: who coordinates somebody."""
    return turn.standing.leads


def overview(turn: Turn) -> Overview | views.NotAllowed:
    """Return how those do whom the person coordinates."""
    standing = turn.standing
    return _overview(turn.db, _units(standing), turn.rules, turn.now) if standing.leads else views.NotAllowed()


def modules(turn: Turn) -> tuple[ModuleFigures, ...] | views.NotAllowed:
    """Return how each module is used."""
    standing = turn.standing
    return _modules(turn.db, _units(standing), turn.catalogue) if standing.leads else views.NotAllowed()


def module(turn: Turn, module_id: str) -> ModuleReport | views.NotAllowed | views.Gone:
    """Return how a module does with those whom the person coordinates, and how its questions do with everybody."""
    standing = turn.standing
    if not standing.leads:
        return views.NotAllowed()
    found = turn.catalogue.module(module_id)
    if found is None:
        return views.Gone("module")
    counts = reports.module_counts(turn.db, _units(standing)).get(module_id, _NOTHING)
    measured = figures.find(turn.db, ITEMS + module_id)
    items = _items(found, measured)
    graded = [each for each in _every_item(found) if each.graded]
    at = measured.measured_at if measured else None
    return ModuleReport(_module(module_id, found.title, counts), items, len(graded) - len(items), at, turn.rules.zone)


def announcements(turn: Turn) -> tuple[AnnouncementFigures, ...] | views.NotAllowed:
    """Return what became of the newest announcements; they go to everybody, so a unit's coordinator has none."""
    standing = turn.standing
    if not standing.leads:
        return views.NotAllowed()
    return _announcements(turn.db, turn.catalogue) if standing.reaches_everybody else ()


def asked_in_vain(turn: Turn) -> tuple[WishFigures, ...] | views.NotAllowed:
    """Return what no card answers; whose words they are nobody knows, so a unit's coordinator has none."""
    standing = turn.standing
    return _wishes(turn.db, _units(standing), turn.rules) if standing.leads else views.NotAllowed()


def report(turn: Turn) -> Report | views.NotAllowed:
    """Return everything that is told to this person."""
    standing = turn.standing
    return _report(turn.db, _units(standing), turn.catalogue, (turn.rules, turn.now)) if standing.leads else views.NotAllowed()


def summarise(db: Connection, catalogue: Catalogue, rules: Rules, now: datetime) -> Report:
    """Return everything that is told, to the operator."""
    return _report(db, None, catalogue, (rules, now))


def _units(standing: Standing) -> Units:
    return None if standing.reaches_everybody else standing.units


def _report(db: Connection, units: Units, catalogue: Catalogue, when: tuple[Rules, datetime]) -> Report:
    measured = figures.below(db, ITEMS)
    items = tuple(each for found in catalogue.modules.values() for each in _items(found, measured.get(found.id)))
    announced = _announcements(db, catalogue) if units is None else ()
    return Report(_overview(db, units, *when), _modules(db, units, catalogue), items, _wishes(db, units, when[0]), announced)


def _overview(db: Connection, units: Units, rules: Rules, now: datetime) -> Overview:
    everybody, active, unreachable = reports.learner_counts(db, units, (now - ACTIVE_WITHIN).astimezone(ZoneInfo(rules.zone)).date())
    counts = reports.module_counts(db, units).values()
    remembered = figures.find(db, REMEMBERED) if units is None else None  # the sample is of everybody
    return Overview(
        at=now,
        zone=rules.zone,
        learners=everybody,
        active=active,
        unreachable=unreachable,
        enrolled=sum(each.enrolled for each in counts),
        completed=sum(each.completed for each in counts),
        remembered=remembered.body["share"] if remembered else None,
        weeks=_weeks(db, units, ZoneInfo(rules.zone), now),
        wishes=_wishes(db, units, rules)[:MOST_ASKED],
    )


def _weeks(db: Connection, units: Units, zone: ZoneInfo, now: datetime) -> tuple[Week, ...]:
    """Return this week and those before it, oldest first."""
    mondays = measuring.mondays(zone, now)
    active = _active(db, units, mondays)
    completed = reports.completed_in(db, units, [(_start(each, zone), _start(each + reports.WEEK, zone)) for each in mondays])
    return tuple(Week(monday, active[monday], count) for monday, count in zip(mondays, completed, strict=True))


def _active(db: Connection, units: Units, mondays: Sequence[date]) -> dict[date, int]:
    """Return how many learners were active in each week; everybody's weeks that have ended are measured already."""
    measured = figures.below(db, WEEK) if units is None else {}
    known = {date.fromisoformat(monday): each.body["active"] for monday, each in measured.items()}
    others = [monday for monday in mondays if monday not in known]
    return known | dict(zip(others, reports.active_in_weeks(db, units, others), strict=True))


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)


def _modules(db: Connection, units: Units, catalogue: Catalogue) -> tuple[ModuleFigures, ...]:
    """Return a row for every module of the catalogue, and for those that are gone but were studied."""
    counted = reports.module_counts(db, units)
    gone = sorted(counted.keys() - catalogue.modules.keys())
    titles = {each.id: each.title for each in catalogue.outlines.values()} | dict.fromkeys(gone, "")
    return tuple(_module(module_id, title, counted.get(module_id, _NOTHING)) for module_id, title in titles.items())


def _module(module_id: str, title: str, counts: ModuleCounts) -> ModuleFigures:
    score = counts.mean if counts.scored >= FEWEST else None
    return ModuleFigures(module_id, title, counts.enrolled, counts.completed, score)


def _items(found: Module, measured: Figure | None) -> tuple[ItemFigures, ...]:
    body: Mapping[str, Any] = measured.body if measured else {}
    return tuple(_item(found, each, body[each.id]) for each in _every_item(found) if each.id in body)


def _every_item(found: Module) -> tuple[Item, ...]:
    return (*found.quiz.items, *(card.check for card in found.cards if card.check))


def _item(found: Module, item: Item, measured: Mapping[str, Any]) -> ItemFigures:
    chosen: Mapping[str, float] = measured["chosen"]
    options = [(each, each.id in item.right) for each in item.options] if isinstance(item, OptionsQuestion) else []
    return ItemFigures(
        module_id=found.id,
        id=item.id,
        text=visible(item.text),
        people=measured["people"],
        right=measured["right"],
        discrimination=measured["discrimination"],
        seconds=measured["seconds"],
        mistaken=measured["mistaken"] if found.quiz.confidence else None,
        options=tuple(OptionFigures(each.text, right, chosen.get(each.id, 0.0)) for each, right in options),
    )


def _wishes(db: Connection, units: Units, rules: Rules) -> tuple[WishFigures, ...]:
    asked = wishes.asked(db, rules.wishes_from) if units is None else ()
    return tuple(WishFigures(each.words, each.language, each.count, each.day) for each in asked)


def _announcements(db: Connection, catalogue: Catalogue) -> tuple[AnnouncementFigures, ...]:
    return tuple(_announcement(each, catalogue) for each in reports.announced(db, NEWEST))


def _announcement(found: Announced, catalogue: Catalogue) -> AnnouncementFigures:
    outline = catalogue.outlines.get(found.module_id or "")
    counts = {state: found.fates.get(state, 0) for state in ("sent", "blocked", "failed", "uncertain", "cancelled")}
    title = (outline.title if outline else found.module_id) if found.module_id else None
    return AnnouncementFigures(found.id, found.state, found.due_at, title, **counts, waiting=fates.waiting(found.fates))
