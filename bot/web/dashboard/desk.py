"""What the pages share: one way to the services, one way to draw, and the reasons why a page is not shown."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Concatenate, Final, ParamSpec, TypeVar
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse

from bot import views
from bot.clock import Clock
from bot.content.shelf import Shelf
from bot.services import signing_in
from bot.services.rulebook import Rulebook
from bot.services.signing_in import Visit, World
from bot.services.turn import Rules, Turn, guess_language
from bot.storage.database import Storage
from bot.texts import Words
from bot.web.dashboard.drawing import draw

P = ParamSpec("P")
R = TypeVar("R")

MAX_FORM: Final = 10_000  # bytes; the longest of ours has some hundred


class NotShownError(Exception):
    """A page is not shown; `status` says why, in HTTP's words."""

    def __init__(self, status: int) -> None:
        """Answer with `status`."""
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages work with.

    `public_url` is the address that people open, without a slash at its end; `mini_app_key` proves what Telegram says (see mini_app).
    """

    storage: Storage
    shelf: Shelf
    rulebook: Rulebook
    clock: Clock
    words: Mapping[str, Words]
    public_url: str
    mini_app_key: bytes = field(repr=False)
    cookie: str = field(init=False)

    def __post_init__(self) -> None:
        """Name the cookie so that browsers keep it to this host and to TLS, where there is TLS (RFC 6265bis, section 4.1.3.2)."""
        object.__setattr__(self, "cookie", "__Host-sinau" if self.secure else "sinau")

    @property
    def rules(self) -> Rules:
        """The rules in force."""
        return self.rulebook.rules

    @property
    def secure(self) -> bool:
        """Whether people come by TLS."""
        return self.public_url.startswith("https://")

    @property
    def world(self) -> World:
        """What a visit happens in now."""
        return World(self.shelf.catalogue, self.rules, self.clock.now())

    async def visit(
        self, request: Request, service: Callable[Concatenate[Turn, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[Visit[Any], R]:
        """Run a service for whoever is signed in; return them and what it gave.

        Raises:
            NotShownError: nobody is signed in (401), they may not do this (403), or it is not there (404).
            StorageUnavailableError: nothing was stored.

        """
        token = request.cookies.get(self.cookie)
        bound: Callable[[Turn], R] = lambda turn: service(turn, *args, **kwargs)  # noqa: E731 - partial would lose the types
        found = await self.storage.run(signing_in.visit, self.world, token, bound) if token else None
        if found is None:
            raise NotShownError(401)
        if isinstance(found.result, views.NotAllowed):
            raise NotShownError(403)
        if isinstance(found.result, views.Gone):
            raise NotShownError(404)
        return found, found.result

    async def form(self, request: Request, seed: str | None = None) -> dict[str, str]:
        """Read a form that one of our own pages has sent, with the mark that belongs to `seed`, else to the session.

        Raises:
            NotShownError: it comes from elsewhere or was broken off (403), or is none of ours (413).

        """
        body = b""
        try:
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_FORM:
                    raise NotShownError(413)
        except ClientDisconnect:
            raise NotShownError(403) from None  # nobody is there to read it, and no fault of ours to report
        given = {name: values[-1] for name, values in parse_qs(body.decode(errors="replace"), keep_blank_values=True).items()}
        seed = request.cookies.get(self.cookie) if seed is None else seed
        is_ours = request.headers.get("origin") in {None, self.public_url, f"{request.url.scheme}://{request.url.netloc}"}
        if not (seed and is_ours and hmac.compare_digest(given.get("mark", "").encode(), mark(seed).encode())):
            raise NotShownError(403)
        return given

    def page(self, request: Request, template: str, visit: Visit[Any], **values: Any) -> HTMLResponse:
        """Draw a page for whoever is signed in."""
        token = request.cookies.get(self.cookie, "")
        return HTMLResponse(draw(template, self.words[visit.language], name=visit.name, path=request.url.path, mark=mark(token), **values))

    def words_for(self, request: Request) -> Words:
        """Return the words of the language that the browser asks for, where nobody is signed in."""
        asked = request.headers.get("accept-language", "").split(",")[0].split(";")[0].strip()
        return self.words[guess_language(asked, self.rules.language)]


def mark(seed: str) -> str:
    """Return what a form carries to show that our own page made it: only who has the cookie can know it."""
    return hmac.new(seed.encode(), b"form", "sha256").hexdigest()
