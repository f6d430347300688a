import logging
import traceback
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web
from telegram.error import BadRequest, InvalidToken, NetworkError, TimedOut

from bot.gateway.connections import Connections
from bot.gateway.errors import (
    ApiError,
    BlockedError,
    ConflictError,
    MigratedError,
    RefusedError,
    TooManyError,
    UnauthorizedError,
    UnreachableError,
)  # fmt: skip
from bot.gateway.meters import Meters
from bot.gateway.ptb import AiohttpRequest, make_bot
from bot.gateway.request import File, Session
from bot.gateway.wire import Wire
from bot.sandbox.cast import SARI_ID
from bot.sandbox.world import World

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
Host = Callable[[Answer], Awaitable[str]]
Serve = Callable[[Answer], Awaitable[Wire]]
Connect = Callable[[str], Connections | None]


@pytest.fixture(params=[True, False], ids=["directly", "over a session"])
def directly(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def saying(status: int, body: str) -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, text=body)

    return answer


async def hang_up(request: web.Request) -> web.StreamResponse:
    assert request.transport
    request.transport.close()
    return web.Response()


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, '{"ok":false,"error_code":400,"description":"Bad Request: message text is empty"}', RefusedError),
        (400, '{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}', BlockedError),
        (401, '{"ok":false,"error_code":401,"description":"Unauthorized"}', UnauthorizedError),
        (403, '{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}', BlockedError),
        (404, '{"ok":false,"error_code":404,"description":"Not Found"}', UnauthorizedError),
        (409, '{"ok":false,"error_code":409,"description":"Conflict"}', ConflictError),
        (429, '{"ok":false,"error_code":429,"description":"Too Many Requests"}', TooManyError),
        (500, '{"ok":false,"error_code":500,"description":"Internal Server Error"}', UnreachableError),
        (502, "<html>Bad Gateway</html>", UnreachableError),
        (200, "", UnreachableError),
        (200, "[]", UnreachableError),
        (200, '{"ok":false}', UnreachableError),
        (200, '{"result":true}', UnreachableError),
        (502, '{"error_code":502}', UnreachableError),
    ],
)
async def test_each_failure_says_what_the_caller_has_to_do(serve: Serve, status: int, body: str, kind: type[ApiError]) -> None:
    wire = await serve(saying(status, body))
    with pytest.raises(kind):
        await wire.call("sendMessage", {})


async def test_a_refusal_carries_what_the_caller_needs(serve: Serve) -> None:
    moved = '{"ok":false,"error_code":400,"description":"Bad Request","parameters":{"migrate_to_chat_id":-1001}}'
    with pytest.raises(MigratedError) as migrated:
        await (await serve(saying(400, moved))).call("sendMessage", {})
    assert migrated.value.new_chat_id == -1001
    busy = '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":17}}'
    with pytest.raises(TooManyError) as too_many:
        await (await serve(saying(429, busy))).call("sendMessage", {})
    assert too_many.value.retry_after == 17


async def test_a_broken_connection_may_have_done_it_and_a_missing_one_has_not(
    serve: Serve, token: str, meters: Meters, connect: Connect
) -> None:
    with pytest.raises(UnreachableError) as broken:
        await (await serve(hang_up)).call("sendMessage", {})
    assert broken.value.perhaps_done
    async with Session("http://127.0.0.1:1") as session:
        with pytest.raises(UnreachableError) as missing:
            await Wire(session, "http://127.0.0.1:1", token, meters, connect("http://127.0.0.1:1")).call("sendMessage", {})
    assert not missing.value.perhaps_done


async def test_a_slow_answer_is_given_up(world: World, wire: Wire) -> None:
    world.latency(5)
    with pytest.raises(UnreachableError) as late:
        await wire.call("getMe", {}, seconds=0.05)
    assert late.value.perhaps_done


async def test_a_call_returns_the_result(wire: Wire) -> None:
    assert (await wire.call("getMe", {}))["is_bot"] is True


