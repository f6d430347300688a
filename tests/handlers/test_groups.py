"""Groups: who may set something, what is asked and kept, and what happens twice, late or elsewhere."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot import actions
from bot.clock import AdjustableClock
from bot.gateway.incoming import Command, Event, Incoming, Membership, Migrated, Person, PollAnswer, Tap
from bot.handlers.context import Desk
from bot.handlers.dispatch import Dispatcher
from bot.handlers.outgoing import Composer
from bot.screen import Poll, Screen
from bot.services import group_quiz, groups
from bot.storage import deliveries
from bot.storage.database import Storage
from bot.storage.tables import audit_entry, dead_update, delivery, group_answer, group_question, learner, memory, study_group
from tests.handlers.chat import CONTENT, SARI, Chat, make_desk

ANDI = Person(1004, "Andi", "id")
GROUP = -4001
NINE = actions.SetGroupHour(9 * 60)
_NUMBERS = count(10_000)


class GroupChat:
    """A group: what people do in it, and what the database then holds."""

    def __init__(self, desk: Desk, storage: Storage, clock: AdjustableClock) -> None:
        self.desk, self.storage, self.clock = desk, storage, clock
        self._dispatcher = Dispatcher(desk)

    async def does(self, person: Person | None, event: Event, number: int | None = None, **place: Any) -> Screen | None:
        incoming = Incoming(number or next(_NUMBERS), GROUP, private=False, person=person, event=event, title="Tim")
        return await self._dispatcher(replace(incoming, **place))

    async def taps(self, person: Person, action: actions.Action, number: int | None = None, **place: Any) -> Screen | None:
        return await self.does(person, Tap("q", actions.encode(action), 7, editable=True), number, **place)

    async def passes(self, **time: float) -> None:
        self.clock.advance(timedelta(**time))
        await self.storage.run(group_quiz.queue_due, self.desk.shelf.catalogue, self.desk.rules, self.clock.now())

    async def column(self, column: Any) -> list[Any]:
        return await self.storage.run(lambda db: list(db.execute(select(column)).scalars()))

    async def sends(self, poll_id: str) -> Poll | Screen | None:
        """Let what is due longest leave, as the sender does; Telegram calls the poll by this name."""
        composer = Composer(self.desk.shelf, self.desk.rulebook, self.desk.words)

        def send(db: Any) -> Any:
            claimed = deliveries.claim(db, "satu", self.clock.now())
            if claimed is None:
                return None
            outgoing = composer.compose(db, claimed, self.clock.now())
            if isinstance(outgoing, Poll):
                composer.asked(db, claimed, poll_id)
            deliveries.finish(db, claimed, "sent", self.clock.now())
            return outgoing

        return await self.storage.run(send)


def in_charge_are(*people: Person) -> Callable[[int, int], Awaitable[bool | None]]:
    async def is_admin(_chat_id: int, person_id: int) -> bool | None:
        return person_id in {person.id for person in people}

    return is_admin


@pytest.fixture
async def group(storage: Storage, clock: AdjustableClock) -> GroupChat:
    """Give a group in which Sari, who is a learner and the bot's admin, is an administrator; Andi is one too, but no coordinator."""
    desk = replace(make_desk(storage, clock, admins=frozenset({SARI.id})), is_group_admin=in_charge_are(SARI, ANDI))
    for person in (SARI, ANDI):
        await Chat(desk, person).says("start")
    return GroupChat(desk, storage, clock)


async def test_only_a_coordinator_who_is_an_administrator_of_the_group_sets_something(group: GroupChat) -> None:
    stranger = Person(5, "Emma", "en")
    for person in (ANDI, stranger):
        screen = await group.taps(person, NINE)
        assert screen is not None
        assert screen.only_toast
        assert await group.column(study_group.c.chat_id) == []
    await group.taps(SARI, NINE)
    assert await group.column(study_group.c.quiz_minute) == [9 * 60]
    assert len(await group.column(learner.c.id)) == 2  # whoever presses a button in a group becomes no learner by it


async def test_a_coordinator_who_is_no_administrator_of_the_group_sets_nothing(storage: Storage, clock: AdjustableClock) -> None:
    desk = replace(make_desk(storage, clock, admins=frozenset({SARI.id})), is_group_admin=in_charge_are(ANDI))
    await Chat(desk, SARI).says("start")
    group = GroupChat(desk, storage, clock)
    screen = await group.taps(SARI, NINE)
    assert screen is not None
    assert screen.only_toast
    assert await group.column(study_group.c.chat_id) == []


