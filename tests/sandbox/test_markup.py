from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import BotApiError
from bot.sandbox.formatted import Formatted, units
from bot.sandbox.markup import parse_html

TAGS = ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "code", "blockquote"]
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SOUP = st.lists(
    st.sampled_from(["<", ">", "</", "b", "a", " href=", '"', "'", "=", "&", "&lt;", "&#x1F600;", "span", "pre", "é", "😀", " ", "/"])
).map("".join)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>tebal</b>", "tebal", [{"type": "bold", "offset": 0, "length": 5}]),
        ("<i>a<u>b</u></i>", "ab", [{"type": "italic", "offset": 0, "length": 2}, {"type": "underline", "offset": 1, "length": 1}]),
        ("😀<b>x</b>", "😀x", [{"type": "bold", "offset": 2, "length": 1}]),
        ("a &lt; b &amp; c &gt; d &quot;e&quot;", 'a < b & c > d "e"', []),
        ("&#66;&#x1F600;&nbsp;&x", "B😀&nbsp;&x", []),
        (
            '<a href="https://example.com/x?a=1&amp;b=2">x</a>',
            "x",
            [{"type": "text_link", "offset": 0, "length": 1, "url": "https://example.com/x?a=1&b=2"}],
        ),
        ('<a href="https://example.com">x</a>', "x", [{"type": "text_link", "offset": 0, "length": 1, "url": "https://example.com/"}]),
        ('<a href="nowhere">x</a>', "x", []),
        ('<span class="tg-spoiler">x</span>', "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
        ("<blockquote expandable>x</blockquote>", "x", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
        ('<pre><code class="language-python">x</code></pre>', "x", [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]),
        (
            '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
            "👍",
            [{"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "5368324170671202286"}],
        ),
        ("<b></b>x", "x", []),
        ("<B>x</b>", "x", [{"type": "bold", "offset": 0, "length": 1}]),
        ("<s>x</>", "x", [{"type": "strikethrough", "offset": 0, "length": 1}]),
    ],
)
def test_html_becomes_text_with_entities(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(source) == Formatted(text, entities)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("<script>x</script>", 'Unsupported start tag "script" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("é<br/>", 'Unsupported start tag "br/" at byte offset 2'),
        ("x<b", "Unclosed start tag at byte offset 1"),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x;>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b><i>test</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
        ("<b>unclosed", 'Can\'t find end tag corresponding to start tag "b"'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source: str, problem: str) -> None:
    with pytest.raises(BotApiError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {problem}"


@given(WORDS)
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(escape(text)).text == text


@given(st.lists(st.tuples(st.sampled_from(TAGS), WORDS)))
def test_tags_cover_exactly_their_words(parts: list[tuple[str, str]]) -> None:
    parsed = parse_html("".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in parts))
    assert parsed.text == "".join(text for _, text in parts)
    encoded = parsed.text.encode("utf-16-le")
    covered = [encoded[each["offset"] * 2 : (each["offset"] + each["length"]) * 2].decode("utf-16-le") for each in parsed.entities]
    assert covered == [text for _, text in parts if text]


@given(SOUP)
def test_any_soup_is_parsed_or_refused_politely(soup: str) -> None:
    try:
        parsed = parse_html(soup)
    except BotApiError as error:
        assert error.description.startswith("Bad Request: can't parse entities: ")  # noqa: PT017 - either outcome is fine
    else:
        assert all(0 <= each["offset"] < each["offset"] + each["length"] <= units(parsed.text) for each in parsed.entities)


@given(WORDS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_finished_text_is_trimmed_and_its_entities_lie_inside(text: str, places: list[tuple[int, int]]) -> None:
    finished = Formatted(text, [{"type": "bold", "offset": offset, "length": length} for offset, length in places]).finished()
    assert finished.text == text.strip(" \t\r\n\v\f")
    assert all(0 <= each["offset"] < each["offset"] + each["length"] <= units(finished.text) for each in finished.entities)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start m-x", ["bot_command"]),
        ("lihat /progres@sinau_bot ya", ["bot_command"]),
        ("dan/atau 1/2", []),
        ("https://example.com/a?b=c. Lalu #ASN dan @sari_rekaan", ["url", "hashtag", "mention"]),
        ("surat ke a@b.co.id, situs kemnaker.go.id", ["email", "url"]),
    ],
)
def test_links_and_commands_are_found(text: str, found: list[str]) -> None:
    assert [entity["type"] for entity in Formatted(text, []).finished().entities] == found


def test_nothing_is_formatted_or_found_inside_of_code() -> None:
    finished = parse_html("<b>x <code>/start</code></b>").finished()
    assert [entity["type"] for entity in finished.entities] == ["code"]
