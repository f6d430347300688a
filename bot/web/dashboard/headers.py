"""What every answer of the dashboard carries to keep browsers from being led astray."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# www.w3.org/TR/CSP3: nothing but what this host serves, and no script or style within a page.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
# Telegram Web shows a Mini App in a frame: that page says where to go, and holds nothing of anybody's. X-Frame-Options can't name a place.
FRAMED: Final = {"Content-Security-Policy": f"{POLICY}; frame-ancestors https://web.telegram.org", "X-Frame-Options": ""}


def with_headers(app: ASGIApp, *, secure: bool) -> ASGIApp:
    """Let every answer carry what keeps browsers from being led astray."""
    added = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in added.items():
                    headers.setdefault(name, value)
            await send(message)

        await app(scope, receive, sending)

    return guarded
