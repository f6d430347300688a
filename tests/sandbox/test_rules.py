"""What Telegram refuses, in Telegram's words."""

from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.cast import GROUP_ID, SARI_ID, YOSEF_ID
from bot.sandbox.world import World

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api


def button(**action: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x", **action}]]}


def entity(**fields: Any) -> dict[str, Any]:
    return {"text": "hello", "entities": [{"type": "bold", "offset": 0, "length": 1, **fields}]}


UNPARSABLE = "can't parse inline keyboard button: "
REFUSED_MESSAGES = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "text must be non-empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "😀" * 2049}, "message is too long"),
    ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ({"text": "x", "chat_id": 0}, "chat not found"),
    ({"text": "x", "chat_id": "@nobody_here"}, "chat not found"),
    ({"text": "x", "chat_id": GROUP_ID}, "chat not found"),
    ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    (entity(type="glitter"), "can't parse MessageEntity: Unsupported type specified"),
    (entity(type="text_link"), "can't parse MessageEntity: Can't find field \"url\""),
    (entity(type="text_link", url="nowhere"), "entity URL 'nowhere' is invalid: Wrong HTTP URL"),
    (entity(type="text_link", url=""), "entity URL '' is invalid: URL host is empty"),
    (entity(offset=-1), "receive an entity with incorrect offset -1"),
    (entity(offset=100), "entity begins after the end of the text at UTF-16 offset 100"),
    (entity(length=100), "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100"),
    ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ({"text": "x", "reply_parameters": {"quote": "y"}}, 'can\'t find field "message_id"'),
    ({"text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
    ({"text": "x", "reply_markup": {"inline_keyboard": "x"}}, 'field "inline_keyboard" must be of type Array'),
    ({"text": "x", "reply_markup": {"inline_keyboard": ["x"]}}, 'field "inline_keyboard" must be an Array of Arrays'),
    ({"text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "a"}]]}}, UNPARSABLE + 'Can\'t find field "text"'),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": " ", "callback_data": "a"}]]}},
        "inline keyboard button text must be non-empty",
    ),
    ({"text": "x", "reply_markup": button()}, UNPARSABLE + "Text buttons are unallowed in the inline keyboard"),
    ({"text": "x", "reply_markup": button(callback_data="")}, UNPARSABLE + "Text buttons are unallowed in the inline keyboard"),
    (
        {"text": "x", "reply_markup": button(callback_data="a", url="t.me")},
        UNPARSABLE + "exactly one action is allowed, found url and callback_data",
    ),
    ({"text": "x", "reply_markup": button(callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": button(callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": button(url="not-a-url")}, "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"),
    (
        {"text": "x", "reply_markup": button(url="http://localhost/x")},
        "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
    ),
    (
        {"text": "x", "reply_markup": button(url="ftp://a.com")},
        "inline keyboard button URL 'ftp://a.com' is invalid: Unsupported URL protocol",
    ),
    (
        {"text": "x", "reply_markup": button(web_app={"url": "http://a.com"})},
        "inline keyboard button Web App URL 'http://a.com' is invalid: Only HTTPS links are allowed",
    ),
    ({"text": "x", "reply_markup": button(copy_text={"text": "x" * 257})}, "BUTTON_COPY_TEXT_INVALID"),
    ({"text": "x", "reply_markup": button(pay=True)}, "BUTTON_TYPE_INVALID"),
    ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "a"}]] * 101}}, "REPLY_MARKUP_TOO_LONG"),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "a"}] * 9]}},
        "inline keyboard row has more than 8 buttons",
    ),
    ({"text": "x", "reply_markup": {"force_reply": "yes"}}, 'field "force_reply" must be of type Boolean'),
    ({"text": "x", "reply_markup": {"keyboard": "bad"}}, 'field "keyboard" must be of type Array'),
]


@pytest.mark.parametrize(("parameters", "problem"), REFUSED_MESSAGES)
async def test_a_message_against_the_rules_is_refused(api: "Api", world: World, parameters: dict[str, Any], problem: str) -> None:
    world.start(SARI_ID)
    assert await api.error("sendMessage", **{"chat_id": SARI_ID, **parameters}) == (400, f"Bad Request: {problem}")
    assert world.sent(SARI_ID) == []


