"""HTML of editors and browsers, and the HTML of Telegram: from one to the other and back."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import markup
from bot.content.formats.markup import LONGEST, Linked, to_html, to_plain, to_telegram
from tests.content.formats.costs import takes_little_time

WORDS = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=8).map(lambda word: escape(word, quote=False))
MARKS = st.permutations(["b", "i", "u", "s", "tg-spoiler"]).flatmap(lambda tags: st.integers(0, 3).map(lambda count: tags[:count]))
ADDRESSES = st.sampled_from(["https://contoh.go.id/?a=1&amp;b=2", "http://x.id", "tg://user?id=1", "mailto:a@b.id"])
FRAGMENTS = [
    "<b>",
    "</b>",
    "<i",
    "<a href='https://x'>",
    "<a href=x>",
    "</a>",
    "<pre>",
    "<code class='language-c'>",
    "</pre>",
    "<ul>",
    "<ol>",
    "<li>",
]
FRAGMENTS += [
    "<td>",
    "<table>",
    "<tr>",
    "</table>",
    "<blockquote>",
    "</blockquote>",
    "<p>",
    "<br>",
    "&nbsp;",
    "&",
    "<",
    ">",
    "&lt;",
    "<!--",
    "-->",
]
FRAGMENTS += [
    "<script>",
    "</script>",
    "<sup>",
    "2",
    "x",
    " ",
    "\n",
    "<span class='tg-spoiler'>",
    "</span>",
    "<y",
    '"',
    "'",
    "=",
    "<img src=a alt='b'>",
]

SLOW = [
    "<",
    "<a ",
    "<!--",
    "</",
    '<a b="',
    "&",
    "<![",
    "<script>",
    "<script></",
    "<a '\"",
    "&#9",
    "<b>x",
    "<li>x",
    "<ul><li>",
    "<td>x",
    "x\n",
]
SLOW += ["</b>", "<q", "<pre> ", "<a href=http://x>", "<span style='text-decoration:", "=", "\xa0", "$$", "\\(", "<sup>x"]


@st.composite
def chunks(draw: st.DrawFn) -> str:
    text = draw(st.lists(WORDS, min_size=1, max_size=3).map(draw(st.sampled_from([" ", "  "])).join))
    for tag in draw(MARKS):
        text = f"<{tag}>{text}</{tag}>"
    return draw(st.sampled_from([text, text, f'<a href="{draw(ADDRESSES)}">{text}</a>', f"<code>{escape(draw(WORDS))}</code>"]))


@st.composite
def texts(draw: st.DrawFn) -> str:
    line = st.lists(chunks(), min_size=1, max_size=3).map(" ".join)
    block = st.one_of(
        line,
        line.map("  {}".format),
        line.map("<blockquote>{}</blockquote>".format),
        st.lists(WORDS, min_size=1, max_size=3).map("\n  ".join).map("<pre>{}</pre>".format),
    )
    parts = draw(st.lists(st.tuples(block, st.sampled_from(["\n", "\n\n", "\n\n\n"])), min_size=1, max_size=4))
    return "".join(part + gap for part, gap in parts).strip()


@given(texts())
def test_a_text_of_ours_survives_the_way_to_html_and_back(text: str) -> None:
    back = to_telegram(to_html(text))
    assert markup.visible(back.text) == markup.visible(text)
    assert back.text == text.replace("&quot;", '"').replace("&#x27;", "'")
    assert not back.files


@given(st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join)))
def test_whatever_comes_in_telegram_takes_what_goes_out(html: str) -> None:
    text = to_telegram(html).text
    assert markup.faults(text) == ()
    assert not any(line.endswith(" ") for line in text.split("\n"))
    assert to_html(text) is not None


@given(st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1))
def test_a_plain_text_survives_too(text: str) -> None:
    assert to_plain(to_html(escape(text, quote=False))).text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<p dir="ltr">Satu&nbsp;<strong>dua</strong><br></p><p>&nbsp;</p><p>tiga</p>', "Satu <b>dua</b>\n\ntiga"),
        ("<p>a<p>b", "a\n\nb"),
        ("a <em>b</em>  c\n d", "a <i>b</i> c d"),
        ("<b>a</b><b>b</b>", "<b>a</b><b>b</b>"),
        ("<b><i>a</b>b</i>", "<b><i>a</i></b>b"),
        ("<b>a<b>b</b>c</b>", "<b>abc</b>"),
        ("<h3>Judul</h3>isi", "<b>Judul</b>\n\nisi"),
        ("<ul><li><p>a</p></li><li>b</li></ul><p>c</p>", "• a\n• b\n\nc"),
        ('Ini:<ol start="3"><li>a<ul><li>b</li></ul></li><li>c</li></ol>', "Ini:\n3. a\n  • b\n4. c"),
        ("<ol start='x'><li>a<li>b</ol>", "1. a\n2. b"),
        ("<li>a</li><ul><li></li></ul>b", "• a\nb"),
        ("<ul><li><br>a</li></ul>", "• a"),
        ("<dl><dt>a<dd>b</dl>", "a\nb"),
        ("10<sup>3</sup> CO<sub>2</sub> x<sup>ab</sup> a<sub>i</sub>", "10³ CO₂ x^ab a_i"),
        (
            '<span style="text-decoration: underline;">a</span> <span style="FONT-WEIGHT: Bold; font-style:italic">b</span>',
            "<u>a</u> <b><i>b</i></b>",
        ),
        ('<span class="x tg-spoiler">a</span>', "<tg-spoiler>a</tg-spoiler>"),
        ("<pre>a\n  b\tc</pre>d", "<pre>a\n  b c</pre>\nd"),
        ('<pre><code class="language-py">a\nb</code></pre>', '<pre><code class="language-py">a\nb</code></pre>'),
        ("<code>a<b>b</b></code>", "<code>ab</code>"),
        ("<blockquote expandable>a<blockquote>b</blockquote></blockquote>", "<blockquote expandable>a\nb</blockquote>"),
        ('<a href="HTTPS://x.id/a b\'<>">a</a>', '<a href="https://x.id/a%20b%27%3C%3E">a</a>'),
        ('<a href="#atas">a</a><a>b</a>', "ab"),
        ("jika x<y dan y>z, a < b & c", "jika x&lt;y dan y&gt;z, a &lt; b &amp; c"),
        ("<o:p>a</o:p><!-- b --><?php c ?><!doctype d>e<style>f</style>", "ae"),
        ("&eacute;&#233;&#0;&#99999999999999999;&#11;x\x07y", "éé\ufffd\ufffdxy"),
        ("<td>a</td><td>b</td>", "a b"),
        ("a" + "<b>" * 300 + "b" + "</b>" * 300 + "<i>c</i>", "a<b>b</b><i>c</i>"),
        ("", ""),
    ],
)
def test_html_becomes_a_text_of_ours(html: str, text: str) -> None:
    converted = to_telegram(html)
    assert (converted.text, converted.lost) == (text, ())


def test_a_table_becomes_lines_and_that_is_said() -> None:
    table = "<p>Ini:</p><table><tr><th>A<th>B<tr><td><p>satu</p><p>dua</p></td><td></td><td>c<br>d</td></tr></table>akhir"
    converted = to_telegram(table)
    assert converted.text == "Ini:\n\nA | B\nsatu dua | | c d\nakhir"
    assert [what for what, _ in converted.lost] == ["tabel"]


def test_files_are_handed_out() -> None:
    html = (
        '<p>Lihat <img src="@@PLUGINFILE@@/a%20b.png" alt="Dua &quot;kotak&quot;"> ini</p><audio src="s.mp3" title="Suara"></audio>'
        '<video><source src="v.mp4"></video><a href="@@PLUGINFILE@@/d.pdf">berkas</a><img>'
    )
    converted = to_telegram(html)
    assert converted.text == "Lihat ini\n\nberkas"
    expected = (
        Linked("@@PLUGINFILE@@/a%20b.png", 'Dua "kotak"'),
        Linked("s.mp3", "Suara"),
        Linked("v.mp4", ""),
        Linked("@@PLUGINFILE@@/d.pdf", ""),
    )
    assert converted.files == expected
    assert to_plain(html).text == 'Lihat Dua "kotak" ini\n\nberkas'
    assert to_plain('<img src="@@PLUGINFILE@@/alur%20kerja.png?time=1"><img src="data:image/png;base64,a/b.c">').text == "alur kerja"


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<iframe src='https://video.example/1'></iframe>a", "halaman yang disematkan"),
        ("<script>alert(1)</script>a", "skrip"),
        ("<math><mi>x</mi></math>", "rumus MathML (hanya huruf-hurufnya tinggal)"),
        ("nilai \\(x^2\\)", "rumus TeX"),
        ("nilai $$x$$", "rumus TeX"),
        ("<a href='javascript:x()'>a</a>", "tautan ke javascript:x()"),
        ("a" * (LONGEST + 1), "teks lebih dari 60.000 huruf HTML"),
    ],
)
def test_what_cannot_be_kept_is_said(html: str, what: str) -> None:
    assert [lost for lost, _ in to_telegram(html).lost] == [what]


def test_a_plain_text_keeps_addresses_and_says_that_weights_are_lost() -> None:
    converted = to_plain('<p>Baca <a href="https://x.id/a"><b>pedoman</b> ini</a>, <a href="https://x.id">x.id</a></p>')
    assert converted.text == "Baca pedoman ini (https://x.id/a), x.id"
    assert converted.lost == (("huruf tebal, miring, atau bergaris", "di sini hanya teks polos"),)
    assert to_plain("<pre>a</pre><code>b</code>").lost == ()


def test_a_browser_shows_what_telegram_shows() -> None:
    text = "  a  b\n<tg-spoiler>c</tg-spoiler>\n<blockquote>d</blockquote>\ne\n<pre>f\n g</pre>\n\nh &lt; i"
    assert to_html(text) == (
        '&nbsp;&nbsp;a &nbsp;b<br><span class="tg-spoiler" tabindex="0">c</span><br>'
        "<blockquote>d</blockquote>e<br><pre>f<br>&nbsp;g</pre><br>h &lt; i"
    )


@pytest.mark.parametrize("part", SLOW)
def test_no_text_takes_long(part: str) -> None:
    html = part * (LONGEST // len(part))
    assert takes_little_time(lambda: (to_telegram(html), to_plain(html)))
