"""Questions as they are printed: what is asked, the options with their letters, and where to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final
from zlib import crc32

from bot.content.items.item import Item
from bot.content.items.scenario import Deed, Scenario, Scene
from bot.content.prompts import Arrange, Option, Pair, PickMany, PickOne, Prompt, TypeNumber

_LINES_FOR_A_THOUGHT: Final = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Options with their letters or numbers, in plain text, below a label and a text (Telegram HTML) where they have one."""

    options: tuple[tuple[str, str], ...]
    label: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its name, its text (Telegram HTML), how to answer it, the options, and how many lines to write on."""

    name: str
    text: str
    hint: str
    groups: tuple[Group, ...] = ()
    lines: int = 0


def printed(item: Item) -> Prompt:
    """Return the question in the one order of its options in which it is printed."""
    return item.prompt(item.order(shuffle=False, seed=crc32(item.id.encode())))


def lettered(options: Sequence[Option], w: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the letter and the text of each option, by its id."""
    return {one.id: (letter, one.text or w[one.id]) for letter, one in zip(ascii_uppercase, options, strict=False)}


def letters(scene: Scene) -> list[tuple[str, Deed]]:
    """Return what may be done in a scene, with the letters."""
    return list(zip(ascii_uppercase, scene.options, strict=False))


def asked(item: Item, name: str, w: Mapping[str, str]) -> Asked:
    """Return a question as it is printed under this name."""
    if isinstance(item, Scenario):
        return Asked(name, item.text, w["walk"], _scenes(item, w))
    prompt = printed(item)
    match prompt:
        case PickOne() | PickMany() | Arrange():
            lines = int(isinstance(prompt, Arrange))
            return Asked(name, prompt.text, _how_to_choose(item, prompt, w), (_group(prompt.options, w),), lines)
        case Pair():
            return _paired(prompt, name, w)
    lines = 1 if item.graded else _LINES_FOR_A_THOUGHT
    return Asked(name, prompt.text, _how_to_write(item, prompt, w), lines=lines)


def _shares_options(prompt: Pair) -> bool:
    """Tell whether every slot takes one of the same options, so that they are printed once."""
    return all(slot.options == prompt.slots[0].options for slot in prompt.slots)


def _group(options: Sequence[Option], w: Mapping[str, str], label: str = "") -> Group:
    return Group(tuple(lettered(options, w).values()), label)


def _how_to_choose(item: Item, prompt: PickOne | PickMany | Arrange, w: Mapping[str, str]) -> str:
    match prompt:
        case PickMany():
            return _how_many(prompt, w)
        case Arrange():
            return w["arrange"]
    return w["pick_one" if item.graded else "ungraded"]


def _how_to_write(item: Item, prompt: Prompt, w: Mapping[str, str]) -> str:
    if isinstance(prompt, TypeNumber):
        return w["write_unit"].format(unit=prompt.unit) if prompt.unit else w["write_number"]
    return w["write" if item.graded else "reflect"]


def _how_many(prompt: PickMany, w: Mapping[str, str]) -> str:
    if prompt.least == prompt.most:
        return w["pick_exactly"].format(n=prompt.least)
    if prompt.least > 1 or prompt.most < len(prompt.options):
        return w["pick_between"].format(least=prompt.least, most=prompt.most)
    return w["pick_all"]


def _paired(prompt: Pair, name: str, w: Mapping[str, str]) -> Asked:
    if not _shares_options(prompt) or len(prompt.slots) == 1:
        return Asked(name, prompt.text, w["fill"], tuple(_group(slot.options, w, slot.label) for slot in prompt.slots))
    numbered = tuple((f"{number}", f"{slot.label}: ____") for number, slot in enumerate(prompt.slots, start=1))
    return Asked(name, prompt.text, w["pair"], (Group(numbered), _group(prompt.slots[0].options, w)))


def _scenes(item: Scenario, w: Mapping[str, str]) -> tuple[Group, ...]:
    numbers = {scene.id: number for number, scene in enumerate(item.scenes, start=1)}
    return tuple(
        Group(
            tuple((letter, _led(deed, numbers, w)) for letter, deed in letters(scene)), w["scene"].format(n=numbers[scene.id]), scene.text
        )
        for scene in item.scenes
    )


def _led(deed: Deed, numbers: Mapping[str, int], w: Mapping[str, str]) -> str:
    return f"{deed.text} (→ {w['leads'].format(n=numbers[deed.next])})" if deed.next else deed.text
