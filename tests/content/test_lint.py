"""What makes a module poor though it works: for each rule a module that has the fault, and ones that nearly have it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pytest

from bot.content.lint import RULES
from bot.content.writing import to_yaml
from tests.content.poor import all_right, card, choice, choices, judge, module, placed, source, without

if TYPE_CHECKING:
    from tests.content.conftest import Folder

ADVICE: Final = {rule.code: rule.advice for rule in RULES}
LONG: Final = "Jawaban yang jauh lebih panjang"
WRONG: Final = ("Bukan yang ini", "Bukan yang itu")
WORDS: Final = " ".join(["kata"] * 180)  # a minute
OLD_LAW: Final = "Dasarnya Undang-Undang Nomor 5 Tahun 2014."
SCENARIO: Final = {
    "id": "cerita",
    "type": "scenario",
    "text": "Cerita.",
    "explanation": "Karena.",
    "card": "satu",
    "scenes": [{"id": "awal", "text": "Lalu?", "options": [{"text": text, "score": len(text), "reason": "Ya."} for text in ("A", "Ya")]}],
}
OLD_SCENE: Final = {
    "id": "awal",
    "text": OLD_LAW,
    "options": [{"text": text, "score": len(text), "reason": "Ya."} for text in ("Ya", "Oke")],
}

# What is poor; the code, and what is said of which line.
POOR: Final[Mapping[str, tuple[dict[str, Any], str, str]]] = {
    "the right option is the longest of three in four": (
        module(*choices([LONG, LONG, LONG, "Ini"], *WRONG)),
        "correct-always-longest",
        "items: pilihan yang benar paling panjang pada 3 dari 4 soal pilihan",
    ),
    "the right option is the first of three in four": (
        module(*placed(0, 0, 0, 2), shuffle=False),
        "correct-always-first",
        "items: pilihan yang benar yang pertama pada 3 dari 4 soal pilihan",
    ),
    "an option of one letter": (
        module(choice("A", "Jawaban lain")),
        "one-letter-option",
        '- text: A pilihan "A" hanya satu huruf',
    ),
    "an option of one letter and a mark": (
        module(choice("Jawaban", "Jawaban lain", "c.")),
        "one-letter-option",
        '- text: c. pilihan "c." hanya satu huruf',
    ),
    "a deed of one letter": (
        module(SCENARIO),
        "one-letter-option",
        '- text: A pilihan "A" hanya satu huruf',
    ),
    "a card of which nothing is seen": (
        module(cards=card(text="<b>\u200b</b> \u2060")),
        "invisible-text",
        'text: "<b>\u200b</b> \u2060" teks ini tidak terlihat; isinya hanya U+200B, U+2060',
    ),
    "a title of which nothing is seen": (
        module(title="\u00ad"),
        "invisible-text",
        'title: "\u00ad" teks ini tidak terlihat; isinya hanya U+00AD',
    ),
    "a question of which nothing is seen": (
        module(judge("&#8203;")),
        "invisible-text",
        "text: '&#8203;' teks ini tidak terlihat; isinya hanya U+200B",
    ),
    "an option of which nothing is seen": (
        module(choice("Jawaban", "\u3164\u3164")),
        "invisible-text",
        "- text: \u3164\u3164 teks ini tidak terlihat; isinya hanya U+3164",
    ),
    "an explanation of which nothing is seen": (
        module(judge(explanation="<b> </b>")),
        "invisible-text",
        "explanation: <b> </b> teks ini tidak terlihat",
    ),
    "no explanation": (
        module(without(judge(), "explanation")),
        "explanation-missing",
        "- id: nilai soal nilai tidak punya penjelasan",
    ),
    "no explanation of a check on a card": (
        module(cards=card(check={"id": "cek", "type": "true_false", "text": "Benar?", "answer": True})),
        "explanation-missing",
        "check: soal cek tidak punya penjelasan",
    ),
    "more to read than is said": (
        module(cards=card(text=f"{WORDS}.", reveal=WORDS), draw=1, minutes=6),
        "minutes-off",
        "minutes: 6 minutes 6, padahal 360 kata dan 1 soal perlu sekitar 3 menit",
    ),
    "no source at all": (
        without(module(cards=[without(card()[0], "sources")]), "sources"),
        "source-missing",
        "id: contoh modul ini tidak menyebut satu sumber pun",
    ),
    "a card without a source": (
        module(judge(sources=["uu"]), cards=[without(card()[0], "sources")]),
        "source-missing",
        "- id: satu kartu satu tidak menyebut sumber",
    ),
    "a question without a source or a card": (
        module(without(judge(), "card")),
        "source-missing",
        "- id: nilai soal nilai tidak menyebut sumber, juga tidak lewat kartunya",
    ),
    "a source that was in force until yesterday": (
        module(sources=source("SE 1/2025", valid_until="2026-11-23")),
        "rule-expired",
        "- id: uu SE 1/2025 berlaku hanya sampai 2026-11-23",
    ),
    "a source that everybody knows to be replaced": (
        module(sources=source("UU No. 5 Tahun 2014 tentang Aparatur Sipil Negara")),
        "rule-expired",
        "- id: uu UU No. 5 Tahun 2014 tentang Aparatur Sipil Negara berlaku hanya sampai 2023-10-30; penggantinya UU 20/2023 tentang ASN",
    ),
    "a source that is no more and has no successor": (
        module(sources=source("Surat edaran tahunan")),
        "rule-expired",
        "- id: uu Surat edaran tahunan berlaku hanya sampai 2025-12-31",
    ),
    "a card that names a rule which was replaced": (
        module(cards=card(text=OLD_LAW)),
        "rule-expired",
        "- id: satu di sini disebut UU 5/2014 tentang ASN, yang berlaku hanya sampai 2023-10-30; penggantinya UU 20/2023 tentang ASN",
    ),
    "a scene that names a rule which was replaced": (
        module({**SCENARIO, "scenes": [OLD_SCENE]}),
        "rule-expired",
        "- id: cerita di sini disebut UU 5/2014 tentang ASN, yang berlaku hanya sampai 2023-10-30; penggantinya UU 20/2023 tentang ASN",
    ),
    "a competency that is not listed": (
        module(competency={"id": "integrtas", "level": 2}),
        "competency-unknown",
        "id: integrtas kompetensi integrtas tidak ada; maksud Anda integritas?",
    ),
    "a question's competency that is not listed": (
        module(judge(competency={"id": "memasak", "level": 2})),
        "competency-unknown",
        "id: memasak kompetensi memasak tidak ada",
    ),
    "the same question twice": (
        module(judge("Data pribadi wajib dijaga oleh instansi."), judge("Data <b>pribadi</b> wajib dijaga, oleh Instansi!", id="lagi")),
        "duplicate-question",
        "- id: lagi soal lagi sama atau hampir sama dengan soal nilai",
    ),
    "the same question but for a letter": (
        module(judge("Data pribadi wajib dijaga oleh instansi."), judge("Data pribadi wajib dijaga oleh instansii.", id="lagi")),
        "duplicate-question",
        "- id: lagi soal lagi sama atau hampir sama dengan soal nilai",
    ),
}

GOOD: Final[Mapping[str, dict[str, Any]]] = {
    "nothing": module(),
    "letters that are joined by what nobody sees": module(judge("Keluarga \U0001f468\u200d\U0001f469 itu\u00adbenar.")),
    "the longest of two in four": module(*choices([LONG, LONG, "Ini", "Itu"], *WRONG)),
    "the longest of three in three": module(*choices([LONG] * 3, *WRONG)),
    "longer by less than a person sees": module(*choices(["Bukan yang sana"] * 4, *WRONG)),
    "long where more than one is right": module(*map(all_right, choices([LONG] * 4, *WRONG))),
    "the first, but shuffled": module(*placed(0, 0, 0, 0)),
    "the first of two in four": module(*placed(0, 0, 2, 2), shuffle=False),
    "the first of three in three": module(*placed(0, 0, 0), shuffle=False),
    "options of two letters and of a digit": module(choice("AB", "7", "ya")),
    "a thought without an explanation": module(judge(), {"id": "renungan", "type": "reflection", "text": "Apa yang berubah?"}),
    "off by two minutes": module(cards=card(text=WORDS), draw=1, minutes=4),
    "off by half": module(*placed(0, 2, 0, 2, 0, 2), cards=card(text=WORDS, reveal=WORDS), draw=6, minutes=9),
    "a question with the source of its card": module(judge()),
    "a question with its own source": module(judge(sources=["uu"])),
    "a source that is in force today for the last time": module(sources=source("SE 1/2025", valid_until="2026-11-24")),
    "another law of that year": module(sources=source("UU 15/2014"), cards=card(text="Menurut UU 5/2015 dan PP 5/2014.")),
    "a card that names what replaced it": module(cards=card(text=OLD_LAW, reveal="Kini UU 20/2023.")),
    "a competency that is listed": module(competency={"id": "integritas", "level": 2}),
    "other numbers": module(judge("Batasnya 3 x 24 jam."), judge("Batasnya 2 x 24 jam.", id="lagi")),
    "the opposite": module(
        judge("Data pribadi warga boleh dibagikan di grup."), judge("Data pribadi warga tidak boleh dibagikan di grup.", id="lagi")
    ),
    "the same words for another answer": module(choice("Surel dinas", *WRONG), choice("Nota dinas", *WRONG, id="lagi")),
}


def said(folder: "Folder") -> list[tuple[str, str]]:
    """Return the code of each finding, and its line with what is said of it; the rule's own advice is left out."""
    lines = (folder.root / "modules/contoh.yaml").read_text(encoding="utf-8").splitlines()
    found = [(one, f"{lines[one.line - 1].strip()} {one.what}; {one.advice}") for one in folder.review()]
    return [(one.code, told.removesuffix(ADVICE[one.code]).rstrip("; ")) for one, told in found]


@pytest.mark.parametrize(("poor", "code", "told"), POOR.values(), ids=POOR.keys())
def test_what_is_poor_is_told_with_its_line_and_its_code(informed: "Folder", poor: dict[str, Any], code: str, told: str) -> None:
    informed.module(to_yaml(poor))
    assert said(informed) == [(code, told)]


@pytest.mark.parametrize("good", GOOD.values(), ids=GOOD.keys())
def test_what_is_nearly_so_is_not(informed: "Folder", good: dict[str, Any]) -> None:
    informed.module(to_yaml(good))
    assert said(informed) == []


def test_every_rule_of_one_module_has_a_module_that_breaks_it() -> None:
    assert {code for _, code, _ in POOR.values()} | {"orphan-media", "unused-ignore"} == ADVICE.keys()


def test_a_folder_without_lists_has_nothing_to_compare_with(folder: "Folder") -> None:
    folder.module(to_yaml(module(competency={"id": "memasak", "level": 2}, cards=card(text=OLD_LAW))))
    assert said(folder) == []
