"""The dashboard's routes, and what every answer carries."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.logs import describe_error
from bot.storage.database import StorageUnavailableError
from bot.web.dashboard import pages
from bot.web.dashboard.desk import Desk, NotShownError
from bot.web.dashboard.doors import Doors
from bot.web.dashboard.drawing import SERVED, STATIC, address, draw
from bot.web.dashboard.headers import with_headers

log = structlog.get_logger()

PATH: Final = "/dasbor"
ERRORS: Final = frozenset({401, 403, 404, 405, 410, 413, 429, 500, 503})
KEPT: Final = {"Cache-Control": "public, max-age=31536000, immutable"}

Endpoint = Callable[[Request], Awaitable[Response]]
Page = Callable[[Desk, Request], Awaitable[Response]]

# What whoever is signed in can open and send; each asks a service, which asks what they may do.
PAGES: Final[tuple[tuple[str, str, Page], ...]] = (
    ("GET", "", pages.overview),
    ("GET", "/modul", pages.modules),
    ("GET", "/modul/{module}", pages.module),
    ("GET", "/usulan", pages.wishes),
    ("GET", "/pengumuman", pages.announcements),
    ("GET", "/laporan.{style}", pages.download),
    ("GET", "/setelan", pages.settings),
    ("POST", "/setelan/bahasa", pages.set_language),
)
# The way in and out.
DOORS: Final[tuple[tuple[str, str, Callable[[Doors], Endpoint]], ...]] = (
    ("GET", "/masuk/{token}", lambda doors: doors.show),
    ("POST", "/masuk/{token}", lambda doors: doors.enter),
    ("GET", "/telegram", lambda doors: doors.show_mini_app),
    ("POST", "/telegram", lambda doors: doors.enter_from_mini_app),
    ("POST", "/keluar", lambda doors: doors.leave),
    ("POST", "/keluar-semua", lambda doors: doors.leave_everywhere),
)


def make_dashboard(desk: Desk) -> ASGIApp:
    """Return the pages below /dasbor as an application of its own."""
    doors = Doors(desk)

    async def missing(request: Request, error: Exception) -> Response:
        return _message(desk, request, error.status_code if isinstance(error, HTTPException) else 404)

    routes = [
        *(Route(PATH + path, _guarded(desk, partial(page, desk)), methods=[method]) for method, path, page in PAGES),
        *(Route(PATH + path, _guarded(desk, door(doors)), methods=[method]) for method, path, door in DOORS),
        Route(PATH + "/statis/{file}", _static),
        Route(PATH + "/", _home),
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: missing})
    app.router.redirect_slashes = False  # it would lead to http, and to whatever host the request names, with a link's token
    return with_headers(app, secure=desk.secure)


async def _home(_: Request) -> Response:
    """Lead to the overview whoever types one slash more."""
    return RedirectResponse(PATH, 308)


async def _static(request: Request) -> Response:
    """Hand out one of our own files; its address changes with what is in it, so browsers may keep it.

    Not by the address of another version, which a page of a process that was upgraded first may name.
    """
    file = request.path_params["file"]
    if file not in SERVED:
        raise HTTPException(404)
    kept = address(file) == f"{request.url.path}?{request.url.query}"
    return FileResponse(STATIC / file, media_type=SERVED[file], headers=KEPT if kept else None)


def _guarded(desk: Desk, endpoint: Endpoint) -> Endpoint:
    """Tell people what happened and what to do, whatever goes wrong; no page names the fault."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except NotShownError as error:
            return _message(desk, request, error.status)
        except StorageUnavailableError:
            return _message(desk, request, 503)
        except Exception as error:  # noqa: BLE001 - it is reported, without what people wrote
            log.error("page_failed", error=describe_error(error))  # noqa: TRY400 - a trace may quote what people wrote
            return _message(desk, request, 500)

    return answer


def _message(desk: Desk, request: Request, status: int) -> Response:
    return HTMLResponse(draw("message.html", desk.words_for(request), kind=str(status) if status in ERRORS else "404"), status)
