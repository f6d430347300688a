import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, select, text, update
from sqlalchemy.exc import OperationalError

from bot.clock import AdjustableClock
from bot.gateway.brake import Brake
from bot.gateway.heartbeat import Heartbeat
from bot.gateway.messages import Messages
from bot.gateway.meters import Meters
from bot.gateway.pace import Pace
from bot.gateway.pacer import Pacer
from bot.gateway.sender import Sender
from bot.gateway.terms import Noted, Terms
from bot.gateway.wire import Wire
from bot.sandbox.cast import ANDI_ID, COORDINATOR_ID, GROUP_ID, SARI_ID, YOSEF_ID
from bot.sandbox.world import World
from bot.screen import Copy, Screen
from bot.storage import deliveries, outbox, replicas
from bot.storage.database import Storage
from bot.storage.deliveries import Delivery
from bot.storage.engine import make_engine
from bot.storage.tables import announcement, delivery

BOT_ID = 7000000001
WAITING = {"due", "claimed", "held"}
LOCKED_OUT = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


async def until(condition: Callable[[], object]) -> None:
    """Wait for something that announces itself by nothing."""
    async with asyncio.timeout(15):
        while not condition():  # noqa: ASYNC110 - it changes in the database's thread
            await asyncio.sleep(0.01)


class Office:
    """A sender with its table of deliveries, as one replica has it."""

    def __init__(self, storage: Storage, clock: AdjustableClock, wire: Wire, replica: str = "satu", *, paid: bool = False) -> None:
        self.storage = storage
        self.clock = clock
        self.unreachable: list[int] = []
        self.polls: list[tuple[str, str]] = []
        self.refused: list[tuple[int, str]] = []
        self.noted: list[int] = []
        self.meters = Meters()
        self.pace = Pace(29)
        self.brake = Brake(Pacer(self.pace, time.monotonic), storage, clock, BOT_ID)
        terms = Terms(
            self._compose,
            lambda _, chat_id: self.unreachable.append(chat_id),
            lambda _, claimed, poll_id: self.polls.append((claimed.occasion, poll_id)),
            lambda _, claimed, reason, _now: self.refused.append((claimed.chat_id, reason)),
            replica,
            at_once=4,
            paid=paid,
        )
        self.sender = Sender(storage, clock, Messages(wire, storage, BOT_ID), self.brake, terms, self.meters)
        self.heartbeat = Heartbeat(storage, clock, self.brake, replica, self.meters, self.sender.holding)

    def _compose(self, _connection: Connection, one: Delivery, _now: datetime) -> Screen | Copy | Noted | None:
        match one.kind:
            case "cancelled":
                return None
            case "broken":
                raise KeyError("kata sandi saya")
            case "copy":
                return Copy(SARI_ID, 999_999)
            case "noted":
                return Noted(Screen("Kabar terakhir"), lambda _connection, _now: self.noted.append(one.chat_id))
        return Screen(f"Kabar {one.id} untuk {one.chat_id}")

    async def queue(self, *chats: int, kind: str = "announcement", **values: Any) -> None:
        row = {"kind": kind, "state": "due", "due_at": self.clock.now(), **values}
        rows = [{**row, "chat_id": chat_id, "occasion": f"o{number}"} for number, chat_id in enumerate(chats)]
        await self.storage.run(lambda connection: connection.execute(insert(delivery), rows))

    async def rows(self) -> list[Any]:
        return await self.storage.run(lambda connection: list(connection.execute(select(delivery).order_by(delivery.c.id)).all()))

    async def states(self) -> list[str]:
        return [row.state for row in await self.rows()]

    async def until(self, condition: Callable[[list[Any]], object]) -> list[Any]:
        """Wake the sender until the rows are as a test wants them."""
        async with asyncio.timeout(15):
            while not condition(rows := await self.rows()):
                self.sender.wake()
                await asyncio.sleep(0.01)
        return rows

    async def emptied(self) -> list[Any]:
        return await self.until(lambda rows: not any(row.state in WAITING for row in rows))

    def tries(self, outcome: str) -> float:
        return self.meters.registry.get_sample_value("sinau_sends_total", {"outcome": outcome}) or 0

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        running = asyncio.create_task(self.sender.run())
        try:
            yield
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
def clock() -> AdjustableClock:
    """Run: what a chat has to wait for comes by itself."""
    return AdjustableClock(datetime(2026, 3, 2, 1, 0, tzinfo=UTC))


@pytest.fixture
def office(storage: Storage, clock: AdjustableClock, wire: Wire, world: World) -> Office:
    for person in world.state.people:
        world.start(person)
    return Office(storage, clock, wire)


