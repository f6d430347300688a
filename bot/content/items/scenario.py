"""Situations that call for judgement: what one would do, and what comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from bot.content import limits
from bot.content.fields import CLOSED, Feedback, OptionId, OptionText, SceneScore, SceneText, fault
from bot.content.items.choice import NAMED, all_differ, distinct
from bot.content.items.item import Question
from bot.content.prompts import Option, Walk
from bot.content.prompts import Scene as ShownScene
from bot.domain.grading import Grade

_BETWEEN: Final = "."  # in the id of an option: its scene's, then its own


@dataclass(frozen=True, slots=True)
class Deed:
    """Something one may do: how good it is (0 to 5), why, and the scene that it leads to; without one the story ends."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    text: OptionText
    score: SceneScore
    reason: Feedback
    next: OptionId = ""
    id: OptionId = ""


def _scored(options: tuple[Deed, ...]) -> tuple[Deed, ...]:
    all_differ(options)
    if len({option.score for option in options}) == 1:
        raise fault("question-parts", "semua pilihan bernilai sama", "beri score yang berbeda: yang terbaik paling tinggi")
    return options


Deeds = Annotated[tuple[Deed, ...], Field(min_length=2, max_length=limits.DEEDS), NAMED, AfterValidator(_scored)]


@dataclass(frozen=True, slots=True)
class Scene:
    """A moment of the story (Telegram HTML) and what may be done."""

    __pydantic_config__: ClassVar[ConfigDict] = CLOSED

    id: OptionId
    text: SceneText
    options: Deeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Question):
    """A story that begins with its first scene. An option leads to a later scene or ends the story, so every story ends.

    The score is what the deeds scored against the best that each scene offered; it is correct when each was the best of its scene.
    """

    type: Literal["scenario"]
    scenes: Annotated[tuple[Scene, ...], Field(min_length=1, max_length=limits.SCENES)]

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        """Refuse what leads nowhere, back, or is never come to."""
        ids = [scene.id for scene in self.scenes]
        distinct(ids, "id")
        reached = {ids[0]}
        for place, scene in enumerate(self.scenes):
            for option in scene.options:
                if option.next and option.next not in ids[place + 1 :]:
                    what = f"next: {option.next} bukan adegan sesudah {scene.id}"
                    raise fault("question-parts", what, "sebut id adegan yang ditulis di bawahnya")
                reached.add(option.next)
        missed = next((one for one in ids if one not in reached), None)
        if missed is not None:
            what = f"adegan {missed} tidak dituju oleh pilihan mana pun"
            raise fault("question-parts", what, f"tulis next: {missed} pada sebuah pilihan, atau hapus")
        return self

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of all options, scene by scene."""
        return tuple(_id(scene, option) for scene in self.scenes for option in scene.options)

    def prompt(self, order: Sequence[str], marked: Sequence[str] = ()) -> Walk:
        """Return the story as far as the `marked` options lead, with the options in this order of their ids."""
        return Walk(self.text, tuple(_shown(scene, order) for scene in self._walk(marked)))

    def takes(self, response: Sequence[str]) -> bool:
        """Tell whether these options lead from the first scene to an end."""
        try:
            return len(self._walk(response)) == len(response)
        except ValueError:
            return False

    def grade(self, response: Sequence[str]) -> Grade:
        """Grade the options chosen, scene by scene.

        Raises:
            ValueError: they do not lead from the first scene to an end.

        """
        scenes = self._walk(response)
        if len(scenes) != len(response):
            raise ValueError("the story has not ended")
        chosen = [_deed(scene, one) for scene, one in zip(scenes, response, strict=True)]
        best = [max(scene.options, key=lambda option: option.score) for scene in scenes]
        reached = sum(option.score for option in chosen) / sum(option.score for option in best)
        return Grade(
            score=reached,
            correct=all(one.score == other.score for one, other in zip(chosen, best, strict=True)),
            feedback=tuple(option.reason for option in chosen),
            answer=tuple(_id(scene, option) for scene, option in zip(scenes, best, strict=True)),
        )

    def _walk(self, marked: Sequence[str]) -> list[Scene]:
        """Return the scenes that these options lead to, the open one at the end included; raises ValueError when they lead nowhere."""
        by_id = {scene.id: scene for scene in self.scenes}
        scenes = [self.scenes[0]]
        for number, one in enumerate(marked):
            if number == len(scenes):
                raise ValueError("the story had ended before")
            following = _deed(scenes[number], one).next
            scenes += [by_id[following]] if following else []
        return scenes

    @classmethod
    def parts(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the scenes from a snapshot."""
        return {"scenes": tuple(Scene(**{**scene, "options": tuple(Deed(**one) for one in scene["options"])}) for scene in data["scenes"])}


def _id(scene: Scene, option: Deed) -> str:
    return f"{scene.id}{_BETWEEN}{option.id}"


def _deed(scene: Scene, one: str) -> Deed:
    found = next((option for option in scene.options if _id(scene, option) == one), None)
    if found is None:
        raise ValueError(f"no such option in this scene: {one}")
    return found


def _shown(scene: Scene, order: Sequence[str]) -> ShownScene:
    texts = {_id(scene, option): option.text for option in scene.options}
    return ShownScene(scene.text, tuple(Option(one, texts[one]) for one in order if one in texts))