async def test_while_telegram_does_not_say_who_is_in_charge_nothing_changes(storage: Storage, clock: AdjustableClock) -> None:
    async def silent(_chat_id: int, _person_id: int) -> bool | None:
        return None

    desk = replace(make_desk(storage, clock, admins=frozenset({SARI.id})), is_group_admin=silent)
    await Chat(desk, SARI).says("start")
    group = GroupChat(desk, storage, clock)
    screen = await group.taps(SARI, NINE)
    assert screen is not None
    assert "Telegram belum menjawab" in screen.toast
    assert await group.column(study_group.c.chat_id) == []


async def test_an_anonymous_administrator_is_nobody(group: GroupChat) -> None:
    assert await group.does(None, Command("setelan", "", 8)) is None
    assert await group.does(None, Tap("q", actions.encode(NINE), 7, editable=True)) is None
    assert await group.column(study_group.c.chat_id) == []


async def test_a_press_that_comes_twice_counts_once_and_shows_what_is_set(group: GroupChat) -> None:
    await group.taps(SARI, actions.AskGroupNow(), number=77)
    screen = await group.taps(SARI, actions.AskGroupNow(), number=77)
    assert screen is not None
    assert "Soal harian grup" in screen.text
    assert len(await group.column(group_question.c.id)) == 1
    assert await group.column(dead_update.c.id) == []


async def test_a_groups_button_in_a_private_chat_is_an_old_one(group: GroupChat) -> None:
    screen = await Chat(group.desk, SARI).taps(NINE)
    assert screen is not None
    assert "versi lama" in screen.text
    assert await group.column(study_group.c.chat_id) == []


async def test_a_press_on_a_message_that_telegram_does_not_show_any_more_changes_nothing(group: GroupChat) -> None:
    await group.taps(SARI, NINE, thread_id=12)
    screen = await group.does(SARI, Tap("q", actions.encode(actions.SetGroupHour(10 * 60)), 7, editable=False))
    assert screen is not None
    assert "pukul 09.00" in screen.text
    assert await group.column(study_group.c.thread_id) == [12]


async def test_teams_that_take_part_are_told_of_the_better_half(group: GroupChat) -> None:
    def answered(db: Any) -> None:
        learner_id = db.execute(select(learner.c.id).where(learner.c.telegram_id == SARI.id)).scalar_one()
        for chat_id, right, compared in ((-1, 9, True), (-2, 5, True), (-3, 10, False)):
            row = {"chat_id": chat_id, "title": f"Tim {-chat_id}", "language": "id", "zone": "Asia/Jakarta", "compared": compared}
            db.execute(insert(study_group).values(row))
            for number in range(10):
                asked = {"occasion": str(number), "module_id": "m", "item_id": "i", "snapshot": {}, "poll_id": f"{chat_id} {number}"}
                at = group.clock.now()
                question = insert(group_question).values({"chat_id": chat_id, "asked_at": at, **asked}).returning(group_question.c.id)
                kept = {"learner_id": learner_id, "option": "a", "correct": number < right, "at": at}
                db.execute(insert(group_answer).values(kept | {"question_id": db.execute(question).scalar_one()}))

    await group.storage.run(answered)
    told = [
        await group.storage.run(group_quiz.recap, group.desk.shelf.catalogue, chat_id, group.clock.now().date().isoformat())
        for chat_id in (-1, -2, -3)
    ]
    assert [view.teams for view in told if view] == [(("Tim 1", 90),), (("Tim 1", 90),), ()]


async def test_questions_go_to_the_topic_in_which_they_were_set(group: GroupChat) -> None:
    screen = await group.taps(SARI, NINE, thread_id=12)
    assert screen is not None
    assert "topik ini" in screen.text
    await group.passes(hours=2)
    assert set(await group.column(delivery.c.thread_id)) == {12}


async def test_a_question_that_comes_late_is_left_out_and_the_next_one_comes(group: GroupChat) -> None:
    await group.taps(SARI, actions.SetGroupHour(13 * 60))
    await group.passes(days=2, hours=1)  # the machine was off for two days
    assert await group.column(group_question.c.id) == []
    assert [moment > group.clock.now() for moment in await group.column(study_group.c.next_quiz_at)] == [True]