async def test_everything_due_is_sent_once_and_told_with_its_message(office: Office, world: World) -> None:
    people = (SARI_ID, ANDI_ID, YOSEF_ID)
    await office.queue(*people)
    await office.queue(COORDINATOR_ID, due_at=office.clock.now() + timedelta(hours=1))
    async with office.working():
        rows = await office.until(lambda rows: [row.state for row in rows] == ["sent", "sent", "sent", "due"])
    assert [row.message_id for row in rows[:3]] == [world.sent(person)[-1].id for person in people]
    assert [len(world.sent(person)) for person in (*people, COORDINATOR_ID)] == [1, 1, 1, 0]
    assert {row.attempts for row in rows[:3]} == {1}
    assert all(row.finished_at >= row.due_at for row in rows[:3])


@pytest.mark.parametrize("fault", [{"error_code": 429, "description": "Later", "retry_after": 1}, {"error_code": 502, "description": "?"}])
async def test_a_clock_that_was_ahead_keeps_nothing_back_once_it_is_right(
    office: Office, world: World, wire: Wire, fault: dict[str, Any]
) -> None:
    ahead = AdjustableClock(office.clock.now() + timedelta(hours=5))
    before = Office(office.storage, ahead, wire)
    await before.queue(SARI_ID, ANDI_ID)
    world.fail_next("sendMessage", times=1, **fault)
    async with before.working():
        await before.until(lambda _: any(before.tries(outcome) for outcome in ("silenced", "unreachable")))
    await office.heartbeat.start()
    assert office.brake.pacer.silence() <= 1
    async with office.working():
        assert {row.state for row in await office.emptied()} <= {"sent", "uncertain"}
    assert all(world.sent(person) for person in (SARI_ID, ANDI_ID))


async def test_each_delivery_meets_its_own_fate(office: Office, world: World) -> None:
    world.block(ANDI_ID)
    world.fail_next("sendMessage", 400, "Bad Request: not enough rights", chat=YOSEF_ID)
    await office.queue(SARI_ID, ANDI_ID, YOSEF_ID, 424242)
    await office.queue(SARI_ID, kind="cancelled")
    await office.queue(SARI_ID, kind="broken")
    await office.queue(SARI_ID, expires_at=office.clock.now())
    await office.queue(COORDINATOR_ID, kind="copy")
    async with office.working():
        rows = await office.emptied()
    assert [row.state for row in rows] == ["sent", "blocked", "failed", "blocked", "cancelled", "failed", "cancelled", "failed"]
    assert rows[1].error == "blocked"
    assert rows[2].error == "no_rights"
    assert rows[5].error.startswith("KeyError at ")
    assert "kata sandi" not in rows[5].error
    assert rows[7].error == "source_gone"
    assert sorted(office.unreachable) == [ANDI_ID, 424242]


async def test_what_was_to_be_noted_is_noted_only_of_what_was_sent_or_may_have_been(office: Office, world: World) -> None:
    world.block(ANDI_ID)
    world.fail_next("sendMessage", 400, "Bad Request: not enough rights", chat=YOSEF_ID)
    world.fail_next("sendMessage", 400, "Bad Request: not enough rights", chat=COORDINATOR_ID)
    await office.queue(SARI_ID, ANDI_ID, YOSEF_ID, kind="noted")
    await office.queue(COORDINATOR_ID, kind="noted", doubtful=True)
    await office.queue(SARI_ID, kind="noted", expires_at=office.clock.now())
    async with office.working():
        rows = await office.emptied()
    assert [row.state for row in rows] == ["sent", "blocked", "failed", "uncertain", "cancelled"]
    assert sorted(office.noted) == sorted([SARI_ID, COORDINATOR_ID])
    assert [message.text for message in world.sent(SARI_ID)] == ["Kabar terakhir"]


async def test_what_was_to_be_noted_is_noted_when_nobody_can_say_whether_it_was_sent(office: Office, world: World) -> None:
    world.drop_next("sendMessage", times=9, late=True)
    await office.queue(SARI_ID, kind="noted", attempts=3)
    async with office.working():
        await office.until(lambda rows: (rows[0].attempts, rows[0].state) == (4, "due"))
        assert office.noted == []
        office.clock.advance(timedelta(seconds=256))
        (row,) = await office.emptied()
    assert row.state == "uncertain"
    assert office.noted == [SARI_ID]


