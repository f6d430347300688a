"""Faults of values, as the model's types report them, in an author's words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from difflib import get_close_matches
from typing import Any, Final, Literal

from pydantic_core import ErrorDetails

from bot.content.fields import Competency
from bot.content.findings import ErrorCode
from bot.content.items import ITEM_TYPES
from bot.content.items.choice import Choice
from bot.content.items.cloze import Gap
from bot.content.items.matching import Match
from bot.content.items.numeric import WrongNumber
from bot.content.items.scenario import Deed, Scene
from bot.content.items.short_text import WrongText
from bot.content.items.true_false import Feedback
from bot.content.model import Card, Media, Module, Path, Quiz, Source

_PARTS: Final = (Choice, Feedback, WrongText, WrongNumber, Match, Gap, Scene, Deed)
_KEYS: Final = sorted(
    {field.name for kind in (Module, Path, Card, Quiz, Source, Media, Competency, *_PARTS, *ITEM_TYPES.values()) for field in fields(kind)}
)
_NOTHING_WRITTEN: Final = frozenset({"missing", "union_tag_not_found"})


def explain(error: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong with a value and what to do about it."""
    name = next((str(part) for part in reversed(error["loc"]) if isinstance(part, str)), "berkas")
    value = error["input"]
    if value is None and error["type"] not in _NOTHING_WRITTEN:
        return f"{name} kosong", "isi, atau hapus barisnya bila tidak wajib"
    _, say = _WORDING.get(error["type"], _OTHER)
    return say(name, value, error.get("ctx", {}) | {"message": error["msg"]})


def code_of(error: ErrorDetails) -> ErrorCode:
    """Return the code of the finding that a fault of a value becomes."""
    kind = error["type"]
    empty = error["input"] is None and kind not in _NOTHING_WRITTEN
    if error["loc"] and error["loc"][-1] == "alt" and (empty or kind in {"missing", "string_too_short"}):
        return "alt-missing"
    own: ErrorCode = error.get("ctx", {}).get("code", "invalid-value")
    return "empty-value" if empty else _WORDING.get(kind, _OTHER)[0] or own


def did_you_mean(word: str, known: list[str]) -> str:
    """Return the start of an advice that names the known word closest to `word`, or nothing."""
    close = get_close_matches(word, [one for one in known if one != word], 1, 0.7)
    return f"maksud Anda {close[0]}? " if close else ""


def _short(value: object) -> str:
    text = str(value).strip().replace("\n", " ")
    return f'"{text}"' if len(text) <= 40 else f'"{text[:39]}…"'  # noqa: PLR2004 - enough to recognise it, short enough for one line


Say = Callable[[str, Any, Mapping[str, Any]], tuple[str, str]]


