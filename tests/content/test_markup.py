"""Telegram's HTML."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import markup


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("polos > biasa", "polos > biasa"),
        ("<b>tebal <i>miring</i></b> &amp; &lt;b&gt; &#65;&#x42;", "tebal miring & <b> AB"),
        ('<a href="https://example.org/?a=1&amp;b=2">tautan</a>', "tautan"),
        ('<pre><code class="language-python">x = 1</code></pre>', "x = 1"),
        ("<blockquote expandable>panjang</blockquote>", "panjang"),
        ("<tg-spoiler>rahasia</tg-spoiler> <u>u</u> <s>s</s>", "rahasia u s"),
        ("<B>besar</b>", "besar"),
    ],
)
def test_what_telegram_takes_is_read_as_a_person_does(text: str, read: str) -> None:
    assert markup.faults(text) == ()
    assert markup.visible(text) == read


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<b>a", "<b> belum ditutup"),
        ("a</b>", "</b> tidak punya pembuka"),
        ("<b><i>a</b></i>", "</b> menutup sebelum"),
        ("<p>a</p>", "<p> tidak dikenal"),
        ("<span class='tg-spoiler'>a</span>", "<span> tidak dikenal"),
        ("<a>a</a>", "isi tanda <a>"),
        ('<a href="javascript:x">a</a>', "isi tanda <a href"),
        ('<b class="x">a</b>', "isi tanda <b class"),
        ("<code><b>a</b></code>", "<b> berada di dalam <code>"),
        ("<blockquote><b><blockquote>a</blockquote></b></blockquote>", "<blockquote> berada di dalam <blockquote>"),
        ("1 < 2", "tanda < di dalam teks"),
        ("R&D", "tanda & di dalam teks"),
        ("a&nbsp;b", "&nbsp; tidak dikenal"),
        ("<b", "tanda < di dalam teks"),
    ],
)
def test_what_telegram_refuses_is_told(text: str, what: str) -> None:
    assert what in markup.faults(text)[0].what


def test_a_fault_knows_its_line() -> None:
    assert [fault.row for fault in markup.faults("satu\n<b>dua\n<p>")] == [2, 1]


@given(st.text())
def test_escaped_text_is_always_faultless_and_reads_as_it_was(text: str) -> None:
    assert markup.faults(escape(text)) == ()
    assert markup.visible(escape(text, quote=False)) == text


@given(st.text(alphabet="<>/&;#ab i\n\"='p", max_size=60))
def test_any_soup_is_judged_without_a_crash(text: str) -> None:
    assert all(fault.what and fault.advice and 0 <= fault.row <= text.count("\n") for fault in markup.faults(text))


@pytest.mark.parametrize(("text", "units"), [("abc", 3), ("é", 1), ("🎓", 2), ("👨‍👩‍👧", 8)])
def test_length_is_counted_in_utf_16(text: str, units: int) -> None:
    assert markup.length(text) == units
