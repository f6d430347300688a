from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.errors import MalformedUpdateError
from bot.gateway.incoming import (
    Attachment,
    Command,
    Edited,
    Event,
    Incoming,
    Membership,
    Migrated,
    Other,
    Person,
    PollAnswer,
    Tap,
    Text,
    parse,
    update_id_of,
)  # fmt: skip

SARI = {"id": 1002, "is_bot": False, "first_name": "Sari", "language_code": "id"}
PRIVATE = {"id": 1002, "type": "private", "first_name": "Sari"}
GROUP = {"id": -4001, "type": "group", "title": "Tim"}


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1, "chat": PRIVATE, "from": SARI, **fields}


def read(**fields: Any) -> Incoming:
    return parse({"update_id": 7, **fields}, "sinau_bot")


@pytest.mark.parametrize(
    ("answer", "person"),
    [
        ({"user": SARI}, Person(1002, "Sari", "id")),
        ({"voter_chat": GROUP}, None),  # an anonymous administrator, or a channel
        ({"user": SARI, "voter_chat": GROUP}, None),
    ],
)
def test_an_answer_to_a_poll_is_read_with_who_gave_it(answer: dict[str, Any], person: Person | None) -> None:
    incoming = read(poll_answer={"poll_id": "P1", "option_ids": [2], **answer})
    assert incoming == Incoming(7, person.id if person else 0, private=False, person=person, event=PollAnswer("P1", (2,)))


@pytest.mark.parametrize(
    "answer",
    [{"option_ids": [0]}, {"poll_id": "P1"}, {"poll_id": "P1", "option_ids": ["a"]}, {"poll_id": 1, "option_ids": []}],
)
def test_an_answer_to_a_poll_in_another_shape_is_malformed(answer: dict[str, Any]) -> None:
    with pytest.raises(MalformedUpdateError):
        read(poll_answer={"user": SARI, **answer})


def test_a_message_in_a_groups_topic_names_it() -> None:
    here = {"chat": GROUP, "text": "/setelan", "message_thread_id": 12}
    assert read(message=message(**here, is_topic_message=True)).thread_id == 12
    assert read(message=message(**here)).thread_id is None  # a reply in a group without topics
    assert read(message=message(**here)).title == "Tim"
    for odd in (None, "12", -1, 0, 2**63):
        assert read(message=message(**here | {"message_thread_id": odd}, is_topic_message=True)).thread_id is None


@pytest.mark.parametrize(
    ("content", "event"),
    [
        ({"text": "halo"}, Text("halo", 5)),
        ({"text": "/start"}, Command("start", "", 5)),
        ({"text": "/start m-kata-sandi"}, Command("start", "m-kata-sandi", 5)),
        ({"text": "/START  a  b "}, Command("start", "a  b", 5)),
        ({"text": "/umumkan\nbaris satu\nbaris dua"}, Command("umumkan", "baris satu\nbaris dua", 5)),
        ({"text": "/kuis@sinau_bot"}, Command("kuis", "", 5)),
        ({"text": "/kuis@Sinau_Bot sekarang"}, Command("kuis", "sekarang", 5)),
        ({"text": "/kuis@other_bot"}, Other("command_for_another_bot")),
        ({"text": "/"}, Text("/", 5)),
        ({"text": " /kuis"}, Text(" /kuis", 5)),
        ({"text": ""}, Text("", 5)),
        ({"photo": [{"file_id": "a"}], "caption": "/kuis"}, Attachment("photo", 5)),
        ({"sticker": {"file_id": "a"}}, Attachment("sticker", 5)),
        ({"voice": {"file_id": "a"}}, Attachment("voice", 5)),
        ({"document": {}, "animation": {}}, Attachment("animation", 5)),  # a GIF has both
        ({"photo": [], "media_group_id": "77"}, Attachment("photo", 5, album="77")),
        ({"photo": [], "media_group_id": 77}, Attachment("photo", 5)),
        ({"text": "halo", "has_protected_content": True}, Text("halo", 5, copyable=False)),
        ({"photo": [], "has_protected_content": True}, Attachment("photo", 5, copyable=False)),
        ({"poll": {"type": "regular"}}, Attachment("poll", 5)),
        ({"poll": {"type": "quiz", "correct_option_ids": [0]}}, Attachment("poll", 5)),
        ({"poll": {"type": "quiz"}}, Attachment("poll", 5, copyable=False)),
        ({"invoice": {}}, Attachment("invoice", 5, copyable=False)),
        ({"paid_media": {}}, Attachment("paid_media", 5, copyable=False)),
        ({"migrate_to_chat_id": -100123}, Migrated(-100123)),
        ({"new_chat_members": []}, Other("service")),
    ],
)
def test_a_message_is_read_by_what_it_holds(content: dict[str, Any], event: Event) -> None:
    assert read(message=message(**content)).event == event


def test_a_private_message_tells_who_wrote_and_where() -> None:
    incoming = read(message=message(text="halo"))
    assert incoming == Incoming(7, 1002, private=True, person=Person(1002, "Sari", "id"), event=Text("halo", 5))


@pytest.mark.parametrize(
    "fields",
    [
        {"sender_chat": GROUP},
        {"from": {"id": 9, "is_bot": True, "first_name": "Bot"}},
    ],
)
def test_channels_anonymous_administrators_and_bots_are_nobody(fields: dict[str, Any]) -> None:
    assert read(message=message(text="halo", chat=GROUP, **fields)).person is None


