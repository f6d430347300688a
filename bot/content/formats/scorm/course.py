"""A module as the player reads it: plain data, with texts as HTML where authors may mark up, and all that grading needs."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from bot.content.fields import Competency
from bot.content.formats.answers import right
from bot.content.formats.citing import cited, competence, written
from bot.content.formats.markup import to_html
from bot.content.formats.words import exact, number
from bot.content.items.item import Item
from bot.content.items.multiple_choice import MultipleChoice
from bot.content.items.numeric import Numeric
from bot.content.items.reflection import Reflection
from bot.content.items.scenario import Scenario, Scene
from bot.content.items.short_text import ShortText
from bot.content.items.survey import Survey
from bot.content.items.true_false import TrueFalse
from bot.content.model import Card, Module
from bot.content.prompts import Arrange, Chosen, Option, PickMany, PickOne

Data = dict[str, Any]


def course(module: Module, files: Mapping[str, str], w: Mapping[str, str]) -> Data:
    """Return the module; `files` are the places in the package of its cards' files, by the cards' ids."""
    quiz = module.quiz
    facts = (w["minutes"].format(n=module.minutes), w["cards"].format(n=len(module.cards)), competence(module.competency, w))
    return {
        "title": module.title,
        "summary": module.summary,
        "version": module.version,
        "facts": list(filter(None, facts)),
        "passMark": quiz.pass_mark,
        "draw": quiz.draw,
        "shuffle": quiz.shuffle,
        "attempts": quiz.attempts,
        "words": dict(w),
        "cards": [_card(card, module, files.get(card.id), w) for card in module.cards],
        "items": [question(item, module, w) for item in quiz.items],
        "sources": [{"text": written(source, w), "url": source.url} for source in module.sources],
    }


def _card(card: Card, module: Module, file: str | None, w: Mapping[str, str]) -> Data:
    media = card.media and {"type": card.media.type if file else "lost", "file": file, "alt": card.media.alt}
    return {
        "id": card.id,
        "title": card.title,
        "html": to_html(card.text),
        "reveal": to_html(card.reveal),
        "media": media,
        "sources": cited(card.sources, module, w),
        "check": card.check and question(card.check, module, w),
    }


def question(item: Item, module: Module, w: Mapping[str, str]) -> Data:
    """Return a question with its parts, which depend on its kind."""
    common = {
        "id": item.id,
        "graded": item.graded,
        "explanation": to_html(item.explanation),
        "card": item.card,
        "sources": cited(item.sources, module, w),
        "objective": _objective(item.competency or module.competency),
    }
    if isinstance(item, ShortText | Numeric | Reflection):
        return common | _typed(item, module.language)
    return common | _chosen(item, w, shuffle=module.quiz.shuffle)


def _objective(competency: Competency | None) -> str:
    return f"{competency.id}.{competency.level}" if competency else ""


def _chosen(item: Item, w: Mapping[str, str], *, shuffle: bool) -> Data:
    """Return the parts of a question with options. What belongs somewhere is always shuffled, what has its own order never."""
    if isinstance(item, Scenario):
        return {"kind": "walk", "html": to_html(item.text), "shuffle": shuffle, "scenes": list(map(_scene, item.scenes))}
    prompt = cast("Chosen", item.prompt(item.choices))  # what is told or typed has gone above
    parts: Data = {"html": to_html(prompt.text), "right": right(item), "shuffle": shuffle}
    match prompt:
        case PickOne(options=options):
            own_order = isinstance(item, TrueFalse | Survey)
            parts |= {"kind": "one", "form": _form(item), "partial": True, "shuffle": shuffle and not own_order}
            parts["options"] = _options(options, w, _feedback(item))
        case PickMany(options=options, least=least, most=most):
            partial = isinstance(item, MultipleChoice) and item.grading == "partial"
            parts |= {"kind": "many", "partial": partial, "least": least, "most": most, "options": _options(options, w, _feedback(item))}
        case Arrange(options=options):
            parts |= {"kind": "arrange", "options": _options(options, w)}
        case _:
            filled = [{"label": slot.label, "options": _options(slot.options, w)} for slot in prompt.slots]
            parts |= {"kind": "pair", "shuffle": True, "slots": filled}
    return parts


def _form(item: Item) -> str:
    """Return what SCORM calls a choice of one."""
    if isinstance(item, TrueFalse):
        return "true-false"
    return "likert" if isinstance(item, Survey) and item.scale else "choice"


def _feedback(item: Item) -> Mapping[str, str]:
    """Return what is said to each option, by its id; nothing is said to an opinion."""
    return {} if isinstance(item, Survey) else {one: " ".join(item.grade([one]).feedback) for one in item.choices}


def _options(options: Sequence[Option], w: Mapping[str, str], feedback: Mapping[str, str] | None = None) -> list[Data]:
    said = feedback or {}
    return [{"id": one.id, "text": one.text or w[one.id], "feedback": said.get(one.id, "")} for one in options]


def _scene(scene: Scene) -> Data:
    options = [
        {"id": f"{scene.id}.{one.id}", "text": one.text, "score": one.score, "reason": one.reason, "next": one.next}
        for one in scene.options
    ]
    return {"id": scene.id, "html": to_html(scene.text), "options": options}


def _typed(item: ShortText | Numeric | Reflection, language: str) -> Data:
    """Return the parts of a question that is answered by typing."""
    parts: Data = {"html": to_html(item.text)}
    match item:
        case ShortText():
            return parts | _text(item)
        case Numeric():
            return parts | _number(item, language)
        case _:
            return parts | {"kind": "text", "longest": item.prompt(()).longest, "share": item.share}


def _text(item: ShortText) -> Data:
    return {
        "kind": "text",
        "longest": item.prompt(()).longest,
        "answers": item.answers,
        "threshold": item.threshold,
        "heed": {"heedCase": item.case, "heedAccents": item.diacritics},
        "wrong": [{"text": one.text, "feedback": one.feedback} for one in item.wrong],
    }


def _number(item: Numeric, language: str) -> Data:
    """Return a number's parts; all numbers as texts, since a browser's own are not exact."""
    return {
        "kind": "number",
        "unit": item.unit,
        "units": [[unit, _plain(factor)] for unit, factor in item.units.items()],
        "answer": _plain(item.answer),
        "tolerance": _plain(item.tolerance),
        "shown": " ".join(filter(None, (number(item.answer, language), item.unit))),
        "wrong": [{"answer": _plain(one.answer), "tolerance": _plain(one.tolerance), "feedback": one.feedback} for one in item.wrong],
    }


def _plain(value: float) -> str:
    return f"{exact(value):f}"