async def test_when_the_author_is_gone_nobody_else_is_taken_for_unreachable(office: Office, world: World) -> None:
    world.fail_next("copyMessage", 400, "Bad Request: chat not found")
    await office.queue(ANDI_ID, kind="copy")
    async with office.working():
        (row,) = await office.emptied()
    assert (row.state, row.error) == ("failed", "chat_not_found")
    assert office.unreachable == []


async def test_a_failing_network_is_tried_again_later(office: Office, world: World) -> None:
    world.drop_next("sendMessage")
    await office.queue(SARI_ID)
    async with office.working():
        (row,) = await office.until(lambda rows: rows[0].attempts == 1 and rows[0].state == "due")
        assert timedelta(seconds=3) < row.due_at - office.clock.now() <= timedelta(seconds=4)
        office.clock.advance(timedelta(seconds=4))
        (row,) = await office.emptied()
    assert row.attempts == 2
    assert len(world.sent(SARI_ID)) == 1


async def test_a_send_whose_answer_was_lost_is_told_as_uncertain(office: Office, world: World) -> None:
    world.drop_next("sendMessage", late=True)
    await office.queue(SARI_ID)
    async with office.working():
        await office.until(lambda rows: rows[0].doubtful)
        office.clock.advance(timedelta(seconds=4))
        (row,) = await office.emptied()
    assert row.state == "uncertain"
    assert len(world.sent(SARI_ID)) == 2


async def test_what_never_left_is_tried_until_telegram_is_there(
    office: Office, storage: Storage, clock: AdjustableClock, dead_wire: Wire, world: World
) -> None:
    cut_off = Office(storage, clock, dead_wire)
    await cut_off.queue(SARI_ID)
    async with cut_off.working():
        for tried in (1, 2, 3):
            await cut_off.until(lambda rows: rows[0].state == "due" and cut_off.tries("unreachable") == tried)  # noqa: B023 - waited for at once
            clock.advance(timedelta(seconds=5))
    (row,) = await cut_off.rows()
    assert (row.attempts, row.doubtful) == (0, False)
    async with office.working():
        (row,) = await office.emptied()
    assert row.state == "sent"
    assert len(world.sent(SARI_ID)) == 1


async def test_after_five_attempts_a_delivery_is_given_up(office: Office, world: World) -> None:
    world.drop_next("sendMessage", times=9, late=False)
    await office.queue(SARI_ID, attempts=3)
    async with office.working():
        await office.until(lambda rows: (rows[0].attempts, rows[0].state) == (4, "due"))
        office.clock.advance(timedelta(seconds=256))
        (row,) = await office.emptied()
    assert (row.state, row.attempts) == ("uncertain", 5)
    assert world.sent(SARI_ID) == []


async def test_silence_that_telegram_asks_for_stops_all_and_outlives_a_restart(
    office: Office, storage: Storage, clock: AdjustableClock, wire: Wire, world: World
) -> None:
    world.fail_next("sendMessage", 429, "Too Many Requests", retry_after=30)
    await office.queue(SARI_ID, ANDI_ID, YOSEF_ID)
    async with office.working():
        rows = await office.until(lambda _: office.pace.paused_for(time.monotonic()) > 25)
        rows = await office.until(lambda rows: all(row.state != "claimed" for row in rows))
    waiting = [row for row in rows if row.state == "due"]
    assert waiting
    assert {row.attempts for row in waiting} == {0}
    next_life = Office(storage, clock, wire)
    await next_life.heartbeat.start()
    assert 25 < next_life.pace.paused_for(time.monotonic()) <= 30
    clock.advance(timedelta(seconds=31))
    after_the_silence = Office(storage, clock, wire)
    await after_the_silence.heartbeat.start()
    async with after_the_silence.working():
        await after_the_silence.emptied()
    assert {row.state for row in await office.rows()} == {"sent"}


async def test_what_a_crash_left_is_sent_again_and_told_as_uncertain(office: Office, world: World) -> None:
    await office.queue(SARI_ID, state="claimed", claimed_by="satu", attempts=1)
    await office.queue(ANDI_ID)
    await office.heartbeat.start()
    async with office.working():
        rows = await office.emptied()
    assert [row.state for row in rows] == ["uncertain", "sent"]
    assert len(world.sent(SARI_ID)) == 1


async def test_what_a_dead_replica_left_is_taken_up_by_a_living_one(office: Office, storage: Storage, clock: AdjustableClock) -> None:
    await storage.run(replicas.beat, "dua", clock.now())
    await office.queue(SARI_ID, state="claimed", claimed_by="dua")
    await office.heartbeat.beat()
    assert await office.states() == ["claimed"]
    clock.advance(timedelta(minutes=1))
    await office.heartbeat.beat()
    assert await office.states() == ["due"]


