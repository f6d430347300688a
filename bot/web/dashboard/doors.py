"""Signing in and out."""

import secrets
from ipaddress import ip_address
from time import monotonic
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.gateway.floods import Floods
from bot.services import signing_in
from bot.services.turn import Turn
from bot.web.dashboard.desk import Desk, NotShownError, mark
from bot.web.dashboard.drawing import draw
from bot.web.dashboard.headers import FRAMED
from bot.web.dashboard.mini_app import user_of

HOME: Final = "/dasbor"
AT_ONCE: Final = 20
PER_SECOND: Final = 0.2
DOOR: Final = "sinau-pintu"  # the cookie that ties the form at the door to the browser that asked for it


class Doors:
    """The way in and out; tries are counted for each address, in this process."""

    def __init__(self, desk: Desk) -> None:
        """Let people in to the pages of `desk`."""
        self._desk = desk
        self._tries = Floods(AT_ONCE, PER_SECOND, monotonic)

    async def show(self, request: Request) -> Response:
        """Ask whoever has a link whether it is them; nothing is used up yet."""
        self._count(request)
        found = await self._desk.storage.run(signing_in.invited, self._desk.world, request.path_params["token"])
        if found is None:
            raise NotShownError(410)
        seed = secrets.token_urlsafe(32)
        response = HTMLResponse(draw("sign_in.html", self._desk.words[found.language], name=found.name, mark=mark(seed)))
        response.set_cookie(DOOR, seed, max_age=900, path="/dasbor/masuk", secure=self._desk.secure, httponly=True, samesite="strict")
        return response

    async def enter(self, request: Request) -> Response:
        """Use the link up and begin a session."""
        self._count(request)
        await self._desk.form(request, request.cookies.get(DOOR, ""))
        token = secrets.token_urlsafe(32)
        if not await self._desk.storage.run(signing_in.enter, self._desk.world, request.path_params["token"], token):
            raise NotShownError(410)
        return self._entered(token)

    async def show_mini_app(self, request: Request) -> Response:
        """Let a Mini App hand on what Telegram says of the person who opened it."""
        seed = secrets.token_urlsafe(32)
        response = HTMLResponse(draw("mini_app.html", self._desk.words_for(request), mark=mark(seed)), headers=FRAMED)
        response.set_cookie(DOOR, seed, max_age=900, path="/dasbor/telegram", secure=self._desk.secure, httponly=True, samesite="strict")
        return response

    async def enter_from_mini_app(self, request: Request) -> Response:
        """Begin a session for whom Telegram names."""
        self._count(request)
        given = await self._desk.form(request, request.cookies.get(DOOR, ""))
        account = user_of(given.get("init_data", ""), self._desk.mini_app_key, self._desk.clock.now())
        token = secrets.token_urlsafe(32)
        if account is None or not await self._desk.storage.run(signing_in.enter_as, self._desk.world, account, token):
            raise NotShownError(403)
        return self._entered(token)

    async def leave(self, request: Request) -> Response:
        """End this session."""
        await self._desk.form(request)
        await self._desk.storage.run(signing_in.leave, request.cookies[self._desk.cookie])
        return self._left(request)

    async def leave_everywhere(self, request: Request) -> Response:
        """End all sessions of the person."""
        await self._desk.form(request)
        await self._desk.visit(request, _leave_everywhere)
        return self._left(request)

    def _entered(self, token: str) -> Response:
        response = RedirectResponse(HOME, 303)
        longest = int(signing_in.LONGEST.total_seconds())
        response.set_cookie(self._desk.cookie, token, max_age=longest, secure=self._desk.secure, httponly=True, samesite="lax")
        return response

    def _left(self, request: Request) -> Response:
        response = HTMLResponse(draw("message.html", self._desk.words_for(request), kind="left"))
        response.delete_cookie(self._desk.cookie, secure=self._desk.secure, httponly=True, samesite="lax")
        return response

    def _count(self, request: Request) -> None:
        """Count a try; raises NotShownError (429) when an address has had too many."""
        if not self._tries.admit(hash(_address(request))):
            raise NotShownError(429)


def _leave_everywhere(turn: Turn) -> None:
    signing_in.leave_everywhere(turn)


def _address(request: Request) -> str:
    """Return where a request comes from: what the proxy in front says last, if one stands there, which has an address of our own."""
    peer = request.client.host if request.client else ""
    said = request.headers.get("x-forwarded-for", "").split(",")[-1].strip()
    try:
        return said if said and ip_address(peer).is_private else peer
    except ValueError:
        return peer
