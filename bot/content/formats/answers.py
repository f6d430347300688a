"""The right responses, for formats that tell them before anybody has responded."""

from bot.content.items.item import Item
from bot.content.prompts import Arrange, Pair


def right(item: Item) -> tuple[str, ...]:
    """Return the right response to a question of which it is made of ids of options: nothing where nothing is graded.

    Raises:
        ValueError: the question is a story, or answered by typing.

    """
    prompt, response = item.prompt(item.choices), item.choices[:1]
    if isinstance(prompt, Arrange):
        response = item.choices
    elif isinstance(prompt, Pair):
        response = tuple(slot.options[0].id for slot in prompt.slots)
    return item.grade(response).answer
