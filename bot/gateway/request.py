"""One kept-alive HTTP session for everything that goes to Telegram."""

from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

CONNECTIONS: Final = 100
CONNECT_SECONDS: Final = 10.0
READ_SECONDS: Final = 20.0
# Shorter than any server's: a connection that the server closes just when it is used again costs a doubtful send.
KEEP_ALIVE_SECONDS: Final = 30.0


def open_session(api_url: str) -> aiohttp.ClientSession:
    """Open the session; to be called in the running event loop, and closed by the caller. The environment's proxy is honoured."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE_SECONDS, ttl_dns_cache=300),
        timeout=time_limit(READ_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
        proxy=proxy_for(api_url),
    )


def time_limit(seconds: float) -> aiohttp.ClientTimeout:
    """Return the limits for a call that should be answered within `seconds` of silence."""
    return aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=seconds)


def proxy_for(api_url: str) -> str | None:
    """Return the address of the proxy that the environment wants for this address."""
    parts = urlsplit(api_url)
    return None if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme)
