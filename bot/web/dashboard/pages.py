"""The pages of whoever is signed in: each asks one service and draws its tables."""

import asyncio
from typing import get_args

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.screens import reporting as screens
from bot.services import preferences, reporting
from bot.services.turn import Turn
from bot.texts import LANGUAGES
from bot.views import NotAllowed, Preferences
from bot.views.reporting import ModuleReport
from bot.web.dashboard.desk import Desk, NotShownError


async def overview(desk: Desk, request: Request) -> Response:
    """Show how the installation does."""
    visit, view = await desk.visit(request, reporting.overview)
    assert not isinstance(view, NotAllowed)  # noqa: S101 - tells the type checker what the desk has sorted out
    t = desk.words[visit.language]
    moment = t.moment(view.at, view.zone)
    tables = {"overview": screens.overview_table(view, t), "weeks": screens.weeks_table(view, t)}
    return desk.page(request, "overview.html", visit, moment=moment, **tables)


async def modules(desk: Desk, request: Request) -> Response:
    """Show how each module is used."""
    visit, view = await desk.visit(request, reporting.modules)
    assert not isinstance(view, NotAllowed)  # noqa: S101 - as above
    return desk.page(request, "modules.html", visit, table=screens.modules_table(view, desk.words[visit.language]))


async def module(desk: Desk, request: Request) -> Response:
    """Show how a module and its questions do."""
    visit, view = await desk.visit(request, reporting.module, request.path_params["module"])
    assert isinstance(view, ModuleReport)  # noqa: S101 - as above
    t = desk.words[visit.language]
    tables = {"figures": screens.modules_table((view.module,), t), "items": screens.items_table(view.items, t)}
    options = [(each.text, screens.options_table((each,), t)) for each in view.items if each.options]
    moment = t.moment(view.measured_at, view.zone) if view.measured_at else None
    return desk.page(request, "module.html", visit, title=view.module.title, waiting=view.waiting, moment=moment, options=options, **tables)


async def wishes(desk: Desk, request: Request) -> Response:
    """Show what no card answers."""
    visit, view = await desk.visit(request, reporting.asked_in_vain)
    assert not isinstance(view, NotAllowed)  # noqa: S101 - as above
    return desk.page(request, "wishes.html", visit, table=screens.wishes_table(view, desk.words[visit.language]))


async def announcements(desk: Desk, request: Request) -> Response:
    """Show what became of the newest announcements."""
    visit, view = await desk.visit(request, reporting.announcements)
    assert not isinstance(view, NotAllowed)  # noqa: S101 - as above
    table = screens.announcements_table(view, desk.rules.zone, desk.words[visit.language])
    return desk.page(request, "announcements.html", visit, table=table, moves=any(each.state == "sending" for each in view))


async def download(desk: Desk, request: Request) -> Response:
    """Hand the report out as a file."""
    style = next((each for each in get_args(screens.Style) if each == request.path_params["style"]), None)
    if style is None:
        raise NotShownError(404)
    visit, view = await desk.visit(request, reporting.report)
    assert not isinstance(view, NotAllowed)  # noqa: S101 - as above
    data = await asyncio.to_thread(screens.file, view, style, desk.words[visit.language])
    named = {"Content-Disposition": f'attachment; filename="{screens.filename(view, style)}"'}
    return Response(data, media_type=screens.MEDIA_TYPES[style], headers=named)


async def settings(desk: Desk, request: Request) -> Response:
    """Show the person's own settings."""
    visit, _ = await desk.visit(request, _nothing)
    return desk.page(request, "settings.html", visit)


async def set_language(desk: Desk, request: Request) -> Response:
    """Speak another language, here and in chat."""
    given = await desk.form(request)
    language = given.get("language", "")
    if language not in LANGUAGES:
        raise NotShownError(404)
    await desk.visit(request, _set_language, language)
    return RedirectResponse("/dasbor/setelan", 303)


def _nothing(turn: Turn) -> NotAllowed | None:
    return None if reporting.may_read(turn) else NotAllowed()


def _set_language(turn: Turn, language: str) -> Preferences | NotAllowed:
    return preferences.set_language(turn, language) if reporting.may_read(turn) else NotAllowed()
