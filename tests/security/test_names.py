"""A name is shown as it is written, wherever it is shown: it is no markup, no link, no button and no log line."""

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli_options import printable
from bot.clock import AdjustableClock
from bot.sandbox.records import Message, Person
from bot.sandbox.server import Sandbox
from bot.storage.engine import make_engine
from tests.conversation.stage import HERE, TOKEN, Stage

NAMES = (
    "<b>Sari</b>",
    '<a href="https://example.org">Sari</a>',
    "Sari & <i>Emma",
    "</b><code>x",
    "{name} %s {0.__class__}",
    "&lt;b&gt;",
    "<tg-spoiler>x</tg-spoiler>",
    "Sari\u202e\u200f",
)
PEOPLE = tuple(Person(7_700_001 + number, name) for number, name in enumerate(NAMES))


@pytest.fixture
async def stage(clock: AdjustableClock, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose people have such names."""
    content = Path(shutil.copytree(HERE / "content", tmp_path / "content"))
    stage = Stage(clock, sqlite_url, content, make_engine(sqlite_url), Sandbox(clock, TOKEN, people=PEOPLE))
    async with stage.sandbox.serving() as stage.api_url:
        await stage.start()
        yield stage
        await stage.stop()
        stage.engine.dispose()


async def test_a_name_is_shown_as_it_is_written_in_every_message_that_has_it(stage: Stage) -> None:
    for person in PEOPLE:
        for command in ("/start", "/progres", "/start"):
            stage.world.say(person.id, person.id, command)
            await stage.world.settled()
    stage.world.advance(timedelta(days=1, minutes=30))
    await stage.until(lambda: all(len(stage.world.sent(person.id)) >= 4 for person in PEOPLE), time_runs=True)
    for person in PEOPLE:
        welcome, progress, back, reminder = stage.world.sent(person.id)
        for message in (welcome, progress, back, reminder):
            assert person.first_name in message.text
            assert within_the_name(message, person.first_name) <= ({"bold"} if message is progress else set())
            assert not any(person.first_name in label for label in message.labels)


def within_the_name(message: Message, name: str) -> set[str]:
    """Return the kinds of markup that touch a name in a message; places are counted in UTF-16 units."""
    begin = len(message.text[: message.text.index(name)].encode("utf-16-le")) // 2
    end = begin + len(name.encode("utf-16-le")) // 2
    entities = message.content.get("entities", [])
    # An address in plain text is made a link by Telegram itself, in whatever anybody writes.
    touching = [each for each in entities if each["offset"] < end and each["offset"] + each["length"] > begin and each["type"] != "url"]
    return {each["type"] for each in touching}


@pytest.mark.parametrize("name", ["\x1b[2J\x1b[31mRoot", "Sari\nadmin", "\u202eiraS", "Sari\x00"])
def test_a_name_moves_no_terminal(name: str) -> None:
    assert printable(name).isprintable()


@pytest.mark.parametrize("name", ["Sari", "Yosef Kambu", "Ñandú", "张伟", "O'Neil"])
def test_a_usual_name_is_printed_as_it_is(name: str) -> None:
    assert printable(name) == name
