"""What an edit changes: two states of the content, compared module by module, by the ids that history hangs on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.content.items import snapshot
from bot.content.model import Module

Kind = Literal["added", "removed", "changed"]
_WORDS = frozenset(
    {"text", "explanation", "feedback", "reason", "card", "sources", "competency", "share"}
)  # the rest decides what is right


@dataclass(frozen=True, slots=True)
class Part:
    """A card or an item that was added, removed or changed. `regraded`: the same response may now be graded differently."""

    id: str
    kind: Kind
    regraded: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """What changed in a module; its parts in the order of the new state, removed ones last."""

    module_id: str
    kind: Kind
    cards: Sequence[Part] = ()
    items: Sequence[Part] = ()
    pass_mark: tuple[int, int] | None = None  # before and after, where they differ


def edits(old: Mapping[str, Module], new: Mapping[str, Module]) -> Iterator[Edit]:
    """Yield what was done to each module that is not as it was, by their ids."""
    for module_id in sorted(old.keys() | new.keys()):
        before, after = old.get(module_id), new.get(module_id)
        if before is None:
            yield Edit(module_id, "added")
        elif after is None:
            yield Edit(module_id, "removed")
        elif before.version != after.version:
            marks = (before.quiz.pass_mark, after.quiz.pass_mark)
            yield Edit(module_id, "changed", _cards(before, after), _items(before, after), marks if marks[0] != marks[1] else None)


def _cards(before: Module, after: Module) -> list[Part]:
    old, new = ({card.id: card for card in module.cards} for module in (before, after))
    kept = [Part(one, "changed") if one in old else Part(one, "added") for one, card in new.items() if old.get(one) != card]
    return [*kept, *(Part(one, "removed") for one in old if one not in new)]


def _items(before: Module, after: Module) -> list[Part]:
    old, new = ({item.id: snapshot(item) for item in module.items} for module in (before, after))
    kept = [_item(one, old.get(one), data) for one, data in new.items() if old.get(one) != data]
    return [*kept, *(Part(one, "removed") for one in old if one not in new)]


def _item(item_id: str, before: Mapping[str, object] | None, after: Mapping[str, object]) -> Part:
    if before is None:
        return Part(item_id, "added")
    return Part(item_id, "changed", regraded=_deciding(before) != _deciding(after))


def _deciding(value: object, *, of_a_foreseen_answer: bool = False) -> object:
    """Return what of a question decides how a response is graded; of what is only read, a foreseen wrong answer's text is a part of it."""
    if isinstance(value, list):
        return [_deciding(one, of_a_foreseen_answer=of_a_foreseen_answer) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {name: one for name, one in value.items() if name not in _WORDS or (of_a_foreseen_answer and name == "text")}
    return {name: _deciding(one, of_a_foreseen_answer=name == "wrong") for name, one in kept.items()}
