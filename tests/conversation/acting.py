"""What the lines of a transcript do: one function a verb."""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.sandbox.cast import GROUP_ID
from bot.sandbox.markup import parse_html
from bot.sandbox.records import Message
from bot.services import inviting
from tests.conversation.picture import draw
from tests.conversation.script import Line, read, write
from tests.conversation.stage import Stage

ZONES: Final = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
NOTHING: Final = "bot changes nothing."
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Act = Callable[[Stage, Line, int, int], Awaitable[None]]


async def play(stage: Stage, text: str) -> str:
    """Play the input of a transcript; return the transcript with what was observed."""
    lines = read(text)
    steps: list[tuple[Line, list[str]]] = []
    for line, following in zip(lines, [*lines[1:], Line("")], strict=True):
        await _do(stage, line)
        # What somebody waits for is shown after the waiting: how much of it comes at once depends on the machine.
        steps.append((line, [] if following.waits or not line.who else _seen(stage, line)))
    return write(steps)


def _seen(stage: Stage, line: Line) -> list[str]:
    seen = draw(stage.world, stage.news(), _place(stage, line))
    return seen or ([NOTHING] if line.verb in VERBS and line.verb.startswith(("taps", "forges")) else [])


async def _do(stage: Stage, line: Line) -> None:
    if not line.who:
        return
    if line.who in OFFSTAGE:
        await OFFSTAGE[line.who](stage, line)
    else:
        chat = _place(stage, line)
        await VERBS[line.verb](stage, line, _person(stage, line.who), chat)
        await stage.answered(chat, 0 if line.in_group else SCREENS_AFTER.get(line.verb, 1))


def _person(stage: Stage, name: str) -> int:
    return next(person.id for person in stage.world.state.people.values() if person.first_name == name)


def _place(stage: Stage, line: Line) -> int:
    if line.who in OFFSTAGE:
        return 0
    return GROUP_ID if line.in_group else _person(stage, line.who)


async def _says(stage: Stage, line: Line, person: int, chat: int) -> None:
    formatted = parse_html(line.words.replace("⏎", "\n"))
    stage.world.say(person, chat, formatted.text, entities=formatted.entities)


async def _sends(stage: Stage, line: Line, person: int, chat: int) -> None:
    kind, _, caption = line.words.partition(", ")
    stage.world.send_file(person, chat, kind, caption=caption)


async def _sends_album(stage: Stage, line: Line, person: int, chat: int) -> None:
    """Send several files at once: `photo, photo, video` and then, after a semicolon, the words below the first."""
    kinds, _, caption = line.words.partition("; ")
    stage.world.send_album(person, chat, kinds.split(", "), caption)


async def _forwards_quiz(stage: Stage, line: Line, person: int, chat: int) -> None:
    stage.world.forward_quiz(person, chat, line.words, ["Ya", "Tidak"])


async def _forwards_protected(stage: Stage, line: Line, person: int, chat: int) -> None:
    stage.world.forward_protected(person, chat, line.words)


async def _sends_place(stage: Stage, line: Line, person: int, chat: int) -> None:
    latitude, _, longitude = line.words.partition(", ")
    stage.world.send_location(person, chat, float(latitude), float(longitude))


async def _sends_contact(stage: Stage, line: Line, person: int, chat: int) -> None:
    stage.world.send_contact(person, chat, line.words)


async def _edits(stage: Stage, line: Line, person: int, chat: int) -> None:
    own = [message for message in stage.world.messages(chat) if message.sender["id"] == person]
    stage.world.edit(own[-1], line.words)


async def _taps(stage: Stage, line: Line, person: int, chat: int) -> None:
    _press(stage, _newest(stage.world.sent(chat), _label(line)), line, person, chat)


async def _taps_twice(stage: Stage, line: Line, person: int, chat: int) -> None:
    await _taps(stage, line, person, chat)
    await _taps(stage, line, person, chat)


