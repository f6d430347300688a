"""YAML that is written for authors: the loader reads back what was written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.reading import parse
from bot.content.writing import to_yaml

UNSEEN = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 127]))  # what the loader refuses in any text
KEYS = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
LEAVES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters=UNSEEN)),
    st.integers(-(10**14), 10**14),
    st.decimals(0, 10**6, places=4).map(float),
    st.booleans(),
    st.none(),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_what_was_written_is_read_back(data: dict[str, Any]) -> None:
    assert parse("modul.yaml", to_yaml(data).encode()).data == data


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("satu\ndua", "|-\n  satu\n  dua"),
        (" satu\ndua", '" satu\\ndua"'),
        ("satu \ndua", '"satu \\ndua"'),
        ("satu\u200b", '"satu\u200b"'),
        (" ", '" "'),
        ("ya: tidak", "'ya: tidak'"),
    ],
)
def test_a_text_is_written_so_that_it_is_read_back_letter_by_letter(text: str, written: str) -> None:
    assert to_yaml({"a": text}) == f"a: {written}\n"
    assert parse("modul.yaml", to_yaml({"a": text}).encode()).data == {"a": text}


def test_it_looks_as_an_author_would_write_it() -> None:
    data = {
        "id": "contoh",
        "cards": [{"text": "Satu\n\nDua\n", "title": "no"}],
        "minutes": 5,
        "jam": "12:30",
        "tahun": "2024",
        "nilai": 2.50,
    }
    assert to_yaml(data) == (
        "id: contoh\ncards:\n  - text: |\n      Satu\n\n      Dua\n    title: 'no'\nminutes: 5\njam: '12:30'\ntahun: \"2024\"\nnilai: 2.5\n"
    )