async def test_files_travel_with_their_parameters(world: World, wire: Wire) -> None:
    world.start(SARI_ID)
    payload = {"chat_id": SARI_ID, "caption": "<b>Lampiran</b>", "parse_mode": "HTML", "reply_markup": {"inline_keyboard": []}}
    sent = await wire.call("sendDocument", payload, {"document": File("a.txt", b"isi berkas")})
    assert sent["document"]["file_name"] == "a.txt"
    assert sent["document"]["file_size"] == 10
    assert world.last(SARI_ID).text == "Lampiran"


@pytest.mark.parametrize("answer", [hang_up, saying(401, "no"), saying(200, "[]"), saying(502, "<html>")])
async def test_no_error_and_no_log_holds_the_token(serve: Serve, token: str, caplog: pytest.LogCaptureFixture, answer: Answer) -> None:
    caplog.set_level(logging.DEBUG)
    wire = await serve(answer)
    with pytest.raises(ApiError) as caught:
        await wire.call("getMe", {})
    secret = token.partition(":")[2]
    assert secret not in "".join(traceback.format_exception(caught.value)) + caplog.text
    assert secret not in repr(caught.value)


async def test_a_bad_address_does_not_reveal_the_token(token: str, meters: Meters, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with Session("http://127.0.0.1:1") as session:
        for url in ("http://127.0.0.1:99999", "http:///", "http://[", "http://127.0.0.1:1"):
            with pytest.raises(UnreachableError) as caught:
                await Wire(session, url, token, meters).call("getMe", {})
            assert token.partition(":")[2] not in "".join(traceback.format_exception(caught.value)) + caplog.text


async def test_python_telegram_bot_makes_its_set_up_calls_over_the_same_session(session: Session, address: str, token: str) -> None:
    async with make_bot(token, address, AiohttpRequest(session)) as bot:
        assert bot.username == "sinau_sandbox_bot"
        assert await bot.set_my_commands([("belajar", "Pilih modul")])
        assert [command.command for command in await bot.get_my_commands()] == ["belajar"]
        with pytest.raises(BadRequest):
            await bot.send_message(SARI_ID, "")
    assert not (await session.opened()).closed


async def test_python_telegram_bot_never_learns_an_address(world: World, session: Session, address: str, token: str) -> None:
    secret = token.partition(":")[2]
    bot = make_bot(token, address, AiohttpRequest(session))
    world.latency(5)
    with pytest.raises(TimedOut) as late:
        await bot.get_me(read_timeout=0.05)
    with pytest.raises(NetworkError) as missing:
        await make_bot(token, "http://127.0.0.1:1", AiohttpRequest(session)).get_me()
    for error in (late.value, missing.value):
        assert secret not in "".join(traceback.format_exception(error))


async def test_a_wrong_token_is_told_apart(session: Session, address: str, meters: Meters) -> None:
    with pytest.raises(UnauthorizedError):
        await Wire(session, address, "1:wrong", meters).call("getMe", {})
    with pytest.raises(InvalidToken):
        await make_bot("1:wrong", address, AiohttpRequest(session)).get_me()


async def test_calls_are_measured(wire: Wire, meters: Meters) -> None:
    await wire.call("getMe", {})
    assert meters.registry.get_sample_value("sinau_api_call_seconds_count", {"method": "getMe"}) == 1


async def test_the_environments_proxy_is_used_but_not_for_this_machine(
    host: Host, world: World, address: str, token: str, meters: Meters, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = await host(saying(200, '{"ok":true,"result":"through the proxy"}'))
    monkeypatch.setenv("http_proxy", proxy)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    async with Session("http://telegram.invalid") as outside, Session(address) as inside:
        assert await Wire(outside, "http://telegram.invalid", token, meters).call("getMe", {}) == "through the proxy"
        assert (await Wire(inside, address, token, meters).call("getMe", {}))["id"] == world.state.bot["id"]
