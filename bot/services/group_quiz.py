"""The quiz of a group: a question that fits Telegram's own quiz each working day, and the answers of those whom the bot knows."""

import re
from datetime import datetime, timedelta
from typing import Any, Final
from zlib import crc32
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection

from bot import views
from bot.content import limits, markup
from bot.content.items import restore, snapshot
from bot.content.items.item import Item
from bot.content.items.single_choice import SingleChoice
from bot.content.items.true_false import TrueFalse
from bot.content.model import Catalogue, Module
from bot.domain import groups as rules
from bot.domain.memory import Answer, review
from bot.logs import describe_error
from bot.services.lesson import note_study
from bot.services.turn import Rules, Turn
from bot.storage import groups, memories, outbox
from bot.storage.database import is_out_of_reach
from bot.storage.groups import Group

log = structlog.get_logger()

BATCH: Final = 100
SMALLEST_CHAT: Final = -(2**63)  # no chat has a lower number
QUESTION: Final = "group_question"
RECAP: Final = "group_recap"
FAR: Final = timedelta(days=31)  # longer than any run of days off: what is planned beyond was planned by a wrong clock
WEEK: Final = timedelta(days=7)
AFTER_FAULT: Final = timedelta(days=1)  # until a group that could not be asked is tried again
AFTER_RECAP: Final = timedelta(seconds=5)  # that far apart they arrive in this order
ENOUGH_TO_JUDGE: Final = 5  # answers: a share of fewer is nobody's business


def queue_due(db: Connection, catalogue: Catalogue, rules_in_force: Rules, now: datetime) -> int:
    """Queue a question for each group whose hour has come, on the week's first day after the recap; return for how many it had come."""
    due = groups.due(db, now, now + FAR, BATCH)
    for group in due:
        try:
            with db.begin_nested():
                _ask_if_time(db, catalogue, rules_in_force, group, now)
        except Exception as error:  # what is wrong with one group must not keep the others from their question
            if is_out_of_reach(error):
                raise
            log.error("group_not_asked", chat_id=group.chat_id, error=describe_error(error))  # noqa: TRY400 - a trace may quote what people wrote
            groups.change(db, group.chat_id, next_quiz_at=now + AFTER_FAULT)
    return len(due)


def _ask_if_time(db: Connection, catalogue: Catalogue, rules_in_force: Rules, group: Group, now: datetime) -> None:
    """Plan a group's next question, and ask the one that was planned unless its time has become a quiet one."""
    following = rules.next_quiz(group.quiz_minute, group.zone, now, rules_in_force.calendar)
    groups.change(db, group.chat_id, next_quiz_at=following)
    planned = group.next_quiz_at
    if planned and rules.may_be_asked(planned, group.zone, now, rules_in_force.calendar, rules_in_force.quiet):
        _ask_today(db, catalogue, rules_in_force, group, now, planned + rules.LIFE)


def plan_earlier(
    db: Connection, rules_in_force: Rules, now: datetime, since: tuple[datetime, int] | None = None
) -> tuple[datetime, int] | None:
    """Bring the questions of a batch of groups forward to a day that has become a working day since they were planned.

    Return where the next batch begins, to be handed in as `since`; None when this was the last one.
    """
    found = groups.planned(db, *(since or (now, SMALLEST_CHAT)), BATCH)
    for group in found:
        following = rules.next_quiz(group.quiz_minute, group.zone, now, rules_in_force.calendar)
        if following and group.next_quiz_at and following < group.next_quiz_at:
            groups.change(db, group.chat_id, next_quiz_at=following)
    last = found[-1] if len(found) == BATCH else None
    return (last.next_quiz_at, last.chat_id) if last and last.next_quiz_at else None


def _ask_today(db: Connection, catalogue: Catalogue, rules_in_force: Rules, group: Group, now: datetime, expires_at: datetime) -> None:
    """Queue the day's question and, on the first working day of a week, the recap of the last one before it."""
    today = now.astimezone(ZoneInfo(group.zone)).date()
    greets = group.recap and rules.begins_week(today, rules_in_force.calendar)
    if ask(db, catalogue, group, today.isoformat(), now + AFTER_RECAP if greets else now, expires_at) and greets:
        last_monday = today - timedelta(days=today.weekday()) - WEEK
        _queue(db, group, RECAP, last_monday.isoformat(), now, expires_at)


def ask(db: Connection, catalogue: Catalogue, group: Group, occasion: str, now: datetime, expires_at: datetime) -> bool:
    """Choose a question for an occasion and queue it; False when nothing fits, or the occasion has its question."""
    if groups.question_for(db, group.chat_id, occasion) is not None:
        return False
    chosen = _choose(catalogue, group, groups.last_asked(db, group.chat_id), occasion)
    if chosen is None:
        return False
    module, item = chosen
    order = item.order(shuffle=module.quiz.shuffle, seed=crc32(f"{group.chat_id} {occasion}".encode()))
    pinned = {"item": snapshot(item), "order": order, "module_title": module.title}
    asked = {"module_id": module.id, "item_id": item.id, "snapshot": pinned, "asked_at": now}
    groups.add_question(db, {"chat_id": group.chat_id, "occasion": occasion, **asked})
    _queue(db, group, QUESTION, occasion, now, expires_at)
    return True


def compose(db: Connection, chat_id: int, occasion: str) -> views.GroupQuestion | None:
    """Return what is asked, None when the group or the question is gone."""
    group, asked = groups.find(db, chat_id), groups.question_for(db, chat_id, occasion)
    if group is None or asked is None:
        return None
    item: Any = restore(asked.snapshot["item"])
    order = asked.snapshot["order"]
    texts = {choice.id: choice.text for choice in item.options} if isinstance(item, SingleChoice) else {}
    return views.GroupQuestion(
        language=group.language,
        module_title=asked.snapshot["module_title"],
        text=markup.visible(item.text),
        options=tuple(texts[option] for option in order if option in texts),
        correct=order.index(item.grade([order[0]]).answer[0]),
        explanation=_shortened(markup.visible(item.explanation)),
    )