async def test_a_claim_whose_answer_was_lost_is_taken_up_again(office: Office, storage: Storage, world: World) -> None:
    await office.queue(SARI_ID)
    assert await storage.run(deliveries.claim, "satu", office.clock.now())
    await office.heartbeat.beat()
    assert await office.states() == ["claimed"]
    await office.heartbeat.beat()
    assert await office.states() == ["due"]
    async with office.working():
        assert [row.state for row in await office.emptied()] == ["uncertain"]
    assert len(world.sent(SARI_ID)) == 1


async def test_what_is_being_sent_is_taken_from_nobody(office: Office, world: World) -> None:
    world.latency(0.5)
    await office.queue(SARI_ID)
    async with office.working():
        await office.until(lambda _: world.state.busy)
        for _ in range(3):
            await office.heartbeat.beat()
        (row,) = await office.emptied()
    assert row.state == "sent"
    assert len(world.sent(SARI_ID)) == 1


@pytest.mark.parametrize("how", ["put back", "recovered"])
async def test_an_announcement_that_is_being_stopped_is_waited_for(postgresql_url: str, clock: AdjustableClock, how: str) -> None:
    storage = Storage(make_engine(postgresql_url))
    row = {"id": 1, "state": "sending", "created_at": clock.now()}
    await storage.run(lambda connection: connection.execute(insert(announcement).values(row)))
    values = {"kind": "announcement", "chat_id": SARI_ID, "occasion": "1", "due_at": clock.now(), "state": "due", "announcement_id": 1}
    await storage.run(lambda connection: connection.execute(insert(delivery).values(values)))
    claimed = await storage.run(deliveries.claim, "satu", clock.now())
    assert claimed
    with storage.engine.begin() as stopping:
        stopping.execute(update(announcement).values(state="paused"))
        again: asyncio.Task[object] = asyncio.create_task(
            storage.run(deliveries.put_back, claimed, clock.now(), attempts=0, doubtful=False)
            if how == "put back"
            else storage.run(deliveries.recover, "satu")
        )
        await until(lambda: again.done() or is_locked_out(storage))
        outbox.move(stopping, 1, ("due",), "held")
    await again
    assert await storage.run(lambda connection: connection.execute(select(delivery.c.state)).scalar_one()) == "held"
    storage.close()


def is_locked_out(storage: Storage) -> bool:
    """Tell whether somebody waits for a lock on this database."""
    with storage.engine.connect() as looking:
        return bool(looking.execute(LOCKED_OUT).scalar_one())


async def test_a_late_success_of_one_thought_dead_is_not_sent_again(office: Office, storage: Storage, clock: AdjustableClock) -> None:
    await office.queue(SARI_ID)
    claimed = await storage.run(deliveries.claim, "dua", clock.now())
    assert claimed
    await storage.run(deliveries.recover, "dua")
    await storage.run(deliveries.finish, claimed, "sent", clock.now(), message_id=5)
    assert await office.states() == ["sent"]
    assert await storage.run(deliveries.claim, "satu", clock.now()) is None


async def test_replicas_share_the_work_and_the_limits(
    office: Office, storage: Storage, clock: AdjustableClock, wire: Wire, world: World
) -> None:
    other = Office(storage, clock, wire, "dua")
    await other.heartbeat.beat()
    await office.heartbeat.beat()
    people = list(world.state.people)[:30]
    await office.queue(*people)
    async with office.working(), other.working():
        other.sender.wake()
        rows = await office.emptied()
    assert Counter(row.state for row in rows) == {"sent": 30}
    assert [len(world.sent(person)) for person in people] == [1] * 30
    assert all(each.tries("sent") > 5 for each in (office, other))


