"""How a response comes about, mark by mark, before it is sent in: pure rules over prompts.

Each function returns the new marks, or None for a press that does not fit the question: such a press changes nothing. What fills a place
says which one, so that tapping twice does what tapping once does; a tick is taken back by the second tap.
"""

from collections.abc import Sequence

from bot.content.prompts import Arrange, Option, Pair, PickMany, PickOne, Prompt, TypeNumber, TypeText, Walk


def is_marked(prompt: Prompt) -> bool:
    """Tell whether a response is made of marks and then sent in, rather than by one press."""
    return not isinstance(prompt, PickOne)


def is_typed(prompt: Prompt) -> bool:
    """Tell whether the response is typed."""
    return isinstance(prompt, TypeText | TypeNumber)


def tick(prompt: Prompt, marked: Sequence[str], option: str) -> list[str] | None:
    """Tick one of several options, or take the tick back; in the order in which the options are shown."""
    if not isinstance(prompt, PickMany):
        return None
    chosen = {*marked} ^ {option}
    ticked = [one.id for one in prompt.options if one.id in chosen]
    return ticked if len(ticked) == len(chosen) else None


def put(prompt: Prompt, marked: Sequence[str], place: int, option: str) -> list[str] | None:
    """Choose an option for the next place, if that is number `place` (from 0). The last step of an order follows by itself."""
    if place != len(marked) or option not in {one.id for one in to_put(prompt, marked)}:
        return None
    now = [*marked, option]
    left = to_put(prompt, now)
    return [*now, left[0].id] if isinstance(prompt, Arrange) and len(left) == 1 else now


def to_put(prompt: Prompt, marked: Sequence[str]) -> tuple[Option, ...]:
    """Return the options for the next place; none when every place is filled or the question has none."""
    match prompt:
        case Arrange(options=options):
            return tuple(one for one in options if one.id not in marked)
        case Pair(slots=slots) if len(marked) < len(slots):
            return slots[len(marked)].options
        case Walk(scenes=scenes) if len(marked) < len(scenes):
            return scenes[len(marked)].options
    return ()


def take_back(prompt: Prompt, marked: Sequence[str], place: int) -> list[str] | None:
    """Empty a place and all after it; what was done in a story is done. A last step that followed by itself goes with the one before."""
    if not isinstance(prompt, Arrange | Pair) or not 0 <= place < len(marked):
        return None
    is_forced = isinstance(prompt, Arrange) and place == len(prompt.options) - 1
    return list(marked[: place - 1 if is_forced else place])


def write(prompt: Prompt, text: str) -> list[str] | None:
    """Take what was typed instead of what was typed before."""
    return [text.strip()] if is_typed(prompt) else None
