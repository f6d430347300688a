"""The translations are complete, current and true to the Indonesian: nobody meets a half-translated bot."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.handlers.routes import COMMAND_BY_NAME, COMMANDS
from bot.sandbox.markup import parse_html
from bot.texts import LANGUAGES, load_words
from bot.texts.words import SOURCE_LANGUAGE, translation_file
from scripts.texts import is_translated, updated

CODE = Path(__file__).parents[2] / "bot"
TRANSLATED = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]
TOLD_BY_THE_TABLE_OF_COMMANDS = {"description", "each.description"}
SPEAKS = re.compile(r"^t$|\.(plain|many|words)$")
COMMAND = re.compile(r"(?<![\w/<])/([a-z0-9_]+)")
WORD = re.compile(r"[a-z]+")
INDONESIAN = """
anda saya yang dan atau untuk dengan dari pada ini itu tidak belum sudah akan bila agar kapan semua soal modul kartu kuis hari jam pukul
pesan pengingat pengumuman jawaban progres setelan bahasa zona lanjut kembali batal kirim pilih lihat mulai selesai tersimpan belajar
"""
ENGLISH = """
you your the and or for with from this that not yet will if so when all question module card quiz day hour message reminder announcement
answer progress settings language zone next back cancel send choose see start finished saved learn chat of to is are
"""


def catalogue(language: str) -> Catalog:
    with translation_file(language).open("rb") as file:
        return read_po(file, locale=language)


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def each_message(language: str) -> Iterator[Message]:
    return (message for message in catalogue(language) if message.id)


def each_translation(language: str) -> Iterator[tuple[str, str]]:
    """Yield each sentence with its translation; of a plural, each form of the translation beside the last form of the sentence."""
    for message in each_message(language):
        yield from ((forms(message.id)[-1], translation) for translation in forms(message.string))


def each_text(language: str) -> Iterator[str]:
    """Yield everything that people who chose this language can read."""
    for sentence, translation in each_translation(TRANSLATED[0] if language == SOURCE_LANGUAGE else language):
        yield sentence if language == SOURCE_LANGUAGE else translation


def words_of(text: str) -> set[str]:
    return set(WORD.findall(re.sub(r"<[^>]*>|\{[^}]*\}|/\w+", "", text).lower()))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def formatting(text: str) -> Counter[str]:
    return Counter(entity["type"] for entity in parse_html(text).entities)


def sentences_outside_their_call(path: Path) -> Iterator[str]:
    """Yield what is given to `t` and its methods without being written there: extraction can't see it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and SPEAKS.search(ast.unparse(node.func)):
            sentences = node.args[: 2 if ast.unparse(node.func).endswith(".many") else 1]
            yield from (ast.unparse(each) for each in sentences if not (isinstance(each, ast.Constant) and isinstance(each.value, str)))


def test_every_sentence_stands_in_its_call_where_it_is_found_for_translation() -> None:
    files = [path for path in CODE.rglob("*.py") if not {"sandbox", "content"} & {*path.parts}]
    assert {each for path in files for each in sentences_outside_their_call(path)} == TOLD_BY_THE_TABLE_OF_COMMANDS


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_holds_the_sentences_of_the_code_and_no_others(language: str) -> None:
    assert translation_file(language).read_text(encoding="utf-8") == updated(language), "run: make texts"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str) -> None:
    assert [message.id for message in each_message(language) if not is_translated(message)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_counted_has_every_plural_form(language: str) -> None:
    counted = [message for message in each_message(language) if message.pluralizable]
    assert counted
    assert {len(forms(message.string)) for message in counted} == {catalogue(language).num_plurals}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_holds_the_same_values(language: str) -> None:
    assert [pair for pair in each_translation(language) if placeholders(pair[0]) != placeholders(pair[1])] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_is_formatted_alike_and_telegram_can_read_it(language: str) -> None:
    assert [pair for pair in each_translation(language) if formatting(pair[0]) != formatting(pair[1])] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_begins_and_ends_alike(language: str) -> None:
    def edges(text: str) -> tuple[bool, str]:
        return text[0].islower(), text[-1] if text[-1] in ".:?… " else ""

    assert [pair for pair in each_translation(language) if edges(pair[0]) != edges(pair[1])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_name_commands_as_their_readers_know_them(language: str) -> None:
    named = {name for text in each_text(language) for name in COMMAND.findall(text)}
    assert named
    assert named <= {command.name_in(language) for command in COMMANDS}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_names_the_same_commands(language: str) -> None:
    def commands(text: str) -> list[str]:
        return sorted(COMMAND_BY_NAME[name].name for name in COMMAND.findall(text))

    assert [pair for pair in each_translation(language) if commands(pair[0]) != commands(pair[1])] == []


@pytest.mark.parametrize(("language", "foreign"), [("id", words_of(ENGLISH)), ("en", words_of(INDONESIAN))])
def test_languages_do_not_mix(language: str, foreign: set[str]) -> None:
    assert [text for text in each_text(language) if words_of(text) & foreign] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegram_takes_every_command_and_description(language: str) -> None:
    t = load_words()[language]
    names = [command.name_in(language) for command in COMMANDS]
    assert len(set(names)) == len(names) <= 100
    assert [name for name in names if not re.fullmatch(r"[a-z0-9_]{1,32}", name)] == []
    assert [command.name for command in COMMANDS if not 1 <= len(t.plain(command.description)) <= 256] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_command_is_described_in_the_language(language: str) -> None:
    known = {message.id for message in each_message(language)}
    assert [command.name for command in COMMANDS if command.description not in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_description_of_the_bot_fits_its_profile(language: str) -> None:
    descriptions = [str(each.id) for each in each_message(TRANSLATED[0]) if "bot/handlers/menu.py" in dict(each.locations)]
    assert descriptions
    assert [text for text in map(load_words()[language].plain, descriptions) if not 1 <= len(text) <= 512] == []
