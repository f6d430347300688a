import asyncio
import signal
import socket
from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest
from prometheus_client import CollectorRegistry, Counter

from bot.storage.database import Storage
from bot.storage.engine import make_engine
from bot.web.app import make_web
from bot.web.health import Check, content_check, database_check, polling_check, sending_check
from bot.web.server import CannotListenError, serve


async def get(path: str, checks: Mapping[str, Check] | None = None, registry: CollectorRegistry | None = None) -> tuple[int, str]:
    web = make_web(checks=checks or {}, registry=registry or CollectorRegistry())
    async with (
        serve(web, "127.0.0.1", 0) as port,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session,
        session.get(path) as answer,
    ):
        return answer.status, await answer.text()


async def ready(checks: Mapping[str, Check]) -> tuple[int, Any]:
    web = make_web(checks=checks, registry=CollectorRegistry())
    async with (
        serve(web, "127.0.0.1", 0) as port,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session,
        session.get("/readyz") as answer,
    ):
        return answer.status, await answer.json()


async def answers() -> None:
    return None


async def test_the_bot_is_alive_even_when_it_is_not_ready() -> None:
    status, body = await get("/healthz", {"content": content_check(lambda: 0)})
    assert (status, body) == (200, '{"alive":true}')


async def test_the_bot_is_ready_when_every_check_passes(storage: Storage) -> None:
    checks = {"database": database_check(storage.ping), "polling": polling_check(lambda: 3.0), "content": content_check(lambda: 4)}
    assert await ready(checks) == (200, {"ready": True, "checks": {"database": "ok", "polling": "ok", "content": "ok"}})


async def test_a_silence_and_a_hold_are_told_though_the_bot_is_ready() -> None:
    for check, told in (
        (sending_check(lambda: False, lambda: 0.0), "ok"),
        (sending_check(lambda: False, lambda: 1234.4), "Telegram asked for silence (429); nothing is sent for another 1234 s"),
        (sending_check(lambda: True, lambda: 5.0), "sending is held after a restore; sinau db confirm shows what waits, and lets it go"),
    ):
        assert await ready({"sending": check}) == (200, {"ready": True, "checks": {"sending": told}})


async def test_only_what_fails_is_named_as_failing() -> None:
    status, body = await ready({"database": database_check(answers), "content": content_check(lambda: 0)})
    assert status == 503
    assert body["ready"] is False
    assert body["checks"]["database"] == "ok"
    assert "sinau check" in body["checks"]["content"]


async def test_a_database_that_is_gone_is_named_without_its_password() -> None:
    storage = Storage(make_engine("postgresql://sinau:made-up-password@127.0.0.1:1/sinau"))
    status, body = await ready({"database": database_check(storage.ping)})
    storage.close()
    assert status == 503
    assert "database.url" in body["checks"]["database"]
    assert "made-up-password" not in str(body)


async def test_a_database_that_does_not_answer_is_not_waited_for() -> None:
    async def hang() -> None:
        await asyncio.Event().wait()

    status, body = await ready({"database": database_check(hang, limit=0.01)})
    assert status == 503
    assert "no answer" in body["checks"]["database"]


@pytest.mark.parametrize(("silence", "is_fine"), [(0.0, True), (59.0, True), (60.0, True), (60.1, False), (3600.0, False)])
async def test_telegram_may_be_silent_for_a_minute(silence: float, is_fine: bool) -> None:  # noqa: FBT001 - pytest passes parameters by name
    assert (await polling_check(lambda: silence)() is None) is is_fine


async def test_the_bot_is_not_ready_before_the_first_poll() -> None:
    status, body = await ready({"polling": polling_check(lambda: float("inf"))})
    assert status == 503
    assert "since the start" in body["checks"]["polling"]


async def test_metrics_are_those_of_the_given_registry() -> None:
    registry = CollectorRegistry()
    Counter("sinau_updates", "Updates taken in", ["outcome"], registry=registry).labels("accepted").inc(3)
    status, body = await get("/metrics", registry=registry)
    assert status == 200
    assert 'sinau_updates_total{outcome="accepted"} 3.0' in body
    assert "python_gc" not in body


async def test_there_is_no_webhook_when_the_bot_polls() -> None:
    web = make_web(checks={}, registry=CollectorRegistry())
    async with (
        serve(web, "127.0.0.1", 0) as port,
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{port}/telegram/webhook", json={}) as answer,
    ):
        assert answer.status == 404


async def test_a_taken_port_is_told_with_the_setting_to_change() -> None:
    web = make_web(checks={}, registry=CollectorRegistry())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotListenError, match=rf"port {port} .* web\.port \(SINAU_WEB__PORT\)"):
            async with serve(web, "127.0.0.1", port):
                pass


async def test_an_address_that_is_not_this_machines_is_told_with_the_settings_to_change() -> None:
    web = make_web(checks={}, registry=CollectorRegistry())
    with pytest.raises(CannotListenError, match=r"web\.host and web\.port"):
        async with serve(web, "192.0.2.1", 8080):
            pass


async def test_a_port_can_be_used_again_as_soon_as_the_server_has_stopped() -> None:
    web = make_web(checks={}, registry=CollectorRegistry())
    async with (
        serve(web, "127.0.0.1", 0) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/healthz") as answer,
    ):
        assert answer.status == 200
    async with serve(web, "127.0.0.1", port) as again:
        assert again == port


async def test_the_server_leaves_signals_to_the_program() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    web = make_web(checks={}, registry=CollectorRegistry())
    async with serve(web, "127.0.0.1", 0) as port, aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz"):
        assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
