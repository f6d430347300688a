"""What a module rests on: sources, rules in force, competencies that exist."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from bot.content import markup
from bot.content.items.scenario import Scenario
from bot.content.lint.rule import Known, Remark, Remarks, questions
from bot.content.model import Module, Source
from bot.content.reading import Location
from bot.content.registers import FormerRule
from bot.content.wording import did_you_mean

_NAME: Final = re.compile(r"(?P<kind>[^\W\d_][^\d]*?)\s*(?P<number>\d+)\s*/\s*(?P<year>\d{4})\b")
_WRITTEN_OUT: Final = {
    "uu": "undang[- ]undang",
    "pp": "peraturan pemerintah",
    "perpres": "peraturan presiden",
    "permenpanrb": r"permen\s?pan[- ]?rb|peraturan menteri pan[- ]?rb",
}
_BETWEEN: Final = r"(?:\s+(?:republik|indonesia|ri|asn|nomor|no\.?))*\s*"
_YEAR: Final = r"\s*(?:/|\s(?:tahun|thn\.?|th\.?)\s)\s*"


def source_missing(module: Module, _: Known) -> Remarks:
    """Remark on cards and questions that name no source; a question rests on those of its card too."""
    if not module.sources:
        yield Remark(("sources",), "modul ini tidak menyebut satu sumber pun")
        return
    bare = {card.id for card in module.cards if not card.sources}
    for place, card in enumerate(module.cards):
        if card.id in bare:
            yield Remark(("cards", place), f"kartu {card.id} tidak menyebut sumber")
    for location, item in questions(module):
        card_id = module.cards[int(location[1])].id if location[0] == "cards" else item.card
        if item.graded and not item.sources and (not card_id or card_id in bare):
            yield Remark(location, f"soal {item.id} tidak menyebut sumber, juga tidak lewat kartunya")


def rule_expired(module: Module, known: Known) -> Remarks:
    """Remark on sources that are no longer in force, and on cards and questions that name such a rule but not what replaced it."""
    for place, source in enumerate(module.sources):
        rule = _former(source, known)
        last = source.valid_until or (rule and rule.valid_until)
        if last and last < known.today:
            yield Remark(("sources", place), f"{source.rule} berlaku hanya sampai {last.isoformat()}", _instead(rule))
    gone = [rule for rule in known.rules if rule.valid_until < known.today]
    for location, texts in _texts(module) if gone else ():
        for rule in gone:
            if _in(rule.rule, texts) and not (rule.replaced_by and _in(rule.replaced_by, texts)):
                what = f"di sini disebut {rule.rule}, yang berlaku hanya sampai {rule.valid_until.isoformat()}"
                yield Remark(location, what, _instead(rule))


def competency_unknown(module: Module, known: Known) -> Remarks:
    """Remark on competencies that competencies.yaml does not list; nothing where there is no such file."""
    if known.competencies is None:
        return
    named: list[tuple[Location, str]] = [(("competency", "id"), module.competency.id)] if module.competency else []
    named += [((*location, "competency", "id"), item.competency.id) for location, item in questions(module) if item.competency]
    for location, competency in named:
        if competency not in known.competencies:
            yield Remark(location, f"kompetensi {competency} tidak ada", did_you_mean(competency, list(known.competencies)))


def _former(source: Source, known: Known) -> FormerRule | None:
    return next((rule for rule in known.rules if _names(rule.rule).match(source.rule)), None)


def _texts(module: Module) -> Iterator[tuple[Location, Sequence[str]]]:
    """Yield what is read together, with its place: a card and what it reveals, a question with its scenes and its explanation."""
    for place, card in enumerate(module.cards):
        yield ("cards", place), (card.text, card.reveal)
    for location, item in questions(module):
        scenes = item.scenes if isinstance(item, Scenario) else ()
        yield location, (item.text, item.explanation, *(scene.text for scene in scenes))


def _in(rule: str, texts: Sequence[str]) -> bool:
    return any(_names(rule).search(markup.visible(text)) for text in texts)


@cache
def _names(rule: str) -> re.Pattern[str]:
    """Return what finds a rule however it is written: UU 5/2014, UU No. 5 Tahun 2014, Undang-Undang Nomor 5 Tahun 2014."""
    name = _NAME.match(rule)
    if name is None:
        return re.compile(rf"\b{re.escape(rule)}\b", re.IGNORECASE)
    kind = name["kind"].casefold()
    kinds = "|".join(filter(None, (re.escape(kind), _WRITTEN_OUT.get(kind))))
    return re.compile(rf"\b(?:{kinds}){_BETWEEN}{name['number']}{_YEAR}{name['year']}\b", re.IGNORECASE)


def _instead(rule: FormerRule | None) -> str:
    return f"penggantinya {rule.replaced_by}; " if rule and rule.replaced_by else ""
