"""What a button press means, as a value, and the code that stands for its kind."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import get_annotations
from typing import ClassVar, Final, TypeVar, dataclass_transform


class Action:
    """What a button press means.

    Attributes:
        code: what stands for this kind of action in callback data.
        parts: the names of its values, in order, each with whether it is a number; the others are names that authors gave.

    """

    __slots__ = ()
    code: ClassVar[str]
    parts: ClassVar[tuple[tuple[str, bool], ...]]


A = TypeVar("A", bound=Action)

CODES: Final[dict[str, type[Action]]] = {}


@dataclass_transform(frozen_default=True)
def button(code: str) -> Callable[[type[A]], type[A]]:
    """Make a class the kind of action that `code` stands for.

    A code is given once and for ever, and so are the values: buttons with them live in people's chats for years.
    """

    def register(described: type[A]) -> type[A]:
        if code in CODES:
            raise ValueError(f"{code} stands for {CODES[code].__name__} already")
        kind = dataclass(frozen=True, slots=True)(described)
        kind.code = code
        kind.parts = tuple((name, wanted is int) for name, wanted in get_annotations(described).items())
        CODES[code] = kind
        return kind

    return register
