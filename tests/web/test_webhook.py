import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from prometheus_client import CollectorRegistry

from bot.gateway.errors import NotStoredError
from bot.web.app import make_web
from bot.web.server import serve
from bot.web.webhook import MAX_BODY, SECRET_HEADER, Accept, Webhook

SECRET = "made-up-secret_1"
UPDATE = {"update_id": 7, "message": {"text": "Halo, Sari"}}


@asynccontextmanager
async def telegram_pushing_to(accept: Accept) -> AsyncIterator[aiohttp.ClientSession]:
    web = make_web(checks={}, registry=CollectorRegistry(), webhook=Webhook(SECRET, accept))
    async with (
        serve(web, "127.0.0.1", 0) as port,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers={SECRET_HEADER: SECRET}) as session,
    ):
        yield session


async def _status(session: aiohttp.ClientSession, **content: Any) -> int:
    async with session.post("/telegram/webhook", headers={"Connection": "close"} | content.pop("headers", {}), **content) as answer:
        return answer.status


async def refuse_everything(update: dict[str, Any]) -> Mapping[str, Any] | None:
    raise AssertionError(f"accepted {update}")


async def test_an_update_that_is_stored_is_acknowledged() -> None:
    stored = []

    async def accept(update: dict[str, Any]) -> None:
        stored.append(update)

    async with telegram_pushing_to(accept) as telegram, telegram.post("/telegram/webhook", json=UPDATE) as answer:
        assert (answer.status, await answer.read()) == (200, b"")
    assert stored == [UPDATE]


async def test_an_answer_may_carry_a_call_of_the_api() -> None:
    call = {"method": "answerCallbackQuery", "callback_query_id": "1", "text": "Tersimpan"}

    async def accept(_update: dict[str, Any]) -> Mapping[str, Any]:
        return call

    async with telegram_pushing_to(accept) as telegram, telegram.post("/telegram/webhook", json=UPDATE) as answer:
        assert answer.status == 200
        assert answer.content_type == "application/json"
        assert await answer.json() == call


async def test_an_update_that_is_not_stored_is_asked_for_again() -> None:
    async def accept(_update: dict[str, Any]) -> None:
        raise NotStoredError

    async with telegram_pushing_to(accept) as telegram, telegram.post("/telegram/webhook", json=UPDATE) as answer:
        assert answer.status == 503


async def test_a_defect_makes_telegram_repeat_the_update_and_the_server_lives_on() -> None:
    async def accept(update: dict[str, Any]) -> None:
        if update["update_id"] == 7:
            raise RuntimeError

    async with telegram_pushing_to(accept) as telegram:
        statuses = [await _status(telegram, json={"update_id": number}) for number in (7, 8)]
    assert statuses == [500, 200]


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET[:-1], SECRET.upper(), "rahasia-é"])
async def test_whoever_does_not_know_the_secret_is_refused(secret: str) -> None:
    async with telegram_pushing_to(refuse_everything) as stranger:
        assert await _status(stranger, json=UPDATE, headers={SECRET_HEADER: secret}) == 403


async def test_whoever_shows_no_secret_is_refused() -> None:
    web = make_web(checks={}, registry=CollectorRegistry(), webhook=Webhook(SECRET, refuse_everything))
    async with serve(web, "127.0.0.1", 0) as port, aiohttp.ClientSession(f"http://127.0.0.1:{port}") as stranger:
        assert await _status(stranger, json=UPDATE) == 403


async def test_without_a_secret_of_its_own_the_route_refuses_everybody() -> None:
    web = make_web(checks={}, registry=CollectorRegistry(), webhook=Webhook("", refuse_everything))
    async with serve(web, "127.0.0.1", 0) as port, aiohttp.ClientSession(f"http://127.0.0.1:{port}") as stranger:
        assert await _status(stranger, json=UPDATE, headers={SECRET_HEADER: ""}) == 403


async def test_what_is_no_update_is_refused() -> None:
    bodies = [b"", b"{", b"[]", b"7", b"null", b'"x"', b"\xff\xfe", b"[" * 5000, b'{"update_id": NaN}']
    async with telegram_pushing_to(refuse_everything) as telegram:
        assert {body: await _status(telegram, data=body) for body in bodies} == dict.fromkeys(bodies, 400)


async def test_a_body_that_declares_too_much_is_refused() -> None:
    async with telegram_pushing_to(refuse_everything) as telegram:
        assert await _status(telegram, data=b" " * (MAX_BODY + 1)) == 413


async def test_a_body_that_hides_its_size_is_refused() -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(MAX_BODY // 50_000 + 1):
            yield b" " * 50_000

    async with telegram_pushing_to(refuse_everything) as telegram:
        assert await _status(telegram, data=endless()) == 413


async def test_the_largest_body_that_fits_is_taken() -> None:
    async def accept(update: dict[str, Any]) -> Mapping[str, Any]:
        return {"method": "size", "size": len(update["text"])}

    body = b'{"text":"' + b"x" * (MAX_BODY - 11) + b'"}'
    async with telegram_pushing_to(accept) as telegram, telegram.post("/telegram/webhook", data=body) as answer:
        assert (await answer.json())["size"] == MAX_BODY - 11


async def test_a_push_that_breaks_off_is_not_taken_and_harms_nobody() -> None:
    async def accept(update: dict[str, Any]) -> None:
        assert update == UPDATE

    web = make_web(checks={}, registry=CollectorRegistry(), webhook=Webhook(SECRET, accept))
    async with serve(web, "127.0.0.1", 0) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"POST /telegram/webhook HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\nContent-Length: 500\r\n\r\n{{".encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        assert not await reader.read()
        url = f"http://127.0.0.1:{port}/telegram/webhook"
        async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as telegram, telegram.post(url, json=UPDATE) as answer:
            assert answer.status == 200


async def test_only_pushes_are_taken_there() -> None:
    async with telegram_pushing_to(refuse_everything) as telegram, telegram.get("/telegram/webhook") as answer:
        assert answer.status == 405


async def test_stopping_lets_a_push_on_its_way_finish() -> None:
    arrived, release = asyncio.Event(), asyncio.Event()

    async def accept(_update: dict[str, Any]) -> None:
        arrived.set()
        await release.wait()

    async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as telegram:
        web = make_web(checks={}, registry=CollectorRegistry(), webhook=Webhook(SECRET, accept))
        async with serve(web, "127.0.0.1", 0) as port:
            push = asyncio.create_task(telegram.post(f"http://127.0.0.1:{port}/telegram/webhook", json=UPDATE).__aenter__())
            await arrived.wait()
            asyncio.get_running_loop().call_later(0.05, release.set)
        answer = await push
        assert answer.status == 200
        answer.close()
