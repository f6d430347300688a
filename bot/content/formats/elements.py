"""The elements of HTML (html.spec.whatwg.org, indices), and what they mean in a message."""

import re
from collections.abc import Mapping
from typing import Final

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
MARKS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("b", "strong", *_HEADINGS), "b"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "i"),
    **dict.fromkeys(("u", "ins"), "u"),
    **dict.fromkeys(("s", "del", "strike"), "s"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "pre": "pre",
    "tg-spoiler": "tg-spoiler",
}
STYLES: Final = {
    "b": re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE),
    "i": re.compile(r"font-style:\s*italic", re.IGNORECASE),
    "u": re.compile(r"text-decoration[\w-]*:[^;]*underline", re.IGNORECASE),
    "s": re.compile(r"text-decoration[\w-]*:[^;]*line-through", re.IGNORECASE),
}
# Elements that stand on lines of their own, and how many line breaks separate them from the text around at least.
BLOCKS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("p", "hr", "figure", *_HEADINGS), 2),
    **dict.fromkeys(("blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "tr", "figcaption", "address"), 1),
    **dict.fromkeys(("div", "section", "article", "aside", "header", "footer", "main", "nav", "center", "details", "summary"), 1),
    **dict.fromkeys(("form", "fieldset", "legend", "option", "body", "html"), 1),
}
LISTS: Final = ("ul", "ol")
ENDS: Final[Mapping[str, tuple[str, ...]]] = {  # what ends by itself when such an element begins right in it
    **{name: (name,) for name in ("p", "li", "option")},
    **dict.fromkeys(("dt", "dd"), ("dt", "dd")),
    **dict.fromkeys(("td", "th"), ("td", "th")),
    "tr": ("td", "th", "tr"),
}
VOID: Final = ("br", "hr", "img", "wbr", "input", "source", "track", "embed", "area", "base", "col", "link", "meta", "param")
FILES: Final[Mapping[str, str]] = {  # which attribute names the file that an element shows or leads to
    **dict.fromkeys(("img", "audio", "video", "source", "iframe", "embed"), "src"),
    "object": "data",
    "a": "href",
}
ALT_OR_TITLE: Final = ("alt", "title")
EMBEDDED: Final = {
    "iframe": "halaman yang disematkan",
    "embed": "isi yang disematkan",
    "object": "isi yang disematkan",
    "script": "skrip",
    "svg": "gambar SVG di dalam teks",
    "canvas": "gambar yang dibuat oleh skrip",
    "math": "rumus MathML (hanya huruf-hurufnya tinggal)",
}
_SIGNS: Final = "0123456789+-=()"
SHIFTS: Final = {  # how raised and lowered letters are written, and the sign before those that Unicode does not have
    "sup": ("^", str.maketrans(_SIGNS + "\u2212ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻ⁿⁱ")),
    "sub": ("_", str.maketrans(_SIGNS + "\u2212", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋")),
}
_OTHERS: Final = (
    "abbr acronym applet audio big bdi bdo button colgroup data datalist dir font frame frameset hgroup label map mark menu meter "
    "output picture progress q rb rp rt rtc ruby search select slot small span tbody td textarea tfoot th thead time title video style "
    "template head noscript"
)
KNOWN: Final = frozenset((*MARKS, *BLOCKS, *LISTS, *VOID, *FILES, *EMBEDDED, *SHIFTS, *_OTHERS.split()))