async def test_an_answer_is_kept_once_of_a_learner_and_of_nobody_else(group: GroupChat) -> None:
    await group.taps(SARI, actions.AskGroupNow())
    poll = await group.sends("P1")
    assert isinstance(poll, Poll)
    wrong = (poll.correct + 1) % len(poll.options)
    for person, options in ((SARI, (poll.correct,)), (ANDI, (wrong,)), (Person(5, "Emma", "en"), (poll.correct,)), (None, (0,))):
        await group.does(person, PollAnswer("P1", options), chat_id=0)
    assert sorted(await group.column(group_answer.c.correct)) == [False, True]
    right, missed = sorted(await group.column(memory.c.due_on), reverse=True)
    assert right > missed  # what was missed comes back sooner in the quiz of the private chat
    await group.does(ANDI, PollAnswer("P1", (poll.correct,)), chat_id=0)
    assert sorted(await group.column(group_answer.c.correct)) == [False, True]
    assert len(await group.column(learner.c.last_studied_on)) == 2
    assert None not in await group.column(learner.c.last_studied_on)


@pytest.mark.parametrize(
    "given",
    [PollAnswer("?", (0,)), PollAnswer("P1", ()), PollAnswer("P1", (0, 1)), PollAnswer("P1", (99,)), PollAnswer("P1", (-1,))],
)
async def test_what_is_no_answer_to_a_question_of_ours_is_left(group: GroupChat, given: PollAnswer) -> None:
    await group.taps(SARI, actions.AskGroupNow())
    await group.sends("P1")
    await group.does(SARI, given, chat_id=0)
    assert await group.column(group_answer.c.option) == []


async def test_an_answer_that_comes_twice_counts_once(group: GroupChat) -> None:
    await group.taps(SARI, actions.AskGroupNow())
    await group.sends("P1")
    for _ in range(2):
        await group.does(SARI, PollAnswer("P1", (0,)), number=91, chat_id=0)
    assert len(await group.column(group_answer.c.option)) == 1


async def test_an_edit_of_the_content_never_regrades_an_answer(group: GroupChat, tmp_path: Path) -> None:
    await group.taps(SARI, actions.AskGroupNow())
    poll = await group.sends("P1")
    assert isinstance(poll, Poll)
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    for module in (content / "modules").glob("*.yaml"):
        turned = module.read_text(encoding="utf-8").replace("correct: true", "correct: false").replace("answer: false", "answer: true")
        module.write_text(turned, encoding="utf-8")
    await group.does(SARI, PollAnswer("P1", (poll.correct,)), chat_id=0)
    assert await group.column(group_answer.c.correct) == [True]


async def test_a_second_attempt_to_send_asks_the_same(group: GroupChat) -> None:
    await group.taps(SARI, actions.AskGroupNow())
    composer = Composer(group.desk.shelf, group.desk.rulebook, group.desk.words)

    def compose(db: Any) -> Any:
        claimed = deliveries.claim(db, "satu", group.clock.now())
        assert claimed is not None
        first = composer.compose(db, claimed, group.clock.now())
        deliveries.put_back(db, claimed, group.clock.now(), attempts=0, doubtful=True)
        again = deliveries.claim(db, "satu", group.clock.now())
        assert again is not None
        return first, composer.compose(db, again, group.clock.now())

    first, second = await group.storage.run(compose)
    assert first == second
    assert isinstance(first, Poll)


async def test_a_group_that_moves_keeps_its_settings_and_its_questions(group: GroupChat) -> None:
    await group.taps(SARI, NINE)
    await group.taps(SARI, actions.AskGroupNow())
    await group.does(None, Migrated(-1_000_000_004_001))
    await group.does(None, Migrated(-1_000_000_004_001))
    assert await group.column(study_group.c.chat_id) == [-1_000_000_004_001]
    assert await group.column(group_question.c.chat_id) == [-1_000_000_004_001]
    assert await group.column(delivery.c.chat_id) == [-1_000_000_004_001]
    assert isinstance(await group.sends("P1"), Poll)