async def _taps_first(stage: Stage, line: Line, person: int, chat: int) -> None:
    """Press a button of the oldest message that has it."""
    _press(stage, _newest(stage.world.sent(chat)[::-1], _label(line)), line, person, chat)


async def _taps_again(stage: Stage, line: Line, person: int, chat: int) -> None:
    """Press what was pressed last once more, as on a phone that has not seen the edit yet."""
    last = stage.pressed[chat]
    stage.pressed[chat] = stage.world.state.ask(last.person, last.message, last.data)
    assert line.words == "", "the button is the one pressed last"
    assert last.person.id == person


async def _taps_vanished(stage: Stage, line: Line, person: int, chat: int) -> None:
    """Press a button that the newest message had before, as on a phone that still shows it."""
    message = stage.world.sent(chat)[-1]
    shown = [call.parameters["reply_markup"] for call in stage.world.calls if call.parameters.get("message_id") == message.id]
    buttons = [button for markup in shown for row in markup["inline_keyboard"] for button in row]
    data = next(button["callback_data"] for button in reversed(buttons) if _matches(button["text"], _label(line)))
    stage.pressed[chat] = stage.world.state.ask(stage.world.state.people[person], message, data)


async def _forges(stage: Stage, line: Line, person: int, chat: int) -> None:
    """Press a button whose data is typed by hand, as a tampered client could."""
    stage.world.state.ask(stage.world.state.people[person], stage.world.sent(chat)[-1], line.words)


async def _opens(stage: Stage, line: Line, person: int, chat: int) -> None:
    assert chat == person
    stage.world.open_link(person, f"https://t.me/{stage.world.state.bot['username']}?start={line.words}")


async def _votes(stage: Stage, line: Line, person: int, chat: int) -> None:
    """Choose an option of the newest poll."""
    message = next(each for each in reversed(stage.world.sent(chat)) if each.poll)
    assert message.poll
    option = next(place for place, each in enumerate(message.poll.options) if _matches(each["text"], line.words))
    stage.world.vote(person, message.id, [option], chat)


async def _blocks(stage: Stage, line: Line, person: int, chat: int) -> None:
    assert not line.words
    assert chat == person
    stage.world.block(person)


async def _adds(stage: Stage, line: Line, person: int, chat: int) -> None:
    assert not line.words
    stage.world.add_bot(person, chat)


async def _removes(stage: Stage, line: Line, person: int, chat: int) -> None:
    assert not line.words
    stage.world.remove_bot(person, chat)


async def _deletes_account(stage: Stage, line: Line, person: int, chat: int) -> None:
    assert not line.words
    assert chat == person
    stage.world.deactivate(person)


async def _waits(stage: Stage, line: Line, person: int, chat: int) -> None:
    """Wait until the message whose button was pressed last shows these words."""
    assert person
    await stage.until(lambda: line.words in stage.pressed[chat].message.text, time_runs=True)
    await stage.quiet()


async def _hears(stage: Stage, line: Line, person: int, chat: int) -> None:
    """Wait until the bot tells somebody these words by itself."""
    assert person
    await stage.until(lambda: any(line.words in message.text for message in stage.world.sent(chat)), time_runs=True)
    await stage.quiet()


async def _clock(stage: Stage, line: Line) -> None:
    """Move the clock: `+10 days`, `+90 minutes`, or `to Tuesday 08:30 WIB`."""
    stage.world.advance(_step(line.words, stage.clock.now()))
    await stage.quiet()


def _step(words: str, now: datetime) -> timedelta:
    if found := re.fullmatch(r"\+(\d+) (second|minute|hour|day)s?", words):
        return timedelta(**{f"{found[2]}s": int(found[1])})
    found = re.fullmatch(r"to (\w+) (\d\d):(\d\d) (\w+)", words)
    assert found, f"this time can't be read: {words}"
    local = now.astimezone(ZoneInfo(ZONES[found[4]]))
    moment = local.replace(hour=int(found[2]), minute=int(found[3]), second=0, microsecond=0)
    moment += timedelta(days=(DAYS.index(found[1]) - local.weekday()) % 7)
    return (moment if moment > now else moment + timedelta(days=7)) - now


