"""The HTTP session for what is rare or large: files, every call where a proxy is in between, single calls from the command line."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

if TYPE_CHECKING:
    import aiohttp

CONNECTIONS: Final = 100
CONNECT_SECONDS: Final = 10.0
READ_SECONDS: Final = 20.0
# Shorter than any server's: a connection that the server closes just when it is used again costs a doubtful send.
KEEP_ALIVE_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class File:
    """A file to upload."""

    filename: str
    content: bytes


class Session:
    """A session for one server, opened when it is first used: a seventh of a bot's start is spared, and many never need one."""

    def __init__(self, api_url: str) -> None:
        """Talk to the server at `api_url`, over the environment's proxy if there is one."""
        self._api_url = api_url
        self._opened: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Return the session, to be closed when the context ends."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it."""
        await self.close()

    async def opened(self) -> "aiohttp.ClientSession":
        """Return aiohttp's session."""
        if self._opened is None:
            await asyncio.to_thread(import_module, "bot.gateway.client")  # what is under way goes on meanwhile
            self._opened = self._opened or self._open()
        return self._opened

    async def post(self, url: str, payload: Mapping[str, Any], files: Mapping[str, File], seconds: float) -> tuple[int, bytes]:
        """Post parameters and files; see bot.gateway.client.post."""
        session = await self.opened()
        from bot.gateway.client import post  # noqa: PLC0415 - it is there now

        return await post(session, url, payload, files, seconds)

    async def close(self) -> None:
        """Close it, whether it was opened or not."""
        if self._opened is not None:
            await self._opened.close()

    def _open(self) -> "aiohttp.ClientSession":
        from bot.gateway.client import open_session  # noqa: PLC0415 - only who needs it waits for aiohttp

        return open_session(proxy_for(self._api_url))


def proxy_for(api_url: str) -> str | None:
    """Return the address of the proxy that the environment wants for this address."""
    parts = urlsplit(api_url)
    return None if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme)