async def test_a_migrated_group_is_written_to_under_its_new_id(
    office: Office, storage: Storage, clock: AdjustableClock, world: World
) -> None:
    world.add_bot(COORDINATOR_ID, GROUP_ID)
    supergroup = world.migrate(GROUP_ID)
    source = {"from_chat_id": GROUP_ID, "message_id": 1, "state": "done", "created_at": clock.now()}
    await storage.run(lambda connection: connection.execute(insert(announcement).values(source)))
    await office.queue(GROUP_ID)
    await office.queue(GROUP_ID, state="held")
    async with office.working():
        rows = await office.until(lambda rows: rows[0].state == "sent")
    assert {row.chat_id for row in rows} == {supergroup.id}
    assert await storage.run(lambda connection: connection.execute(select(announcement.c.from_chat_id)).scalar_one()) == supergroup.id
    assert len(world.sent(supergroup.id)) == 1


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("not enough rights to send polls to the chat", "no_rights"),
        ("message thread not found", "topic_gone"),
        ("TOPIC_CLOSED", "topic_gone"),
    ],
)
async def test_what_telegram_refuses_is_told_with_its_reason(office: Office, world: World, description: str, reason: str) -> None:
    world.add_bot(COORDINATOR_ID, GROUP_ID)
    world.fail_next("sendMessage", 400, f"Bad Request: {description}", chat=GROUP_ID)
    await office.queue(GROUP_ID)
    async with office.working():
        rows = await office.emptied()
    assert [(row.state, row.error) for row in rows] == [("failed", reason)]
    assert office.refused == [(GROUP_ID, reason)]


async def test_two_messages_to_one_person_do_not_come_at_once(office: Office, world: World) -> None:
    await office.queue(SARI_ID, SARI_ID)
    async with office.working():
        rows = await office.until(lambda rows: rows[0].state == "sent" and rows[1].due_at > office.clock.now())
    assert (rows[1].state, rows[1].attempts) == ("due", 0)
    assert len(world.sent(SARI_ID)) == 1


@pytest.mark.parametrize(("state", "left"), [("paused", "held"), ("cancelled", "uncertain"), ("sending", "due")])
async def test_a_retry_obeys_an_announcement_that_was_stopped_meanwhile(
    office: Office, storage: Storage, clock: AdjustableClock, world: World, state: str, left: str
) -> None:
    row = {"id": 1, "state": state, "created_at": clock.now()}
    await storage.run(lambda connection: connection.execute(insert(announcement).values(row)))
    await office.queue(SARI_ID, announcement_id=1)
    world.fail_next("sendMessage", 502, "Bad Gateway")
    async with office.working():
        await office.until(lambda rows: rows[0].attempts == 1 and rows[0].state == left)
    await office.queue(ANDI_ID, announcement_id=1, state="claimed", claimed_by="satu")
    await office.heartbeat.start()
    assert await office.states() == [left, left]


async def test_being_stopped_finishes_what_is_being_sent(office: Office, world: World) -> None:
    world.latency(0.3)
    await office.queue(SARI_ID)
    async with office.working():
        await office.until(lambda rows: rows[0].state == "claimed")
    assert await office.states() == ["sent"]


@contextlib.contextmanager
def broken(storage: Storage) -> Iterator[list[float]]:
    """Let every transaction fail as if the database were gone; give the moments at which one did."""

    refused: list[float] = []

    def refuse(_connection: Connection) -> None:
        refused.append(time.monotonic())
        raise OperationalError("BEGIN", None, ConnectionError("gone"))

    event.listen(storage.engine, "begin", refuse)
    yield refused
    event.remove(storage.engine, "begin", refuse)


async def test_a_message_that_was_sent_is_not_sent_again_when_the_database_is_gone_meanwhile(
    office: Office, storage: Storage, world: World
) -> None:
    world.latency(0.2)
    await office.queue(SARI_ID)
    async with office.working():
        await office.until(lambda rows: rows[0].state == "claimed")
        with broken(storage) as refused:
            await world.until(lambda: world.sent(SARI_ID))
            sent_at = time.monotonic()
            await until(lambda: sum(moment > sent_at for moment in refused) >= 2)
        (row,) = await office.emptied()
    assert row.state == "sent"
    assert len(world.sent(SARI_ID)) == 1


@pytest.mark.parametrize("paid", [True, False])
async def test_telegram_may_take_a_fee_only_where_the_operator_agreed(
    storage: Storage, clock: AdjustableClock, wire: Wire, office: Office, world: World, *, paid: bool
) -> None:
    office = Office(storage, clock, wire, paid=paid)
    await office.queue(SARI_ID)
    await office.queue(YOSEF_ID, kind="copy")
    async with office.working():
        await office.emptied()
    flags = {call.method: call.parameters.get("allow_paid_broadcast", False) for call in world.calls}
    assert (flags["sendMessage"], flags["copyMessage"]) == (paid, paid)


async def test_a_crowd_is_served_within_telegrams_limits(office: Office, world: World) -> None:
    world.enforce_limits()
    people = list(world.state.people)
    await office.queue(*people)
    async with office.working():
        rows = await office.emptied()
    assert {row.state for row in rows} == {"sent"}
    assert all(call.ok for call in world.calls if call.method == "sendMessage")
