"""The HTML that Telegram understands in a message: checked before anybody sends it.

Rules: core.telegram.org/bots/api#html-style and #formatting-options (nesting).
"""

import re
from dataclasses import dataclass
from html import unescape
from typing import Final

TAGS: Final = ("b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler")
INSTEAD: Final = {
    "br": "tekan Enter untuk baris baru",
    "p": "beri satu baris kosong di antara paragraf",
    "li": "tulis tanda • di awal baris",
    "ul": "tulis tanda • di awal tiap baris",
    "ol": "tulis 1. 2. 3. di awal tiap baris",
    "strong": "tulis <b>…</b>",
    "em": "tulis <i>…</i>",
    "h1": "tulis <b>…</b>",
    "h2": "tulis <b>…</b>",
    "img": "pakai kunci media pada kartu",
}
_TOKEN: Final = re.compile(
    r"<(?P<close>/?)(?P<tag>[A-Za-z][\w-]*)(?P<attributes>[^<>]*)>|<"
    r"|&(?P<entity>#\d{1,7}|#x[0-9A-Fa-f]{1,6}|\w{1,8});|&",
)
_ATTRIBUTES: Final = {
    "a": re.compile(r"""\s+href=(["'])(https?://|tg://|mailto:)[^"'\s]+\1\s*"""),
    "blockquote": re.compile(r"(\s+expandable)?\s*"),
    "code": re.compile(r"""(\s+class=(["'])language-[\w+#-]+\2)?\s*"""),
}
_NO_ATTRIBUTES: Final = re.compile(r"\s*")
_ENTITIES: Final = frozenset({"lt", "gt", "amp", "quot"})
_CLOSED_TO_ALL: Final = frozenset({"code", "pre"})
_NOT_IN_ITSELF: Final = frozenset({"a", "blockquote"})


@dataclass(frozen=True, slots=True)
class MarkupFault:
    """What is wrong with a text, what to do, and in which of its lines (0 is the first)."""

    what: str
    advice: str
    row: int


def faults(text: str) -> tuple[MarkupFault, ...]:
    """Return all that Telegram would refuse in `text`, in the order of the text."""
    if "<" not in text and "&" not in text:
        return ()
    return tuple(_scan(text))


def visible(text: str) -> str:
    """Return what a person reads of a faultless `text`: without tags, entities as characters."""
    if "<" not in text and "&" not in text:
        return text
    return unescape(_TOKEN.sub(lambda token: "" if token["tag"] else token[0], text))


def length(plain: str) -> int:
    """Return the length of a plain text as Telegram counts it: in UTF-16 code units."""
    return len(plain) if plain.isascii() else len(plain.encode("utf-16-le", "surrogatepass")) // 2


def _scan(text: str) -> list[MarkupFault]:
    found: list[MarkupFault] = []
    open_tags: list[tuple[str, int]] = []
    for token in _TOKEN.finditer(text):
        row = text.count("\n", 0, token.start())
        fault = _closing(token, open_tags) if token["close"] else _opening(token, open_tags, row) if token["tag"] else _loose(token)
        if fault:
            found.append(MarkupFault(*fault, row))
    found += [MarkupFault(f"tanda <{tag}> belum ditutup", f"tambahkan </{tag}>", row) for tag, row in open_tags]
    return found


def _opening(token: re.Match[str], open_tags: list[tuple[str, int]], row: int) -> tuple[str, str] | None:
    tag = token["tag"].lower()
    if tag not in TAGS:
        return f"tanda <{tag}> tidak dikenal Telegram", INSTEAD.get(tag, f"pakai hanya {', '.join(TAGS)}, atau tulis &lt;{tag}&gt;")
    around = [name for name, _ in open_tags]
    open_tags.append((tag, row))
    if not _ATTRIBUTES.get(tag, _NO_ATTRIBUTES).fullmatch(token["attributes"]):
        return f"isi tanda {token[0]} tidak dikenal Telegram", 'tulis <a href="https://…">' if tag == "a" else f"tulis <{tag}> saja"
    return _nesting(tag, around)


def _nesting(tag: str, around: list[str]) -> tuple[str, str] | None:
    if tag in _NOT_IN_ITSELF and tag in around:
        return f"<{tag}> berada di dalam <{tag}>", "tutup yang pertama dulu"
    holder = next((name for name in around if name in _CLOSED_TO_ALL), None)
    if holder and (holder, tag) != ("pre", "code"):
        return f"<{tag}> berada di dalam <{holder}>", f"isi <{holder}> hanya boleh teks polos"
    return None


def _closing(token: re.Match[str], open_tags: list[tuple[str, int]]) -> tuple[str, str] | None:
    tag = token["tag"].lower()
    if open_tags and open_tags[-1][0] == tag:
        open_tags.pop()
        return None
    if tag in (name for name, _ in open_tags):
        while open_tags.pop()[0] != tag:
            pass
        return f"</{tag}> menutup sebelum tanda di dalamnya ditutup", "tutup tanda dari yang paling dalam, misalnya <b><i>…</i></b>"
    return (f"</{tag}> tidak punya pembuka", f"hapus, atau tambahkan <{tag}> sebelumnya") if tag in TAGS else None


def _loose(token: re.Match[str]) -> tuple[str, str] | None:
    if token["entity"]:
        known = token["entity"].startswith("#") or token["entity"] in _ENTITIES
        return None if known else (f"{token[0]} tidak dikenal Telegram", "tulis hurufnya langsung, kecuali &lt; &gt; &amp; &quot;")
    return (f"tanda {token[0]} di dalam teks", "tulis &lt; sebagai ganti <" if token[0] == "<" else "tulis &amp; sebagai ganti &")
