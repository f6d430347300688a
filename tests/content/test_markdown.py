"""Light Markdown, as Telegram's HTML."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import markup
from bot.content.markdown import to_html

if TYPE_CHECKING:
    from tests.content.conftest import Folder

LETTERS = st.text("ab *_`~|>[]()#-1.\n\\<&!{}", max_size=60)


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("**tebal** *miring* _juga_ ~~coret~~", "<b>tebal</b> <i>miring</i> <i>juga</i> <s>coret</s>"),
        ("***keduanya***", "<i><b>keduanya</b></i>"),
        ("satu baris\nbaris dua\n\nparagraf", "satu baris\nbaris dua\n\nparagraf"),
        ("- satu\n- dua **x**\n  - dalam\n- tiga", "• satu\n• dua <b>x</b>\n  • dalam\n• tiga"),
        ("3. tiga\n4. empat", "3. tiga\n4. empat"),
        ("pembuka\n\n- satu\n\npenutup", "pembuka\n\n• satu\n\npenutup"),
        ("> kutipan\n> lagi\n\nsesudah", "<blockquote>kutipan\nlagi</blockquote>\n\nsesudah"),
        ("> luar\n> > dalam", "<blockquote>luar\n\ndalam</blockquote>"),
        ("||rahasia *x*|| bukan ||", "<tg-spoiler>rahasia <i>x</i></tg-spoiler> bukan ||"),
        ("||||", "||||"),
        ("[||a]||](https://a.id)", '<a href="https://a.id"><tg-spoiler>a]</tg-spoiler></a>'),
        ("||`a||b`||", "<tg-spoiler><code>a||b</code></tg-spoiler>"),
        ("0. nol\n1. satu", "0. nol\n1. satu"),
        ("[tautan](https://a.id/?a=1&b=2)", '<a href="https://a.id/?a=1&amp;b=2">tautan</a>'),
        ("<https://a.id>", '<a href="https://a.id">https://a.id</a>'),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("`kode <b>`", "<code>kode &lt;b&gt;</code>"),
        ("```\nkode\n  x\n```", "<pre>kode\n  x</pre>"),
        ("<b>bukan tanda</b> & 1 < 2", "&lt;b&gt;bukan tanda&lt;/b&gt; &amp; 1 &lt; 2"),
        ("a\\*b\\* 2 * 3", "a*b* 2 * 3"),
        ("# bukan judul", "# bukan judul"),
        ("", ""),
    ],
)
def test_what_an_author_writes_is_what_telegram_understands(written: str, html: str) -> None:
    assert to_html(written) == html


@given(LETTERS)
def test_whatever_is_written_telegram_takes_it_unless_a_link_leads_nowhere(written: str) -> None:
    assert [fault for fault in markup.faults(to_html(written)) if not fault.what.startswith("isi tanda <a ")] == []


def test_a_module_says_that_it_is_written_in_markdown(folder: "Folder") -> None:
    text = folder.module().read_text().replace("language: id", "language: id\nformat: markdown").replace("Baris kedua.", "**Baris** kedua.")
    folder.module(text)
    module = folder.catalogue().modules["contoh"]
    assert "<b>Baris</b> kedua." in module.cards[0].text


def test_the_same_file_as_html_shows_the_stars(folder: "Folder") -> None:
    folder.module(folder.module().read_text().replace("Baris kedua.", "**Baris** kedua."))
    assert "**Baris** kedua." in folder.catalogue().modules["contoh"].cards[0].text


def test_what_is_no_text_is_told_as_in_a_file_without_markdown(folder: "Folder") -> None:
    folder.module(folder.module().read_text().replace("language: id", "language: id\nformat: markdown").replace("Mana yang tepat?", "2024"))
    (finding,) = folder.findings()
    assert finding.startswith("content/modules/contoh.yaml:23: text harus teks, tetapi YAML membacanya sebagai angka; beri tanda kutip")