def answer(turn: Turn, poll_id: str, options: tuple[int, ...]) -> None:
    """Record what a learner answered in a group, once; it counts for their memory, and makes this a day of study."""
    asked = groups.question_of_poll(turn.db, poll_id)
    order = asked.snapshot["order"] if asked else []
    if asked is None or len(options) != 1 or not 0 <= options[0] < len(order):
        return
    option = order[options[0]]
    correct = restore(asked.snapshot["item"]).grade([option]).correct is True
    kept = {"question_id": asked.id, "learner_id": turn.learner.id, "option": option, "correct": correct, "at": turn.now}
    if groups.add_answer(turn.db, kept):
        _remember(turn, (asked.module_id, asked.item_id), correct=correct)
        note_study(turn)


def recap(db: Connection, catalogue: Catalogue, chat_id: int, occasion: str) -> views.GroupRecap | None:
    """Return how the week went that began on a local day, None when the group wants no recap any more or was asked nothing."""
    group = groups.find(db, chat_id)
    if group is None or not group.recap:
        return None
    since = datetime.fromisoformat(occasion).replace(tzinfo=ZoneInfo(group.zone))
    counted = groups.tally(db, chat_id, since, since + WEEK)
    if not counted.questions:
        return None
    return views.GroupRecap(
        language=group.language,
        questions=counted.questions,
        people=counted.people,
        answers=counted.answers,
        right=counted.right if counted.answers >= ENOUGH_TO_JUDGE else None,
        hardest=_hardest(db, catalogue, chat_id, since),
        teams=_teams(db, since) if group.compared else (),
    )


def fits(item: Item) -> bool:
    """Tell whether an item can be a quiz of Telegram's own: one right answer, and texts within its limits."""
    if not isinstance(item, SingleChoice | TrueFalse) or markup.length(markup.visible(item.text)) > limits.POLL_QUESTION:
        return False
    return isinstance(item, TrueFalse) or all(markup.length(choice.text) <= limits.POLL_OPTION for choice in item.options)


def _choose(
    catalogue: Catalogue, group: Group, last: dict[tuple[str, str], datetime], occasion: str
) -> tuple[Module, SingleChoice | TrueFalse] | None:
    """Return what the group was never asked, of the module that it was asked about longest ago; else what it was asked longest ago."""
    seed = crc32(f"{group.chat_id} {occasion}".encode())
    by_module: dict[str, datetime] = {}
    for (module_id, _), at in last.items():
        by_module[module_id] = max(at, by_module.get(module_id, at))
    spoken = [outline.id for outline in catalogue.outlines.values() if outline.language == group.language]
    for module_id in rules.least_recent(spoken, by_module, seed):
        unasked = [item.id for item in catalogue.modules[module_id].items if (module_id, item.id) not in last]
        for item_id in rules.least_recent(unasked, {}, seed):
            if found := _fitting(catalogue, module_id, item_id):
                return found
    asked = (_fitting(catalogue, *key) for key in rules.least_recent(last, last, seed) if key[0] in spoken)
    return next((found for found in asked if found), None)


def _fitting(catalogue: Catalogue, module_id: str, item_id: str) -> tuple[Module, SingleChoice | TrueFalse] | None:
    module, item = catalogue.module(module_id), catalogue.item(module_id, item_id)
    return (module, item) if module and isinstance(item, SingleChoice | TrueFalse) and fits(item) else None


def _remember(turn: Turn, item: tuple[str, str], *, correct: bool) -> None:
    given = Answer(float(correct), correct, sure=None)  # a poll offers no way to say that an answer is a doubtful one
    before = memories.find(turn.db, turn.learner.id, item)
    memories.write(turn.db, turn.learner.id, item, review(before, given, turn.learner.today(turn.now), turn.rules.memory))


def _queue(db: Connection, group: Group, kind: str, occasion: str, now: datetime, expires_at: datetime) -> None:
    place = {"learner_id": None, "chat_id": group.chat_id, "thread_id": group.thread_id}
    outbox.queue(db, [{"kind": kind, **place, "occasion": occasion, "due_at": now, "expires_at": expires_at, "state": "due"}])


def _hardest(db: Connection, catalogue: Catalogue, chat_id: int, since: datetime) -> tuple[str, int] | None:
    """Return the title of what was most often answered wrong, with the percentage of right answers; None when all was easy."""
    judged = [each for each in groups.outcomes(db, chat_id, since, since + WEEK) if each[2] >= ENOUGH_TO_JUDGE and each[3] < each[2]]
    if not judged:
        return None
    module_id, item_id, answers, right = min(judged, key=lambda each: each[3] / each[2])
    module, item = catalogue.module(module_id), catalogue.item(module_id, item_id)
    if module is None:
        return None
    card = module.card(item.card) if item else None
    return card.title if card else module.title, 100 * right // answers


def _teams(db: Connection, since: datetime) -> tuple[tuple[str, int], ...]:
    named = rules.best([rules.Team(*each) for each in groups.compared(db, since, since + WEEK)])
    return tuple((team.name, int(100 * team.share)) for team in named)


def _shortened(text: str) -> str:
    """Return as many whole sentences of an explanation as a quiz of Telegram's holds, in one line."""
    kept = ""
    for sentence in re.split(r"(?<=[.!?])\s+", " ".join(text.split())):
        longer = f"{kept} {sentence}".strip()
        if markup.length(longer) > limits.POLL_EXPLANATION:
            break
        kept = longer
    return kept
