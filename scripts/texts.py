"""Brings the sentences of the code into the catalogue of each other language, for a translator to complete.

What is translated stays. A changed sentence keeps its former translation, marked `fuzzy` until somebody has looked at it; a sentence
that is new waits with an empty `msgstr`; one that is gone is left out. Nothing else changes, so a second run writes the same.
"""

import re
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.texts.words import LANGUAGES, SOURCE_LANGUAGE, translation_file

ROOT = Path(__file__).parent.parent
# The sandbox's page and the content have words of their own, and know no `t`.
FILES = [("bot/sandbox/**", "ignore"), ("bot/content/**", "ignore"), ("bot/**.py", "python"), ("bot/web/**.html", "jinja2")]
CALLS = {"t": None, "plain": None, "words": None, "many": (1, 2), "Command": (4,)}  # the function and which arguments are sentences
TAG_OR_PLACEHOLDER = re.compile(r"<[^>]*>|\{[^}]*\}")
HEADER = """\
# The bot's own words. `make texts` brings new sentences from the code; the translations are written here.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def extract() -> Catalog:
    """Return the sentences of the code in the order of its files; what has no word in it, such as `{day} {time}`, needs no translation."""
    template = Catalog()
    for file, _, sentence, _, _ in extract_from_dir(ROOT, FILES, keywords=CALLS):
        one = sentence if isinstance(sentence, str) else sentence[0]
        if any(letter.isalpha() for letter in TAG_OR_PLACEHOLDER.sub("", one)):
            template.add(sentence, locations=[(file, 0)])
    return template


def updated(language: str) -> str:
    """Return the text of a language's catalogue as it should be for the code of now."""
    path = translation_file(language)
    catalog = Catalog(language)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    catalog.update(extract())
    body = BytesIO()
    write_po(body, catalog, width=0, omit_header=True, ignore_obsolete=True, include_previous=True, include_lineno=False)
    return HEADER.format(language=language, plural_forms=catalog.plural_forms) + body.getvalue().decode().rstrip("\n") + "\n"


def is_translated(message: Message) -> bool:
    """Tell whether a translator has nothing left to do for a sentence."""
    translations = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(translations) and not message.fuzzy


def main() -> None:
    """Update every catalogue, and say what is left to do."""
    for language in LANGUAGES.keys() - {SOURCE_LANGUAGE}:
        path = translation_file(language)
        text = updated(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        waiting = [each for each in read_po(text.splitlines(), locale=language) if not is_translated(each)]
        print(f"{path.relative_to(ROOT)}: {len(waiting) or 'nothing'} to translate.")


if __name__ == "__main__":
    main()