@pytest.mark.parametrize("person", [SARI, None], ids=["somebody", "an anonymous administrator"])
async def test_who_puts_the_bot_out_ends_the_questions(group: GroupChat, person: Person | None) -> None:
    await group.taps(SARI, NINE)
    await group.does(person, Membership(member=False))
    await group.passes(days=1)
    assert await group.column(group_question.c.id) == []
    assert await group.column(study_group.c.next_quiz_at) == [None]


async def test_items_take_turns_and_all_come_before_one_comes_again(group: GroupChat) -> None:
    fitting = {
        (module.id, item.id)
        for module in group.desk.shelf.catalogue.modules.values()
        for item in module.items
        if module.language == "id" and group_quiz.fits(item)
    }
    for number in range(len(fitting)):
        group.clock.advance(timedelta(hours=1))
        await group.taps(SARI, actions.AskGroupNow())
        assert isinstance(await group.sends(f"P{number}"), Poll)
    asked = list(zip(await group.column(group_question.c.module_id), await group.column(group_question.c.item_id), strict=True))
    assert set(asked) == fitting


async def test_a_group_that_moves_to_where_something_was_set_already_keeps_both(group: GroupChat) -> None:
    new = -1_000_000_004_001
    await group.taps(SARI, NINE)
    await group.taps(SARI, actions.AskGroupNow())
    await group.taps(SARI, actions.SetGroupRecap(0), chat_id=new)  # from the greeting that came with the new group
    await group.does(None, Migrated(new))
    assert await group.column(study_group.c.chat_id) == [new]
    assert await group.column(study_group.c.quiz_minute) == [9 * 60]
    assert await group.column(study_group.c.recap) == [False]
    assert await group.column(group_question.c.chat_id) == [new]


async def test_being_put_out_counts_once_however_often_it_is_told(group: GroupChat) -> None:
    await group.does(SARI, Membership(member=False), number=501)
    assert await group.does(SARI, Membership(member=True, joined=True), number=502) is not None
    await group.taps(SARI, NINE)
    assert await group.does(SARI, Membership(member=False), number=501) is None
    assert await group.does(SARI, Membership(member=True, joined=True), number=502) is None
    assert await group.column(study_group.c.quiz_minute) == [9 * 60]


async def test_a_promotion_greets_nobody_again(group: GroupChat) -> None:
    assert await group.does(SARI, Membership(member=True)) is None


async def test_another_hour_on_a_day_that_had_its_question_begins_tomorrow(group: GroupChat) -> None:
    await group.taps(SARI, NINE)
    await group.passes(hours=1, minutes=5)
    await group.taps(SARI, actions.SetGroupHour(10 * 60))
    await group.passes(hours=1)
    assert await group.column(delivery.c.kind) == ["group_question", "group_recap"]
    await group.passes(hours=24)
    assert len(await group.column(group_question.c.id)) == 2


async def test_the_same_hour_again_misses_nothing(group: GroupChat) -> None:
    await group.taps(SARI, NINE)
    group.clock.advance(timedelta(hours=1, seconds=1))  # its hour has come, and the tick has not
    await group.taps(SARI, NINE)
    await group.passes(seconds=1)
    assert len(await group.column(group_question.c.id)) == 1


async def test_what_a_wrong_clock_planned_far_ahead_is_planned_anew(group: GroupChat) -> None:
    await group.taps(SARI, NINE)
    far = group.clock.now() + timedelta(days=90)
    await group.storage.run(lambda db: db.execute(update(study_group).values(next_quiz_at=far)).rowcount)
    await group.passes(seconds=1)
    await group.passes(hours=1)
    assert len(await group.column(group_question.c.id)) == 1


async def test_a_question_that_never_left_is_in_no_recap(group: GroupChat) -> None:
    await group.taps(SARI, NINE)
    await group.passes(hours=1, minutes=1)
    await group.passes(days=7)
    recap = await group.sends("unused")
    while recap is not None:
        assert isinstance(recap, Poll), "nothing was asked last week, so there is nothing to tell"
        recap = await group.sends("P1")


async def test_a_group_that_something_is_wrong_with_does_not_keep_others_from_their_question(group: GroupChat) -> None:
    await group.taps(SARI, NINE)
    await group.taps(SARI, NINE, chat_id=-4002)
    broken = update(study_group).where(study_group.c.chat_id == GROUP).values(zone="Bukan/Zona")
    await group.storage.run(lambda db: db.execute(broken).rowcount)
    await group.passes(hours=1, minutes=5)
    assert await group.column(group_question.c.chat_id) == [-4002]
    planned = select(study_group.c.next_quiz_at).where(study_group.c.chat_id == GROUP)
    later = await group.storage.run(lambda db: db.execute(planned).scalar_one())
    assert later > group.clock.now()  # tried again, but not every few seconds


