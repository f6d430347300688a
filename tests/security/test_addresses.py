"""Where the bot goes is what its settings say, and no answer leads it elsewhere."""

from pathlib import Path

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import make_url
from telegram.error import TelegramError

from bot.clock import SystemClock
from bot.doctor import examine
from bot.gateway.errors import ApiError
from bot.gateway.meters import Meters
from bot.gateway.ptb import AiohttpRequest, make_bot
from bot.gateway.request import File, Session
from bot.gateway.wire import Wire
from bot.settings import ContentSettings, DatabaseSettings, Settings, TelegramSettings
from bot.storage.engine import make_engine

TOKEN = "7310119:made-up_TOKEN_of_nobody-0123456789"
REFUSED = {
    "file:///etc/passwd": "must begin with https://",
    "gopher://127.0.0.1:70": "must begin with https://",
    "ftp://example.org": "must begin with https://",
    "//example.org": "must begin with https://",
    "javascript:alert(1)": "must begin with https://",
    "https://": "must name a host",
    "https:///bot": "must name a host",
    "https://user:password@example.org": "no user and password",
    "https://api.telegram.org@example.org": "no user and password",
    "https://example.org\\@api.telegram.org": "nothing but scheme",
    "https://example.org#.telegram.org": "nothing but scheme",
    "https://example.org?to=": "nothing but scheme",
    "https://example.org/ x": "nothing but scheme",
    "https://example.org/\nHost: x": "nothing but scheme",
    "https://exämple.org": "nothing but scheme",
    "https://example.org:99999": "port that is none",
    "https://example.org:x": "port that is none",
    "https://169.254.169.254/latest": "link-local",
    "http://169.254.169.254/latest": "link-local",
    "https://[fe80::1]": "link-local",
    "http://api.telegram.org": "whoever is in between",
    "http://203.0.113.7.example.org": "whoever is in between",
    "http://8.8.8.8": "whoever is in between",
    "http://[::ffff:8.8.8.8]": "whoever is in between",
    "https://[::ffff:169.254.169.254]": "link-local",
    "http://2852039166": "unusual form",
    "http://0x08080808": "unusual form",
    "http://0251.254.0xa9.254": "unusual form",
    "http://127.1": "unusual form",
}
TAKEN = (
    "https://api.telegram.org",
    "https://bot.example.go.id/telegram/webhook",
    "https://example.org:8443",
    "https://[2001:db8::1]",
    "http://127.0.0.1:8081",
    "http://localhost:8081",
    "http://[::1]:8081",
    "http://10.1.2.3:8081",
    "http://[::ffff:10.1.2.3]:8081",
    "http://bot-api:8081",
    "http://bot-api.internal",
)


@pytest.mark.parametrize("name", ["api_url", "webhook_url"])
@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_leads_astray_is_refused_with_the_reason(name: str, url: str) -> None:
    with pytest.raises(ValidationError, match=REFUSED[url]):
        TelegramSettings.model_validate({name: url})


@pytest.mark.parametrize("name", ["api_url", "webhook_url"])
@pytest.mark.parametrize("url", TAKEN)
def test_an_address_of_ones_own_or_of_the_web_is_taken(name: str, url: str) -> None:
    assert getattr(TelegramSettings.model_validate({name: url}), name) == url


def test_there_is_always_an_address_of_the_bot_api() -> None:
    with pytest.raises(ValidationError, match="must begin with https://"):
        TelegramSettings(api_url="")


@pytest.mark.parametrize(
    "url", ["sqlite:///", "sqlite:///:memory:", "sqlite:///file::memory:?cache=shared", "sqlite:///file:x?mode=memory"]
)
def test_a_database_in_memory_is_refused_with_the_reason(url: str) -> None:
    with pytest.raises(ValidationError, match="must name a file"):
        DatabaseSettings(url=url)


@pytest.mark.parametrize(
    "url",
    ["u:p@host:abc/db", "u:p@[::1/db", "u:p@::1]/db", "host:/db", "host:123456/db", "u:p@ss@host/db", "h1:5432,h2:5432/db"],
)
def test_an_address_of_a_server_that_can_not_be_read_is_refused_with_the_reason(url: str) -> None:
    with pytest.raises(ValidationError, match="can't be read; write postgresql://USER:PASSWORD@HOST:PORT/NAME"):
        DatabaseSettings(url=f"postgresql://{url}")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "host/db",
        "u@host",
        "u@server:p%40/#[w@host:5432/db?sslmode=require",
        "u:p@[::1]:5432/db",
        "/db?host=/run/postgresql",
        "h1,h2/db",
    ],
)
def test_an_address_of_a_server_that_can_be_read_is_taken(url: str) -> None:
    assert DatabaseSettings(url=f"postgresql://{url}").file is None
    make_engine(f"postgresql://{url}").dispose()


@given(kind=st.sampled_from(["sqlite:///", "postgresql://"]), rest=st.text(alphabet=":/@[]?%ab15., "))
def test_whatever_address_is_taken_leads_to_the_same_place_for_all_who_read_it(kind: str, rest: str) -> None:
    try:
        file = DatabaseSettings(url=kind + rest).file
    except ValidationError:
        return
    address = make_url(kind + rest)
    assert (Path(address.database or "") if kind.startswith("sqlite") else None) == file


def test_options_behind_a_file_are_refused_and_a_name_may_hold_anything(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="options have no effect"):
        DatabaseSettings(url=f"sqlite:///{tmp_path}/x.db?mode=ro")
    named = DatabaseSettings(url=f"sqlite:///{tmp_path}/50%25 a%3Fb.db")
    make_engine(named.url).dispose()
    assert named.file == tmp_path / "50% a?b.db"
    assert named.file.exists()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_is_followed(status: int, tmp_path: Path) -> None:
    visited: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        visited.append(request.path)
        if request.path.startswith("/elsewhere"):
            return web.json_response({"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "x", "username": "x"}})
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with Session(url) as session:
        wire = Wire(session, url, TOKEN, Meters())
        with pytest.raises(ApiError):
            await wire.call("getMe", {})
        with pytest.raises(ApiError):
            await wire.call("sendDocument", {"chat_id": 1}, {"document": File("x", b"secret")})
        with pytest.raises(TelegramError):
            await make_bot(TOKEN, url, AiohttpRequest(session)).get_me()
    telegram = TelegramSettings.model_validate({"token": TOKEN, "api_url": url})
    database = DatabaseSettings(url=f"sqlite:///{tmp_path}/x.db")
    await examine(Settings(telegram=telegram, database=database, content=ContentSettings(dir=tmp_path)), SystemClock())
    await runner.cleanup()
    assert len(visited) >= 5
    assert not [path for path in visited if path.startswith("/elsewhere")]
