"""What the fake Bot API remembers of what a bot says about itself: a bot may ask for it, and tell only what has changed."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs

import orjson

_FIELDS: Final = {b"MyCommands": "commands", b"MyDescription": "description"}


class Profile:
    """Commands and descriptions, by scope and language."""

    def __init__(self) -> None:
        """Remember nothing."""
        self._told: dict[tuple[bytes, str, str], bytes] = {}

    def answer(self, method: bytes, body: bytes) -> bytes | None:
        """Return the result of a call that sets or asks; None when `method` is another one."""
        asks, what = method[:3] == b"get", method[3:]
        if what not in _FIELDS:
            return None
        given = _parameters(body)
        place = (what, given.get("language_code", ""), given.get("scope", ""))
        if asks:
            return self._told.get(place, b"[]" if what == b"MyCommands" else b'{"description":""}')
        value = given[_FIELDS[what]]
        self._told[place] = value.encode() if what == b"MyCommands" else orjson.dumps({"description": value})
        return b"true"


def _parameters(body: bytes) -> Mapping[str, str]:
    """Return the parameters of a JSON body or a form, each as text; objects as JSON without spaces."""
    if body.startswith(b"{"):
        return {name: value if isinstance(value, str) else orjson.dumps(value).decode() for name, value in orjson.loads(body).items()}
    return {name: _compact(values[0]) for name, values in parse_qs(body.decode()).items()}


def _compact(value: str) -> str:
    return orjson.dumps(orjson.loads(value)).decode() if value.startswith(("{", "[")) else value
