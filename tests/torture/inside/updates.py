"""Updates of every kind that python-telegram-bot knows, made up from its own classes: whatever Telegram may send some day."""

import datetime as dt
import inspect
import itertools
import random
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import telegram
from telegram.constants import ChatMemberStatus, ChatType

MARK: Final = "Rahasia-Rekaan"  # stands in everything that people write here, and never in a log
HOSTILE_PEOPLE: Final = range(800_000_000, 800_002_000)
DEEPEST: Final = 3

_JSON_NAMES: Final = {"from_user": "from"}
_NAMES: Final = {**vars(telegram), "dtm": dt, "Sequence": Sequence}
_FAVOURITES: Final = ["message"] * 12 + ["callback_query"] * 8  # what the bot does more about than to look away
_COMMANDS: Final = ("/start", "/belajar", "/kuis", "/progres", "/setelan", "/data", "/umumkan", "/tidakada", "/cancel", "/jeda")
_PRESSES: Final = ("lib", "go", "dq", "pg", "st", "an:1:a", "pr:1", "mo:jawab", "qz:jawab", "srd:1320", "szo:Mars/Utopia", "", "::", "an:x")


class Maker:
    """Makes updates by the throw of the dice; the same dice make the same updates."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._numbers = itertools.count(5_000_000_000)
        self._kinds = itertools.cycle([*map(str, telegram.Update.ALL_TYPES), *_FAVOURITES])
        self._contents = itertools.cycle(message_fields())

    def updates(self) -> Iterator[dict[str, Any]]:
        """Yield updates of all kinds in turn."""
        hints = fields_of(telegram.Update)
        for kind in self._kinds:
            yield {"update_id": next(self._numbers), kind: self._value(hints[kind][0], 0)}

    def _object(self, kind: type[Any], depth: int) -> dict[str, Any]:
        """Make an object with what it must have, and with something of what it may have."""
        kind = self._dice.choice(_concrete(kind))
        fields = fields_of(kind)
        wanted = {name for name, (_, needed) in fields.items() if needed or (depth < DEEPEST and self._dice.random() < 0.1)}
        if kind is telegram.Message:
            wanted |= {"from_user", next(self._contents)}
        made = {_JSON_NAMES.get(name, name): self._value(fields[name][0], depth + 1) for name in sorted(wanted)}
        return made | self._particulars(kind)

    def _particulars(self, kind: type[Any]) -> dict[str, Any]:
        """Return what has to fit together for an object to get past the bot's first look."""
        person = self._dice.choice(HOSTILE_PEOPLE)
        if issubclass(kind, telegram.User):
            return {"id": person, "is_bot": self._dice.random() < 0.05, "first_name": f"{MARK} <b>&</b>"}
        if issubclass(kind, telegram.Chat):
            return {"id": self._dice.choice((person, -person)), "type": self._dice.choice(list(ChatType)).value}
        if issubclass(kind, telegram.ChatMember):
            return {"status": self._dice.choice(list(ChatMemberStatus)).value}
        if issubclass(kind, telegram.Message):
            text = self._dice.choice((MARK, *_COMMANDS, *(f"{command} {MARK}" for command in _COMMANDS)))
            return {"text": text} if self._dice.random() < 0.3 else {}
        return {"data": self._dice.choice(_PRESSES)} if kind is telegram.CallbackQuery else {}

    def _value(self, hint: Any, depth: int) -> Any:
        if isinstance(hint, type) and issubclass(hint, telegram.TelegramObject):
            return self._object(hint, depth)
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin in {typing.Union, types.UnionType}:
            return self._value(self._dice.choice([each for each in arguments if each is not types.NoneType]), depth)
        if arguments:  # a sequence of something, perhaps of sequences
            return [self._value(arguments[0], depth + 1) for _ in range(self._dice.randrange(1, 3))]
        return self._plain(hint)

    def _plain(self, hint: Any) -> Any:
        plain: Mapping[Any, Callable[[], Any]] = {
            bool: lambda: self._dice.random() < 0.5,
            int: lambda: self._dice.randrange(2**52),
            float: self._dice.random,
            dt.datetime: lambda: self._dice.randrange(2**31),
            dt.timedelta: lambda: self._dice.randrange(86400),
        }
        return plain.get(hint, lambda: f"{MARK} {self._dice.randrange(1000)}")()


def message_fields() -> list[str]:
    """Return the names of what a message may hold."""
    return sorted(name for name, (_, needed) in fields_of(telegram.Message).items() if not needed)


def fields_of(kind: type[Any]) -> dict[str, tuple[Any, bool]]:
    """Return the fields of one of the library's classes: what is in them, and whether they have to be there."""
    if kind not in _FIELDS:
        parameters = [each for each in inspect.signature(kind.__init__).parameters.values() if each.name not in {"self", "api_kwargs"}]
        named = [each for each in parameters if each.kind in {each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY}]
        _FIELDS[kind] = {each.name: (_resolved(each.annotation), each.default is each.empty) for each in named}
    return _FIELDS[kind]


_FIELDS: dict[type[Any], dict[str, tuple[Any, bool]]] = {}


def _resolved(annotation: Any) -> Any:
    """Return an annotation, which may be written as text, as a type; what is none that we know counts as text."""
    if not isinstance(annotation, str):
        return annotation
    try:
        return eval(annotation, dict(_NAMES))  # noqa: S307 - the library's own annotations
    except NameError:
        return str


def _concrete(kind: type[Any]) -> list[type[Any]]:
    """Return the classes that an object of this class may be: its subclasses where there are some."""
    return [each for each in kind.__subclasses__() if each.__module__.startswith("telegram.")] or [kind]
