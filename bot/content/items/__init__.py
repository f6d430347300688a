"""The question types. A new one is a file in this folder and a row in `ITEM_TYPES`."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

import orjson
from pydantic import GetCoreSchemaHandler
from pydantic_core.core_schema import CoreSchema, tagged_union_schema

from bot.content.items.cloze import Cloze
from bot.content.items.item import Item
from bot.content.items.matching import Matching
from bot.content.items.multiple_choice import MultipleChoice
from bot.content.items.numeric import Numeric
from bot.content.items.ordering import Ordering
from bot.content.items.reflection import Reflection
from bot.content.items.scenario import Scenario
from bot.content.items.short_text import ShortText
from bot.content.items.single_choice import SingleChoice
from bot.content.items.survey import Survey
from bot.content.items.true_false import TrueFalse

ITEM_TYPES: Final[Mapping[str, type[Item]]] = {
    "single_choice": SingleChoice,
    "multiple_choice": MultipleChoice,
    "true_false": TrueFalse,
    "short_text": ShortText,
    "numeric": Numeric,
    "ordering": Ordering,
    "matching": Matching,
    "cloze": Cloze,
    "scenario": Scenario,
    "survey": Survey,
    "reflection": Reflection,
}


class _AnyItemType:
    """Tells pydantic to read an item by its `type`, as the table has it."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of the union of all question types."""
        return tagged_union_schema({name: handler.generate_schema(item_type) for name, item_type in ITEM_TYPES.items()}, "type")


AnyItem = Annotated[Item, _AnyItemType]


def snapshot(item: Item) -> dict[str, Any]:
    """Return all that is needed to show and grade `item` later, as plain JSON data: an edit of the module does not reach it."""
    data: dict[str, Any] = orjson.loads(orjson.dumps(item))
    return data


def restore(data: Mapping[str, Any]) -> Item:
    """Return the item of a snapshot. Limits are not checked again: what was asked stays answerable when a limit changes.

    Raises:
        KeyError: the snapshot's question type is not known (any more).

    """
    return ITEM_TYPES[data["type"]].restore(data)
