"""Bodies that nobody who means well sends: updates with something wrong in them, and what is no update at all."""

import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from tests.torture.inside.updates import MARK, Maker

Tree = dict[str, Any]

_DEEP: Final = re.compile(rb'"@(\d+)@"')
_DEEPEST_PLACE: Final = 8
_WHO_AND_WHERE: Final = 2

_LARGE: Final = MARK * 10_000
_ODD: Final[tuple[Callable[[], Any], ...]] = (
    lambda: None, lambda: True, list, dict, lambda: "", lambda: 0, lambda: -1, lambda: 2**31, lambda: 2**63 - 1, lambda: 2**63,
    lambda: -(2**63) - 1, lambda: 2**64, lambda: 10**30, lambda: 1.5, lambda: 1e308, lambda: float("nan"), lambda: float("inf"),
    lambda: f"{MARK}\x00", lambda: f"\ud800{MARK}", lambda: f"\u202e{MARK}\u202c\u200f\ufeff", lambda: f"/start\u00a0{MARK}",
    lambda: "/" + MARK * 50, lambda: _LARGE, lambda: [MARK] * 1000, lambda: "@900@", lambda: "@1100@", lambda: "@90000@",
    lambda: {MARK: {MARK: MARK}}, lambda: "-100", lambda: f"<b>{MARK}</i>&nbsp;", lambda: "'; DROP TABLE learner; --",
)  # fmt: skip
_NO_UPDATES: Final = (
    b"", b"null", b"[]", b"1", b'"update"', b"{", b"{}", b"\xff\xfe", b"NaN", b"[" * 100_000, b'{"update_id": 1e999}',
    b'{"update_id": "1"}', b"\xef\xbb\xbf{}", b'{"update_id":-1,"message":{}}', b'{"update_id":99999999999999999999999,"message":{}}',
)  # fmt: skip
_TEN_MEGABYTES: Final = json.dumps({"update_id": 1, "message": {"text": MARK * 800_000}}).encode()


def bodies(dice: random.Random) -> Iterator[bytes]:
    """Yield bodies without end: most of them updates with a fault or a few, some no updates, some sent before."""
    updates = Maker(dice).updates()
    before = b"{}"
    for update in updates:
        fate = dice.random()
        if fate < 0.0005:
            yield _TEN_MEGABYTES
        elif fate < 0.05:
            yield dice.choice(_NO_UPDATES)
        elif fate < 0.1:
            yield before
        elif fate < 0.2:
            yield _spoiled(dice, _written(update))
        else:
            for _ in range(dice.randrange(1, 4)):
                _spoil(dice, update)
            before = _written(update)
            yield before


def _spoil(dice: random.Random, update: Tree) -> None:
    """Leave something out, or put something odd in its place, at any depth; the number of the update mostly stays."""
    deepest = dice.choice((_WHO_AND_WHERE, _DEEPEST_PLACE))  # often where the bot looks
    places = [place for place in _places(update, deepest) if place[1] != "update_id" or dice.random() < 0.05]
    if not places:
        return
    holder, name = dice.choice(places)
    if dice.random() < 0.25:
        del holder[name]
    else:
        holder[name] = dice.choice(_ODD)()


def _places(tree: Any, deepest: int) -> Iterator[tuple[Any, Any]]:
    """Yield every place of a tree down to a depth."""
    named = list(tree.items()) if isinstance(tree, dict) else list(enumerate(tree[:3])) if isinstance(tree, list) else []
    for name, value in named:
        yield tree, name
        if deepest:
            yield from _places(value, deepest - 1)


def _spoiled(dice: random.Random, body: bytes) -> bytes:
    """Cut a body off, or change a few of its bytes."""
    if dice.random() < 0.5:
        return body[: dice.randrange(len(body))]
    changed = bytearray(body)
    for _ in range(dice.randrange(1, 6)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _written(update: Tree) -> bytes:
    """Return the JSON, with NaN and lone surrogates, which proper JSON has not, and with arrays in arrays for `@depth@`."""
    return _DEEP.sub(lambda found: b"[" * int(found[1]) + b"1" + b"]" * int(found[1]), json.dumps(update).encode())