async def _telegram(stage: Stage, line: Line) -> None:
    """Let Telegram refuse: `4 copyMessage, 500 Internal Server Error`, and optionally `to Andi` before the comma."""
    found = re.fullmatch(r"(\d+) (\w+)(?: to (\w+))?, (\d+) (.+)", line.words)
    assert found, f"this refusal can't be read: {line.words}"
    chat = _person(stage, found[3]) if found[3] else None
    stage.world.fail_next(found[2], int(found[4]), found[5], int(found[1]), chat=chat)


async def _server(stage: Stage, line: Line) -> None:
    if line.verb == "restarts":
        await stage.stop()
        await stage.start()
    else:
        assert stage.publish(line.words) is (line.verb == "publishes")


async def _operator(stage: Stage, line: Line) -> None:
    """Declare days, `off 2026-03-03, working 2026-03-07`; or make an invitation, `token, coordinator, uses 1, days 7` or with a module.

    An invitation can be revoked by its token.
    """
    token, *terms = line.words.split(", ")
    if line.verb == "declares":
        await stage.declare(line.words.split(", "))
        return
    if line.verb == "revokes":
        assert stage.query(lambda db: inviting.revoke(db, token, stage.clock.now()))
        return
    given = {name: value for name, _, value in (term.partition(" ") for term in terms)}
    expires = stage.clock.now() + timedelta(days=int(given["days"]))
    made = inviting.Terms(coordinator="coordinator" in given, module_id=given.get("module"), uses=int(given["uses"]), expires_at=expires)
    stage.query(lambda db: inviting.invite(db, token, made, stage.clock.now()))


def _label(line: Line) -> str:
    return line.words.removeprefix("[").removesuffix("]")


def _press(stage: Stage, message: Message, line: Line, person: int, chat: int) -> None:
    label = next(each for each in message.labels if _matches(each, _label(line)))
    query = stage.world.tap(person, message.id, label, chat)
    if query is not None:
        stage.pressed[chat] = query


def _newest(messages: list[Message], label: str) -> Message:
    found = [message for message in messages if any(_matches(each, label) for each in message.labels)]
    assert found, f"no message has the button [{label}]; the last one has {messages[-1].labels if messages else []}"
    return found[-1]


def _matches(button: str, label: str) -> bool:
    return button == label or (label.endswith("…") and button.startswith(label[:-1].rstrip()))


VERBS: Final[Mapping[str, Act]] = {
    "says": _says,
    "sends": _sends,
    "sends an album": _sends_album,
    "sends a place": _sends_place,
    "sends a contact": _sends_contact,
    "forwards a quiz": _forwards_quiz,
    "forwards a protected text": _forwards_protected,
    "edits": _edits,
    "taps": _taps,
    "taps twice": _taps_twice,
    "taps the oldest": _taps_first,
    "taps again": _taps_again,
    "taps the vanished": _taps_vanished,
    "forges a button": _forges,
    "opens": _opens,
    "blocks the bot": _blocks,
    "votes": _votes,
    "adds the bot": _adds,
    "removes the bot": _removes,
    "deletes the account": _deletes_account,
    "waits for": _waits,
    "hears": _hears,
}
SCREENS_AFTER: Final = {"taps twice": 2, "blocks the bot": 0, "adds the bot": 0, "deletes the account": 0, "waits for": 0, "hears": 0}
OFFSTAGE: Final[Mapping[str, Callable[[Stage, Line], Awaitable[None]]]] = {
    "clock": _clock,
    "telegram": _telegram,
    "server": _server,
    "operator": _operator,
}
