"""Announcements as a coordinator makes them, and what becomes of them in everybody's chat, in the database and in the report."""

import re
from collections import Counter

from sqlalchemy import select

from bot.actions import ConfirmAnnouncement
from bot.sandbox.cast import COORDINATOR_ID, crowd
from bot.storage.tables import announcement, delivery
from tests.torture.stage import AT_ONCE, Stage


async def gather_audience(stage: Stage, size: int) -> list[int]:
    """Let people press Start, and the coordinator; return everybody's ids."""
    people = [COORDINATOR_ID, *(person.id for person in crowd(size - 1))]
    for person in people:
        stage.open_link(person, "")
    await stage.all_taken_in()
    assert all(stage.world.sent(person) for person in people)
    return people


async def announce(stage: Stage, text: str) -> None:
    """Announce something, as a coordinator would."""
    stage.say(COORDINATOR_ID, "/umumkan")
    await stage.world.settled(timeout=90)
    stage.say(COORDINATOR_ID, text)
    await stage.until(lambda: stage.offers(COORDINATOR_ID, ConfirmAnnouncement))
    await stage.world.settled(timeout=90)
    stage.tap(COORDINATOR_ID, stage.offers(COORDINATOR_ID, ConfirmAnnouncement)[0])


async def reported(stage: Stage) -> list[int]:
    """Wait for the final report and return its numbers: sent, blocked, failed, uncertain."""
    await stage.until(lambda: "belum pasti" in stage.live(COORDINATOR_ID).text)
    return [int(number) for number in re.findall(r"\d+", stage.live(COORDINATOR_ID).text.replace(".", ""))[:4]]


def received(stage: Stage, people: list[int], text: str) -> Counter[int]:
    """Count how often each has an announcement in their chat; the coordinator's preview does not count."""
    copies = Counter({person: sum(message.text == text for message in stage.world.sent(person)) for person in people})
    copies[COORDINATOR_ID] -= 1
    return copies


def fates(stage: Stage) -> dict[int, str]:
    """Return what became of each recipient's delivery of the last announcement."""
    (number,) = stage.rows(select(announcement.c.id).order_by(announcement.c.id.desc()).limit(1))[0]
    return dict(stage.rows(select(delivery.c.chat_id, delivery.c.state).where(delivery.c.announcement_id == number)))


def check(stage: Stage, people: list[int], text: str, report: list[int], kills: int = 0) -> tuple[int, int]:
    """Compare what the chats hold with what the bot believes and says; return how many messages came twice, and how many are doubtful."""
    in_flight = kills * AT_ONCE
    copies, states = received(stage, people, text), fates(stage)
    doubtful = {person for person, state in states.items() if state == "uncertain"}
    assert set(people) == set(states) == set(+copies)
    assert set(states.values()) <= {"sent", "uncertain"}
    assert {person for person in people if copies[person] > 1} <= doubtful
    assert len(doubtful) <= in_flight
    assert copies.total() - len(people) <= in_flight
    assert report == [len(people) - len(doubtful), 0, 0, len(doubtful)]
    return copies.total() - len(people), len(doubtful)
