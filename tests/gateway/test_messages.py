from hypothesis import given
from hypothesis import strategies as st

from bot import actions
from bot.gateway.messages import MAX_UNITS, keyboard, plain
from bot.screen import Button


def test_plain_text_has_no_markup_left() -> None:
    assert plain('<b>Satu</b> &amp; <a href="https://example.org/?a=1&amp;b=2">dua</a>') == "Satu & dua"
    assert plain("3 < 5 dan 7 > 2") == "3 < 5 dan 7 > 2"


@given(st.text(alphabet=st.characters() | st.sampled_from("<>&;/b😀"), max_size=50), st.integers(1, 400))
def test_plain_text_always_fits_into_a_message(text: str, times: int) -> None:
    assert len(plain(text * times).encode("utf-16-le", "surrogatepass")) // 2 <= MAX_UNITS


def test_buttons_keep_their_rows_and_empty_rows_vanish() -> None:
    rows = ((Button("Lanjut", actions.Resume()),), (), (Button("Situs", url="https://example.org/"),))
    assert keyboard(rows) == {
        "inline_keyboard": [[{"text": "Lanjut", "callback_data": "go"}], [{"text": "Situs", "url": "https://example.org/"}]]
    }