@pytest.mark.parametrize(
    "parameters",
    [
        {"text": "x" * 4096},
        {"text": "<b>" + "x" * 4096 + "</b>", "parse_mode": "html"},
        {"text": "x", "reply_markup": button(callback_data="x" * 64)},
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "a"}] * 8] * 12}},
        {"text": "x", "reply_markup": button(switch_inline_query="")},
        {"text": "x", "reply_markup": button(url="tg://user?id=1")},
        {"text": "x", "reply_markup": button(url="http://127.0.0.1:8080/x")},
        {"text": "x", "reply_markup": {"keyboard": [["A", {"text": "B"}]], "resize_keyboard": True}},
        {"text": "x", "reply_parameters": {"message_id": 999, "allow_sending_without_reply": True}},
    ],
)
async def test_a_message_at_the_limit_arrives(api: "Api", world: World, parameters: dict[str, Any]) -> None:
    world.start(SARI_ID)
    await api.result("sendMessage", chat_id=SARI_ID, **parameters)
    assert len(world.sent(SARI_ID)) == 1


async def test_nobody_is_written_to_who_did_not_start_or_has_gone(api: "Api", world: World) -> None:
    assert await api.error("sendMessage", chat_id=YOSEF_ID, text="x") == (403, "Forbidden: bot can't initiate conversation with a user")
    world.start(SARI_ID)
    world.block(SARI_ID)
    assert await api.error("sendMessage", chat_id=SARI_ID, text="x") == (403, "Forbidden: bot was blocked by the user")
    world.unblock(SARI_ID)
    assert (await api.result("sendMessage", chat_id=SARI_ID, text="x"))["text"] == "x"
    world.deactivate(SARI_ID)
    assert await api.error("sendMessage", chat_id=SARI_ID, text="x") == (403, "Forbidden: user is deactivated")


async def test_the_token_and_the_method_must_be_right(api: "Api") -> None:
    wrong = await api.client.post("/bot424242:another/getMe")
    assert (wrong.status_code, wrong.json()) == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
    assert (await api.client.post("/botnonsense/getMe")).json()["error_code"] == 404
    assert await api.error("inventSomething") == (404, "Not Found")
    assert (await api.client.get("/file/bot424242:another/photos/file_0.jpg")).status_code == 401


REFUSED_CALLS = [
    ("sendChatAction", {"chat_id": SARI_ID, "action": "dancing"}, "wrong parameter action in request"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old and response timeout expired or query ID is invalid"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ("setMyCommands", {"commands": [{"command": "Besar", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a", "description": " "}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {"commands": [], "language_code": "indonesian"}, "invalid language code specified"),
    ("setMyCommands", {"commands": [], "scope": {"type": "moon"}}, "can't parse BotCommandScope: unsupported type specified"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "short description is too long"),
    ("setChatMenuButton", {"menu_button": {"type": "big"}}, "can't parse MenuButton: unsupported type specified"),
    ("getFile", {"file_id": "x"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {"chat_id": SARI_ID}, "there is no photo in the request"),
    (
        "sendPhoto",
        {"chat_id": SARI_ID, "photo": "https://example.com/a.png"},
        "failed to get HTTP URL content: the sandbox fetches nothing from the network; upload the file",
    ),
    ("sendMediaGroup", {"chat_id": SARI_ID, "media": []}, "wrong number of media in the album: 2 to 10 are allowed"),
    ("editMessageText", {"chat_id": SARI_ID, "message_id": 999, "text": "x"}, "message to edit not found"),
    ("editMessageText", {"chat_id": SARI_ID, "text": "x"}, "message identifier is not specified"),
    ("deleteMessage", {"chat_id": SARI_ID, "message_id": 999}, "message to delete not found"),
    ("deleteMessages", {"chat_id": SARI_ID, "message_ids": []}, "message identifiers are not specified"),
    ("copyMessage", {"chat_id": SARI_ID, "from_chat_id": SARI_ID, "message_id": 999}, "message to copy not found"),
    ("forwardMessage", {"chat_id": SARI_ID, "from_chat_id": SARI_ID, "message_id": 999}, "message to forward not found"),
    ("leaveChat", {"chat_id": SARI_ID}, "can't leave private chat"),
    ("getChatMember", {"chat_id": SARI_ID, "user_id": 5}, "user not found"),
    ("setWebhook", {"url": "http://example.com/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    ("setWebhook", {"url": "https://example.com:444/hook"}, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
    ("setWebhook", {"url": "https://example.com/hook", "secret_token": "a b"}, "secret token contains unallowed characters"),
]


@pytest.mark.parametrize(("method", "parameters", "problem"), REFUSED_CALLS)
async def test_a_call_against_the_rules_is_refused(api: "Api", world: World, method: str, parameters: dict[str, Any], problem: str) -> None:
    world.start(SARI_ID)
    assert await api.error(method, **parameters) == (400, f"Bad Request: {problem}")
