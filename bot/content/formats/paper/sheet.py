"""What is printed of a module, in its order: the reading, the questions, the key, the sources."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.content.formats.bank import Note
from bot.content.formats.citing import cited, competence, written
from bot.content.formats.paper.answers import Answer, answer
from bot.content.formats.paper.questions import Asked, asked
from bot.content.formats.paper.words import paper_words
from bot.content.items.item import Item
from bot.content.model import Card, Media, Module


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """A card: its name, its text and reveal (Telegram HTML), its file, its sources in plain text, and its question."""

    name: str
    text: str
    reveal: str
    media: Media | None
    cited: str
    check: Asked | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A module on paper; `facts` are plain lines about it, and the key has what the cards reveal and the answers of all questions."""

    title: str
    summary: str
    language: str
    words: Mapping[str, str]
    facts: tuple[str, ...]
    cards: tuple[PrintedCard, ...]
    questions: tuple[Asked, ...]
    key: tuple[Answer, ...]
    sources: tuple[tuple[str, str], ...]  # in plain text, and the address


def sheet(module: Module) -> Sheet:
    """Return the module as it is printed."""
    w = paper_words(module.language)
    names = _names(module, w)
    return Sheet(
        title=module.title,
        summary=module.summary,
        language=module.language,
        words=w,
        facts=tuple(filter(None, _facts(module, w))),
        cards=tuple(_card(card, place, module, names, w) for place, card in enumerate(module.cards, start=1)),
        questions=tuple(asked(item, names[item.id], w) for item in module.quiz.items),
        key=(
            *(
                Answer(w["reveal_of"].format(n=place, title=card.title), explanation=card.reveal)
                for place, card in enumerate(module.cards, start=1)
                if card.reveal
            ),
            *(_answer(item, module, names, w) for item in module.items),
        ),
        sources=tuple((written(source, w), source.url) for source in module.sources),
    )


def not_on_paper(module: Module) -> list[Note]:
    """Return what no paper can hold of a module."""
    notes = [Note(0, "urutan pilihan yang diacak", "di kertas semua orang melihat urutan yang sama")] if module.quiz.shuffle else []
    if module.quiz.confidence:
        notes.append(Note(0, "tombol Saya ragu", "hanya ada di bot; minta peserta menulis tanda ? di samping jawaban"))
    if any("<tg-spoiler>" in text.lower() for text in _texts(module)):
        notes.append(Note(0, "teks tersembunyi (tg-spoiler)", "tercetak terbuka; pindahkan ke reveal bila harus di halaman kunci"))
    return notes


def _texts(module: Module) -> list[str]:
    of_cards = [text for card in module.cards for text in (card.text, card.reveal)]
    of_scenes = [scene.text for item in module.items for scene in getattr(item, "scenes", ())]
    return [*of_cards, *of_scenes, *(text for item in module.items for text in (item.text, item.explanation))]


def _names(module: Module, w: Mapping[str, str]) -> dict[str, str]:
    checks = {card.check.id: w["check"].format(title=card.title) for card in module.cards if card.check}
    return checks | {item.id: w["question"].format(n=place) for place, item in enumerate(module.quiz.items, start=1)}


def _facts(module: Module, w: Mapping[str, str]) -> list[str]:
    quiz = module.quiz
    graded = sum(item.graded for item in quiz.items)
    return [
        w["minutes"].format(n=module.minutes),
        competence(module.competency, w),
        w["tags"].format(tags=", ".join(module.tags)) if module.tags else "",
        w["drawn"].format(n=quiz.draw, all=graded) if quiz.draw < graded else "",
        w["pass"].format(mark=quiz.pass_mark),
        w["attempts"].format(n=quiz.attempts) if quiz.attempts else "",
    ]


def _card(card: Card, place: int, module: Module, names: Mapping[str, str], w: Mapping[str, str]) -> PrintedCard:
    name = w["card"].format(n=place, title=card.title)
    check = asked(card.check, names[card.check.id], w) if card.check else None
    return PrintedCard(name, card.text, card.reveal, card.media, cited(card.sources, module, w), check)


def _answer(item: Item, module: Module, names: Mapping[str, str], w: Mapping[str, str]) -> Answer:
    """Return the key's entry, with where the question comes from."""
    entry = answer(item, names[item.id], module.language, w)
    places = {card.id: (place, card.title) for place, card in enumerate(module.cards, start=1)}
    about = w["about"].format(n=places[item.card][0], title=places[item.card][1]) if item.card else ""
    origin = (about, cited(item.sources, module, w), competence(item.competency, w))
    return replace(entry, origin=tuple(filter(None, origin)))
