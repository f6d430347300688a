"""The parameters of one call, in whichever of Telegram's encodings they came."""

from dataclasses import dataclass, field
from typing import Any

import orjson

from bot.sandbox.errors import bad_request
from bot.sandbox.records import JsonObject

_TRUE = frozenset({"true", "1", "yes", "y", "on", "t"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    filename: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """Values by name, JSON already read or still as text, and the uploaded files by name."""

    values: JsonObject
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Return a string; numbers are accepted as strings, as Telegram does."""
        value = self.values.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else orjson.dumps(value).decode()

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number; what is none counts as not given, as with Telegram."""
        value = self.values.get(name)
        try:
            return default if value is None or value == "" else int(value)
        except (TypeError, ValueError):
            return default

    def boolean(self, name: str, *, default: bool = False) -> bool:
        """Return a truth value."""
        value = self.values.get(name)
        if value is None:
            return default
        return value if isinstance(value, bool) else str(value).lower() in _TRUE

    def json(self, name: str) -> Any:
        """Return an object or a list, given as such or as JSON text; None when absent; raises BotApiError 400 for broken JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError as error:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error

    def object(self, name: str) -> JsonObject | None:
        """Return a JSON object; None when absent; raises BotApiError 400 when it is something else."""
        value = self.json(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"can't parse {name.replace('_', ' ')}: expected an Object")
        return value

    def array(self, name: str) -> list[Any] | None:
        """Return a JSON list; None when absent; raises BotApiError 400 when it is something else."""
        value = self.json(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"can't parse {name.replace('_', ' ')}: expected an Array")
        return value

    def objects(self, name: str) -> list[JsonObject]:
        """Return a JSON list of objects, empty when absent; raises BotApiError 400 when something else is in it."""
        items = self.array(name) or []
        if not all(isinstance(item, dict) for item in items):
            raise bad_request(f"can't parse {name.replace('_', ' ')}: expected an Array of Objects")
        return items

    def integers(self, name: str) -> list[int]:
        """Return a JSON list of whole numbers, empty when absent; raises BotApiError 400 when something else is in it."""
        items = self.array(name) or []
        if not all(isinstance(item, int) for item in items):
            raise bad_request(f"can't parse {name.replace('_', ' ')}: expected an Array of Numbers")
        return items

    def upload(self, name: str) -> Upload | None:
        """Return the file sent under `name`, or the one that its `attach://` points to."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name)

    def within(self, values: JsonObject) -> "Parameters":
        """Return the parameters of an object inside of this call, which may point to the call's files."""
        return Parameters(values, self.uploads)

    def recorded(self) -> JsonObject:
        """Return the values for the log of calls, files by their names."""
        return self.values | {name: f"<{upload.filename}, {len(upload.data)} bytes>" for name, upload in self.uploads.items()}
