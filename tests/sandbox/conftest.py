from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.clock import AdjustableClock
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

TOKEN = "424242:made-up-token"


class Api:
    """Calls the Bot API as a library would, and gives back whole answers."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def __call__(self, method: str, **parameters: Any) -> dict[str, Any]:
        response = await self.client.post(f"/bot{TOKEN}/{method}", json=parameters)
        answer: dict[str, Any] = response.json()
        assert answer["ok"] == (response.status_code == 200)
        return answer

    async def result(self, method: str, **parameters: Any) -> Any:
        answer = await self(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def error(self, method: str, **parameters: Any) -> tuple[int, str]:
        answer = await self(method, **parameters)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]


@pytest.fixture
def token() -> str:
    return TOKEN


@pytest.fixture
def sandbox(clock: AdjustableClock, token: str) -> Sandbox:
    return Sandbox(clock, token)


@pytest.fixture
def world(sandbox: Sandbox) -> World:
    return sandbox.world


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=sandbox.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as client:
        yield client


@pytest.fixture
def api(client: httpx.AsyncClient) -> Api:
    return Api(client)


@pytest.fixture
async def address(sandbox: Sandbox) -> AsyncIterator[str]:
    async with sandbox.serving() as address:
        yield address