def _own(_: str, __: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    return context["what"], context["advice"]


def _other(name: str, _: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    return f"{name} tidak sah ({context['message']})", "bandingkan dengan contoh di docs/authoring.md"


def _missing(name: str, *_: Any) -> tuple[str, str]:
    return f"{name} belum ada", f"tambahkan {name}:"


def _unknown(name: str, *_: Any) -> tuple[str, str]:
    return f"kunci {name} tidak dikenal di sini", f"{did_you_mean(name, _KEYS)}hapus, atau periksa ejaan dan indennya"


def _text(name: str, value: Any, _: Mapping[str, Any]) -> tuple[str, str]:
    if isinstance(value, (dict, list)):
        return f"{name} harus teks", 'beri tanda kutip: "…"'
    return f"{name} harus teks, tetapi YAML membacanya sebagai {_kind(value)}", f'beri tanda kutip: "{str(value).lower()}"'


def _kind(value: object) -> str:
    return "benar/salah" if isinstance(value, bool) else "angka"


def _number(name: str, value: Any, _: Mapping[str, Any]) -> tuple[str, str]:
    if re.fullmatch(r"\d+:\d+", str(value)):
        return f"{name} {_short(value)} adalah jam, bukan bilangan bulat", "tulis satu angka, misalnya 5"
    return f"{name} harus bilangan bulat, bukan {_short(value)}", "tulis angkanya saja, misalnya 5, tanpa tanda kutip"


def _decimal(name: str, value: Any, _: Mapping[str, Any]) -> tuple[str, str]:
    return f"{name} harus bilangan, bukan {_short(value)}", "tulis angkanya saja dengan titik sebagai koma desimal, misalnya 2.5"


def _flag(name: str, value: Any, _: Mapping[str, Any]) -> tuple[str, str]:
    return f"{name} harus true atau false, bukan {_short(value)}", "tulis true (benar) atau false (salah), tanpa tanda kutip"


def _list(name: str, *_: Any) -> tuple[str, str]:
    return f"{name} harus daftar", "tulis tiap butir di baris baru yang diawali tanda -, atau [a, b]"


def _mapping(name: str, *_: Any) -> tuple[str, str]:
    return f"isi {name} harus pasangan kunci: isi", "bandingkan dengan contoh di docs/authoring.md"


def _too_long(name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    return f"{name} {len(value)} huruf, paling banyak {context['max_length']}", "ringkas"


def _blank(name: str, *_: Any) -> tuple[str, str]:
    return f"{name} kosong", "isi, atau hapus barisnya bila tidak wajib"


def _pattern(name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    if "http" in context["pattern"]:
        return f"{name} {_short(value)} bukan alamat web", "awali dengan https://"
    return f"{name} {_short(value)} bukan nama yang sah", "pakai hanya a-z, 0-9 dan tanda hubung, misalnya kata-sandi"


def _at_least(name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    return f"{name} {value}, paling sedikit {context['ge']}", "naikkan angkanya"


def _more_than(name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    return f"{name} {value}, harus lebih dari {context['gt']:g}", "naikkan angkanya"


def _at_most(name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    return f"{name} {value}, paling banyak {context['le']}", "turunkan angkanya"


def _too_few(name: str, _: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    return f"{name} berisi {context['actual_length']}, paling sedikit {context['min_length']}", "tambahkan"


def _too_many(name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    return f"{name} berisi {len(value)}, paling banyak {context['max_length']}", "kurangi, atau bagi menjadi dua"


def _one_of(name: str, value: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    expected = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
    return f"{name} {_short(value)} tidak dikenal", f"{did_you_mean(str(value), expected)}pilih {' atau '.join(expected)}"


def _item_type(_: str, __: Any, context: Mapping[str, Any]) -> tuple[str, str]:
    tag = str(context.get("tag", ""))
    what = f"jenis soal {_short(tag)} tidak dikenal" if tag else "type soal belum ada"
    return what, f"{did_you_mean(tag, list(ITEM_TYPES))}tulis type: {' atau '.join(ITEM_TYPES)}"


_OTHER: Final = ("invalid-value", _other)
_WORDING: Final[Mapping[str, tuple[ErrorCode | Literal[""], Say]]] = {
    "content": ("", _own),  # it brings its own code
    "missing": ("missing-key", _missing),
    "unexpected_keyword_argument": ("unknown-key", _unknown),
    "string_type": ("wrong-type", _text),
    "int_type": ("wrong-type", _number),
    "float_type": ("wrong-type", _decimal),
    "bool_type": ("wrong-type", _flag),
    "tuple_type": ("wrong-type", _list),
    "dataclass_type": ("wrong-type", _mapping),
    "dict_type": ("wrong-type", _mapping),
    "model_attributes_type": ("wrong-type", _mapping),
    "string_too_long": ("too-long", _too_long),
    "string_too_short": ("empty-value", _blank),
    "string_pattern_mismatch": ("bad-format", _pattern),
    "greater_than": ("out-of-range", _more_than),
    "greater_than_equal": ("out-of-range", _at_least),
    "less_than_equal": ("out-of-range", _at_most),
    "too_short": ("too-few", _too_few),
    "too_long": ("too-many", _too_many),
    "literal_error": ("unknown-value", _one_of),
    "union_tag_invalid": ("unknown-value", _item_type),
    "union_tag_not_found": ("missing-key", _item_type),
}
