from dataclasses import fields

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.actions import CODES, LARGEST, MAX_BYTES, Answer, OpenCard, SetReminder, decode, encode
from bot.handlers.routes import BUTTONS

# What authors may give as an id: see bot.content.fields.
NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", max_size=24)
NUMBERS = st.integers(0, LARGEST)


@pytest.mark.parametrize("kind", CODES.values(), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_action_comes_back_from_its_64_bytes(kind: type, data: st.DataObject) -> None:
    numbers = st.integers(-1, 24 * 60 - 1) if kind is SetReminder else NUMBERS
    action = kind(*(data.draw(numbers if field.type is int else NAMES) for field in fields(kind)))
    encoded = encode(action)
    assert len(encoded.encode()) <= MAX_BYTES
    assert decode(encoded) == action


@given(data=st.text(max_size=MAX_BYTES))
def test_no_data_whatever_makes_decoding_fail(data: str) -> None:
    decode(data)


@given(code=st.sampled_from(sorted(CODES)), values=st.lists(st.text(max_size=20), max_size=3))
def test_forged_values_never_make_decoding_fail(code: str, values: list[str]) -> None:
    data = ":".join([code, *values])
    assume(len(data.encode()) <= MAX_BYTES)
    action = decode(data)
    assert action is None or encode(action) == data


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "zz",
        "an",
        "an:1",
        "an:1:a:b",
        "an:x:a",
        "an: 1:a",
        "an:+1:a",
        "an:01:a",
        "an:1_0:a",
        "an:٣:a",
        f"an:{LARGEST + 1}:a",
        "srd:1440",
        "srd:-2",
    ],
)
def test_what_no_version_ever_wrote_means_nothing(data: str) -> None:
    assert decode(data) is None


def test_what_is_too_long_for_telegram_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than 64 bytes"):
        encode(OpenCard("m" * 40, "k" * 40))


def test_codes_that_live_in_peoples_chats_keep_their_meaning() -> None:
    assert decode("an:7:b") == Answer(7, "b")
    assert decode("ca:kata-sandi-kuat:panjang") == OpenCard("kata-sandi-kuat", "panjang")
    assert decode("srd:-1") == SetReminder(-1)


def test_every_action_has_a_button_handler() -> None:
    assert set(BUTTONS) == set(CODES.values())
