"""A made-up OpenAI-compatible endpoint on loopback: it answers as a test wants it to, and keeps what it was asked."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import orjson
from aiohttp import web

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
MODEL = "model-rekaan"
KEY = "kunci-rekaan-0123456789"


def completion(text: Any, *, finish: str = "stop", usage: Any = None) -> dict[str, Any]:
    """Return an answer in the endpoint's form."""
    used = {"prompt_tokens": 700, "completion_tokens": 40, "total_tokens": 740} if usage is None else usage
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return {"id": "x", "object": "chat.completion", "model": MODEL, "choices": [choice], "usage": used}


class ModelServer:
    """Answers every question with the same text, unless told otherwise; `gate` holds answers back while it is closed."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.answer: Answer = self.saying("Tidak ada.")

    def saying(self, text: Any, **details: Any) -> Answer:
        async def answer(_request: web.Request) -> web.StreamResponse:
            return web.json_response(completion(text, **details))

        return answer

    def returning(self, body: bytes, *, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
        async def answer(_request: web.Request) -> web.StreamResponse:
            return web.Response(body=body, status=status, headers=headers)

        return answer

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.paths.append(request.path)
        self.headers.append(dict(request.headers))
        body = await request.read()
        self.asked.append(orjson.loads(body) if body else {})
        await self.gate.wait()
        return await self.answer(request)


@asynccontextmanager
async def serving_model() -> AsyncIterator[ModelServer]:
    """Serve one for as long as the context lasts."""
    server = ModelServer()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    yield server
    server.gate.set()
    await runner.cleanup()