async def test_an_answer_that_is_quicker_than_the_commit_of_its_poll_counts(group: GroupChat) -> None:
    await group.taps(SARI, actions.AskGroupNow())
    claimed = await group.storage.run(lambda db: deliveries.claim(db, "satu", group.clock.now()))
    assert claimed is not None
    answering = asyncio.create_task(group.does(ANDI, PollAnswer("P1", (0,))))
    await group.storage.run(lambda _: None)
    assert not answering.done()  # Telegram has sent the poll; under which name is not known here yet

    def settle(db: Any) -> None:
        Composer.asked(db, claimed, "P1")
        deliveries.finish(db, claimed, "sent", group.clock.now())

    await group.storage.run(settle)
    await answering
    assert len(await group.column(group_answer.c.learner_id)) == 1


async def test_an_answer_to_a_poll_that_nobody_knows_is_not_waited_for(group: GroupChat) -> None:
    await group.does(ANDI, PollAnswer("P404", (0,)))
    assert await group.column(group_answer.c.learner_id) == []


class Refusal:
    """Lets the oldest due delivery of a group be refused by Telegram for a reason."""

    def __init__(self, group: GroupChat) -> None:
        self._group = group

    async def __call__(self, reason: str) -> None:
        now = self._group.clock.now()

        def refuse(db: Any) -> None:
            claimed = deliveries.claim(db, "satu", now)
            assert claimed is not None
            deliveries.finish(db, claimed, "failed", now, error=reason)
            groups.note_refused(db, claimed, reason, now)

        await self._group.storage.run(refuse)


@pytest.mark.parametrize(("reason", "told"), [("topic_gone", "topiknya sudah dihapus"), ("no_rights", "tidak boleh mengirim")])
async def test_who_set_a_group_is_told_once_when_telegram_refuses_its_questions(group: GroupChat, reason: str, told: str) -> None:
    await group.taps(SARI, NINE)
    await group.passes(hours=1, minutes=5)
    for _ in range(2):  # the recap, and the question
        group.clock.advance(timedelta(seconds=10))
        await Refusal(group)(reason)
    assert await group.column(study_group.c.next_quiz_at) == [None]
    screen = await group.sends("unused")
    assert isinstance(screen, Screen)
    assert told in screen.text
    assert "<b>Tim</b>" in screen.text
    assert "/setelan" in screen.text
    assert await group.sends("unused") is None


async def test_a_group_that_was_mended_meanwhile_is_not_complained_about(group: GroupChat) -> None:
    await group.taps(SARI, actions.AskGroupNow())
    await Refusal(group)("topic_gone")
    await group.taps(SARI, NINE, thread_id=12)
    assert await group.sends("unused") is None


async def test_a_refusal_that_says_nothing_lasting_ends_nothing(group: GroupChat) -> None:
    await group.taps(SARI, NINE)
    await group.passes(hours=1, minutes=5)
    await Refusal(group)("refused")
    assert None not in await group.column(study_group.c.next_quiz_at)


async def test_a_topic_that_is_gone_ends_nothing_that_goes_to_another_one(group: GroupChat) -> None:
    await group.taps(SARI, NINE, thread_id=12)
    await group.taps(SARI, actions.AskGroupNow(), thread_id=34)
    await Refusal(group)("topic_gone")
    assert None not in await group.column(study_group.c.next_quiz_at)
    assert await group.sends("unused") is None


async def test_asking_where_no_question_fits_is_no_act(group: GroupChat) -> None:
    await group.taps(SARI, NINE)
    await group.storage.run(lambda db: db.execute(update(study_group).values(language="jv")).rowcount)
    await group.taps(SARI, actions.AskGroupNow())
    assert await group.column(audit_entry.c.action) == ["group.set"]
    await group.storage.run(lambda db: db.execute(update(study_group).values(language="id")).rowcount)
    await group.taps(SARI, actions.AskGroupNow())
    assert await group.column(audit_entry.c.action) == ["group.set", "group.ask"]
