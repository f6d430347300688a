"""Light Markdown as authors may write it, turned into the HTML that Telegram understands.

Bold, italic, strikethrough, code, links, lists, quotes and ||spoilers||, as CommonMark has them (spec.commonmark.org). Everything else,
HTML included, is shown as it is written.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, Final

from bot.content.checks import HTML_PARTS, found

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_RULES: Final = ("emphasis", "strikethrough", "backticks", "link", "autolink", "list", "blockquote", "fence", "newline", "escape", "entity")
_SPOILER: Final = "||"
_TAGS: Final = {"strong": "b", "em": "i", "s": "s", "spoiler": "tg-spoiler"}
_BULLET: Final = "•"
_INDENT: Final = "  "


def as_html(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a module's file holds with its Markdown texts as Telegram HTML; what is no text stays for the checks to tell."""
    written = dict(data)
    for pattern in HTML_PARTS:
        for location, text in found(written, *pattern):
            if isinstance(text, str):
                written = _with(written, location, to_html(text))
    return written


def to_html(text: str) -> str:
    """Return a Markdown text as Telegram HTML."""
    return _blocks(_parser().parse(text))


def _with(holder: Any, location: Sequence[str | int], value: str) -> Any:
    """Return a copy of nested data that has `value` at a location; nothing that it shares with others is changed."""
    if not location:
        return value
    first, *rest = location
    if isinstance(holder, dict):
        return {**holder, first: _with(holder[first], rest, value)}
    return [_with(one, rest, value) if place == first else one for place, one in enumerate(holder)]


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - most modules are HTML, and most starts read none

    parser = MarkdownIt("zero").enable(list(_RULES))
    parser.inline.ruler.before("emphasis", "spoiler", _spoiler)
    parser.inline.add_terminator_char(_SPOILER[0])
    return parser


def _spoiler(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 - the signature is markdown-it's
    begin, last = state.pos + len(_SPOILER), state.posMax
    end = _end_of_spoiler(state, begin) if state.src.startswith(_SPOILER, state.pos) else None
    if end is None:
        return False
    if not silent:
        state.push("spoiler_open", "spoiler", 1)
        state.pos, state.posMax = begin, end
        state.md.inline.tokenize(state)
        state.posMax = last
        state.push("spoiler_close", "spoiler", -1)
    state.pos = end + len(_SPOILER)
    return True


def _end_of_spoiler(state: "StateInline", begin: int) -> int | None:
    """Return where the text from `begin` on is closed; marks within code and links close nothing."""
    start, state.pos = state.pos, begin
    while state.pos < state.posMax and not state.src.startswith(_SPOILER, state.pos):
        state.md.inline.skipToken(state)
    end, state.pos = state.pos, start
    return end if begin < end < state.posMax else None


def _blocks(tokens: Sequence["Token"]) -> str:
    """Join the blocks: an empty line between them, none between the items of a list."""
    return "\n\n".join(_block(tokens, 0, len(tokens)))


def _block(tokens: Sequence["Token"], start: int, end: int, depth: int = 0) -> Iterator[str]:
    """Yield each block between two places of the tokens."""
    place = start
    while place < end:
        token, last = tokens[place], _closing(tokens, place)
        inside = (tokens, place + 1, last)
        match token.type:
            case "blockquote_open":
                yield f"<blockquote>{_one_quote(_block(*inside))}</blockquote>"
            case "bullet_list_open" | "ordered_list_open":
                yield "\n".join(_items(*inside, depth, _first_number(token)))
            case "fence":
                yield f"<pre>{escape(token.content.rstrip(), quote=False)}</pre>"
            case "inline":
                yield "".join(_inline(token.children or []))
            case _:
                yield from _block(*inside, depth)
        place = last + 1


def _first_number(token: "Token") -> int | None:
    """Return the number of a list's first item; None where its items have none."""
    start = token.attrGet("start")
    return (1 if start is None else int(start)) if token.type.startswith("ordered") else None


def _one_quote(blocks: Iterator[str]) -> str:
    """Join what stands in a quote; Telegram knows no quote within a quote."""
    return "\n\n".join(blocks).replace("<blockquote>", "").replace("</blockquote>", "")


def _items(tokens: Sequence["Token"], start: int, end: int, depth: int, number: int | None) -> Iterator[str]:
    place = start
    while place < end:
        last = _closing(tokens, place)
        mark = _BULLET if number is None else f"{number}."
        yield _INDENT * depth + f"{mark} " + "\n".join(_block(tokens, place + 1, last, depth + 1))
        number = None if number is None else number + 1
        place = last + 1


def _closing(tokens: Sequence["Token"], place: int) -> int:
    """Return the place of the token that closes the one at `place`; its own where nothing opens."""
    if tokens[place].nesting <= 0:
        return place
    level = tokens[place].level
    return next(number for number in range(place + 1, len(tokens)) if tokens[number].level == level and tokens[number].nesting < 0)


def _inline(tokens: Sequence["Token"]) -> Iterator[str]:
    for token in tokens:
        tag = _TAGS.get(token.tag)
        if token.type in {"softbreak", "hardbreak"}:
            yield "\n"
        elif token.type == "code_inline":
            yield f"<code>{escape(token.content, quote=False)}</code>"
        elif token.type == "link_open":
            yield f'<a href="{escape(str(token.attrGet("href")))}">'
        elif token.type == "link_close":
            yield "</a>"
        elif tag:
            yield f"<{'/' if token.nesting < 0 else ''}{tag}>"
        else:
            yield escape(token.content, quote=False)