def test_a_person_without_a_language_has_none() -> None:
    user = {"id": 1002, "is_bot": False, "first_name": "Sari"}
    assert read(message=message(text="halo", **{"from": user})).person == Person(1002, "Sari", "")


@pytest.mark.parametrize(
    ("shown", "message_id", "editable", "chat_id"),
    [
        ({"message_id": 5, "date": 1, "chat": GROUP, "text": "Kuis"}, 5, True, -4001),
        ({"message_id": 5, "date": 1, "chat": PRIVATE, "photo": [], "caption": "x"}, 5, False, 1002),
        ({"message_id": 5, "date": 0, "chat": PRIVATE}, 5, False, 1002),
        (None, None, False, 1002),
    ],
)
def test_a_press_tells_its_message_and_whether_it_can_be_edited(
    *, shown: dict[str, Any] | None, message_id: int | None, editable: bool, chat_id: int
) -> None:
    query = {"id": "q1", "from": SARI, "data": "go"} | ({"message": shown} if shown else {"inline_message_id": "i"})
    incoming = read(callback_query=query)
    assert incoming.event == Tap("q1", "go", message_id, editable)
    assert incoming.chat_id == chat_id
    assert incoming.person == Person(1002, "Sari", "id")


@pytest.mark.parametrize(
    ("state", "member"),
    [
        ({"status": "member"}, True),
        ({"status": "administrator"}, True),
        ({"status": "restricted", "is_member": False}, False),
        ({"status": "kicked"}, False),
        ({"status": "left"}, False),
    ],
)
def test_a_changed_membership_tells_whether_the_bot_is_in(*, state: dict[str, Any], member: bool) -> None:
    incoming = read(my_chat_member={"chat": PRIVATE, "from": SARI, "date": 1, "old_chat_member": {}, "new_chat_member": state})
    assert incoming.event == Membership(member)
    assert incoming.private


def test_an_edited_message_is_told_apart() -> None:
    assert read(edited_message=message(text="/kuis")).event == Edited(5)


def test_an_update_of_an_unknown_kind_is_no_error() -> None:
    assert read(business_message={"x": 1}) == Incoming(7, 0, private=False, person=None, event=Other("business_message"))
    assert read().event == Other("empty")


@pytest.mark.parametrize(
    "update",
    [
        None,
        [],
        "update",
        {},
        {"update_id": "7"},
        {"update_id": True},
        {"update_id": 2**63},
        {"update_id": 7.0},
        {"update_id": 7, "message": None},
        {"update_id": 7, "message": {}},
        {"update_id": 7, "message": message(text=5)},
        {"update_id": 7, "message": message(chat=None, text="x")},
        {"update_id": 7, "message": message(chat={"id": "x", "type": "private"}, text="x")},
        {"update_id": 7, "message": {**message(text="x"), "from": 3}},
        {"update_id": 7, "callback_query": {"from": SARI, "data": "x"}},
        {"update_id": 7, "callback_query": {"id": "1", "from": SARI, "data": ["lib"]}},
        {"update_id": 7, "my_chat_member": {"chat": PRIVATE}},
        {"update_id": 7, "my_chat_member": {"chat": PRIVATE, "new_chat_member": {"status": ["member"]}}},
    ],
)
def test_a_malformed_update_is_refused_by_one_error_that_quotes_nothing(update: object) -> None:
    with pytest.raises(MalformedUpdateError, match=r"^\w+ is not (an object|a text|a number that can be stored)$"):
        parse(update, "sinau_bot")


def test_what_postgresql_cannot_hold_is_left_out_of_words() -> None:
    incoming = read(message={**message(text="/start\x00 m-\x00a"), "from": SARI | {"first_name": "S\x00ari"}})
    assert incoming.event == Command("start", "m-a", 5)
    assert incoming.person
    assert incoming.person.first_name == "Sari"


def test_a_name_is_no_longer_than_telegram_lets_a_person_choose() -> None:
    person = read(message={**message(text="x"), "from": SARI | {"first_name": "Sari " * 30_000}}).person
    assert person
    assert len(person.first_name) == 64


def test_the_number_of_a_malformed_update_is_still_known() -> None:
    assert update_id_of({"update_id": 7, "message": None}) == 7
    assert update_id_of({"update_id": None}) is None
    assert update_id_of([]) is None


NAMES = st.sampled_from([
    "update_id", "message", "edited_message", "callback_query", "my_chat_member", "chat", "from", "id", "type", "text", "data",
    "message_id", "new_chat_member", "status", "first_name", "is_bot", "migrate_to_chat_id", "sender_chat", "photo",
])  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["private", "/", "/a@b", "member"]),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(NAMES | st.text(), children, max_size=8),
    max_leaves=30,
)


@given(VALUES | st.fixed_dictionaries({"update_id": st.integers(0, 9)}, optional={"message": VALUES, "callback_query": VALUES}))
def test_no_json_raises_anything_but_the_one_error(update: object) -> None:
    try:
        incoming = parse(update, "sinau_bot")
    except MalformedUpdateError:
        return
    assert incoming.update_id == update_id_of(update)
