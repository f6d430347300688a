"""The right responses, for formats that tell them before anybody has responded."""

from bot.content.items.item import Item
from bot.content.prompts import Arrange, Pair, PickMany, PickOne


def right(item: Item) -> tuple[str, ...]:
    """Return the right response where it is made of ids of options: nothing for stories, typed answers, and what is not graded."""
    match item.prompt(item.choices):
        case PickOne() | PickMany():
            return item.grade(item.choices[:1]).answer
        case Arrange():
            return item.grade(item.choices).answer
        case Pair(slots=slots):
            return item.grade([slot.options[0].id for slot in slots]).answer
    return ()
