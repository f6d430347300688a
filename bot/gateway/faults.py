"""What is told of an unexpected error: its kind and its place. Its text may quote what people wrote, so it is left out."""

import traceback
import zlib
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]


def describe(error: BaseException) -> str:
    """Return kind and place, such as `KeyError at bot/services/lesson.py:42`; the place is the innermost one in this program."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_ROOT / "bot")]
    innermost = (own or list(frames))[-1:]
    places = [f" at {_relative(Path(frame.filename))}:{frame.lineno}" for frame in innermost]
    return type(error).__name__ + "".join(places)


def short_code(*parts: object) -> str:
    """Return four hexadecimal digits that a person can read out to the operator, the same for the same `parts`."""
    return f"{zlib.crc32(repr(parts).encode()) & 0xFFFF:04X}"


def _relative(path: Path) -> str:
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name
