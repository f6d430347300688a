"""Between Telegram's HTML, in which authors write, and the HTML of browsers and of other learning programs."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from bot.content.formats.flow import Flow, Linked, Mark, Run, shared
from bot.content.formats.hypertext import tokens

__all__ = ["Converted", "Linked", "to_html", "to_plain", "to_telegram"]

LONGEST: Final = 60_000  # letters of HTML: many times what a card can show, with all that a word processor writes around it
_TOKEN: Final = re.compile(r"<(?P<close>/?)(?P<tag>[A-Za-z][\w-]*)[^<>]*>|[ \n]|[^< \n]+|<")
_BLOCKS: Final = ("blockquote", "pre")
_AFTER_BLOCK: Final = re.compile(rf"(</(?:{'|'.join(_BLOCKS)})>)\n", re.IGNORECASE)  # a browser breaks the line there by itself
_TEX: Final = (("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$"))
_NO_WEIGHT: Final = frozenset({"a", "pre", "code", "blockquote"})


@dataclass(frozen=True, slots=True)
class Converted:
    """A text made of HTML.

    Attributes:
        text: has no faults where it is for Telegram, and no marks where it is plain.
        files: what it shows or leads to, in its order: pictures, sounds, videos, documents.
        lost: what could not be kept, and why or what to do, as a Note says them; each once.

    """

    text: str
    files: tuple[Linked, ...]
    lost: tuple[tuple[str, str], ...]


def to_telegram(html: str) -> Converted:
    """Make a text of ours of any HTML, however broken. Files are handed out and leave no trace in it."""
    return _converted(html, _marked_up, words=False)


def to_plain(html: str) -> Converted:
    """Make a plain text of any HTML. A picture leaves its words in it, or its name where it has none; a link leaves its address."""
    return _converted(html, _plain, words=True)


def to_html(text: str) -> str:
    """Return a faultless text of ours as browsers show it: its line breaks as <br>, what is hidden in a span that can be focused."""
    parts: list[str] = []
    before = "\n"
    for token in _TOKEN.finditer(_AFTER_BLOCK.sub(r"\1", text.strip("\n"))):
        if token["tag"]:
            parts.append(_tag(token))
            before = "\n" if token["close"] and token["tag"].lower() in _BLOCKS else before
            continue
        bare = token[0] == " " and before in " \n"  # browsers show one space of several, and none at the beginning of a line
        parts.append("<br>" if token[0] == "\n" else "&nbsp;" if bare else token[0])
        before = token[0]
    return "".join(parts)


def _tag(tag: re.Match[str]) -> str:
    if tag["tag"].lower() != "tg-spoiler":
        return tag[0]
    return "</span>" if tag["close"] else '<span class="tg-spoiler" tabindex="0">'


def _converted(html: str, render: Callable[[Sequence[Run]], str], *, words: bool) -> Converted:
    flow = Flow(words=words)
    for token in tokens(html[:LONGEST]):
        flow.take(token)
    text = render(flow.runs)
    lost = list(flow.lost)
    if len(html) > LONGEST:
        lost.append((f"teks lebih dari {LONGEST:,} huruf HTML".replace(",", "."), "sisanya dipotong; bagi menjadi beberapa soal"))
    if any(start in text and end in text.partition(start)[2] for start, end in _TEX):
        lost.append(("rumus TeX", "tampil sebagai kode; tulis ulang dengan huruf biasa"))
    if words and any(mark.tag not in _NO_WEIGHT for run in flow.runs for mark in run.marks):
        lost.append(("huruf tebal, miring, atau bergaris", "di sini hanya teks polos"))
    return Converted(text, tuple(flow.files), tuple(dict.fromkeys(lost)))


def _marked_up(runs: Sequence[Run]) -> str:
    parts: list[str] = []
    around: tuple[Mark, ...] = ()
    for run in (*runs, Run("", ())):
        same = shared(around, run.marks)
        parts += [f"</{mark.tag}>" for mark in reversed(around[len(same) :])]
        parts += [f"<{mark.tag}{mark.attributes}>" for mark in run.marks[len(same) :]]
        parts.append(escape(run.text, quote=False))
        around = run.marks
    return "".join(parts)


def _plain(runs: Sequence[Run]) -> str:
    parts: list[str] = []
    link: Mark | None = None
    label = ""
    for run in (*runs, Run("", ())):
        now = next((mark for mark in run.marks if mark.address), None)
        if link and now is not link:
            parts.append("" if link.address.endswith(label.strip()) else f" ({link.address})")
        label = (label if now is link else "") + run.text
        link = now
        parts.append(run.text)
    return "".join(parts)
