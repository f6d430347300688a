"""The dashboard over HTTP, on both kinds of database: who gets in, who sees what, and what no other page can do."""

import asyncio
import hmac
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from urllib.parse import urlencode

import aiohttp
import orjson
import pytest
import structlog
from prometheus_client import CollectorRegistry
from sqlalchemy import Connection, insert, select, update

from bot.clock import AdjustableClock
from bot.gateway.incoming import Person
from bot.services import announcing
from bot.services.joining import token_hash
from bot.storage import coordination, learners, wishes
from bot.storage.database import Storage
from bot.storage.engine import make_engine
from bot.storage.tables import announcement, delivery, enrolment, learner, person, sign_in_link, unit, web_session
from bot.web.app import make_web
from bot.web.dashboard import Desk, make_dashboard
from bot.web.dashboard.app import DOORS, PATH
from bot.web.dashboard.app import PAGES as ROUTES
from bot.web.dashboard.mini_app import key_of
from bot.web.server import serve
from tests.handlers.chat import Chat, make_desk

RATNA = Person(1001, "Ratna", "id")  # the admin
SARI = Person(1002, "Sari", "id")
EMMA = Person(1005, "Emma", "en")
TOKEN = "424242:made-up-token"
PUBLIC = "https://bot.example.go.id"
PAGES = ("/dasbor", "/dasbor/modul", "/dasbor/modul/kata-sandi", "/dasbor/usulan", "/dasbor/pengumuman", "/dasbor/setelan")
FILES = tuple(f"/dasbor/laporan.{style}" for style in ("xlsx", "pdf", "csv"))
FORMS = ("/dasbor/setelan/bahasa", "/dasbor/keluar", "/dasbor/keluar-semua")
MARK = re.compile(r'name="mark" value="([0-9a-f]+)"')


class Place:
    """A running dashboard, and what people do with the chat and with browsers."""

    def __init__(self, storage: Storage, clock: AdjustableClock, port: int, public_url: str) -> None:
        self.storage = storage
        self.clock = clock
        self.address = f"http://127.0.0.1:{port}"
        self.desk = make_desk(storage, clock, admins=frozenset({RATNA.id}), public_url=public_url)

    async def link(self, person: Person) -> str:
        """Ask the bot for a link, and return its path."""
        chat = Chat(self.desk, person)
        await chat.says("start")
        screen = await chat.says("dasbor")
        assert screen is not None
        shown = screen.rows[-1][0].url if screen.rows else screen.text
        found = re.search(r"/dasbor/masuk/[\w-]+", shown or "")
        assert found, screen
        return found[0]

    @asynccontextmanager
    async def browser(self, **headers: str) -> AsyncIterator["Browser"]:
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(self.address, cookie_jar=jar, headers=headers) as session:
            yield Browser(self, session)

    async def appoint(self, person: Person, unit_id: int | None = None) -> None:
        await Chat(self.desk, person).says("start")
        await self.storage.run(lambda db: coordination.give(db, whose(db, person), unit_id, None, self.clock.now()))

    async def dismiss(self, person: Person) -> None:
        await self.storage.run(lambda db: coordination.take(db, whose(db, person), None))


def whose(db: Connection, person: Person) -> int:
    found = learners.find(db, person.id)
    assert found
    return found.id


class Browser:
    def __init__(self, place: Place, session: aiohttp.ClientSession) -> None:
        self.place = place
        self.session = session

    async def opens(self, path: str) -> tuple[int, str]:
        async with self.session.get(path, allow_redirects=False) as answer:
            return answer.status, (await answer.read()).decode(errors="replace")

    async def sends(self, path: str, *, origin: str = "", **values: str) -> tuple[int, str]:
        headers = {"Origin": origin} if origin else {}
        async with self.session.post(path, data=values, headers=headers, allow_redirects=False) as answer:
            return answer.status, await answer.text()

    async def mark_on(self, path: str) -> str:
        _, text = await self.opens(path)
        found = MARK.search(text)
        assert found, text
        return found[1]

    async def signs_in(self, person: Person) -> None:
        path = await self.place.link(person)
        assert await self.sends(path, mark=await self.mark_on(path)) == (303, "")


@asynccontextmanager
async def opened(storage: Storage, clock: AdjustableClock, public_url: str = "http://127.0.0.1:8080") -> AsyncIterator[Place]:
    desk = make_desk(storage, clock, admins=frozenset({RATNA.id}))
    pages = make_dashboard(Desk(storage, desk.shelf, desk.rulebook, clock, desk.words, public_url, key_of(TOKEN)))
    web = make_web(checks={}, registry=CollectorRegistry(), dashboard=pages)
    async with serve(web, "127.0.0.1", 0) as port:
        yield Place(storage, clock, port, public_url)


@pytest.fixture
async def place(storage: Storage, clock: AdjustableClock) -> AsyncIterator[Place]:
    async with opened(storage, clock) as found:
        yield found


async def test_a_link_lets_its_coordinator_in_once_and_is_not_used_up_by_looking(place: Place) -> None:
    path = await place.link(RATNA)
    async with place.browser() as first, place.browser() as second:
        for _ in range(3):
            status, text = await first.opens(path)
            assert status == 200
            assert "Masuk sebagai Ratna" in text
        mark, other = await first.mark_on(path), await second.mark_on(path)
        assert (await first.sends(path, mark=mark))[0] == 303
        assert (await first.opens("/dasbor"))[0] == 200
        assert (await second.sends(path, mark=other))[0] == 410
        assert (await second.opens("/dasbor"))[0] == 401
        assert (await first.opens(path))[0] == 410


async def test_a_link_ends_after_ten_minutes_and_with_the_next_one(place: Place) -> None:
    before, after = await place.link(RATNA), await place.link(RATNA)
    async with place.browser() as browser:
        assert (await browser.opens(before))[0] == 410
        assert (await browser.opens(after))[0] == 200
        mark = await browser.mark_on(after)
        place.clock.advance(timedelta(minutes=10))
        assert (await browser.opens(after))[0] == 410
        assert (await browser.sends(after, mark=mark))[0] == 410
        assert (await browser.opens("/dasbor/masuk/tidak-ada"))[0] == 410


async def test_neither_links_nor_sessions_can_be_read_from_the_database(place: Place) -> None:
    path = await place.link(RATNA)
    token = path.rsplit("/", 1)[1]
    assert await place.storage.run(lambda db: db.scalar(select(sign_in_link.c.token_hash))) == token_hash(token)
    async with place.browser() as browser:
        await browser.sends(path, mark=await browser.mark_on(path))
        cookie = next(each.value for each in browser.session.cookie_jar if each.key == "sinau")
    kept = await place.storage.run(lambda db: db.scalar(select(web_session.c.token_hash)))
    assert kept == token_hash(cookie)
    assert len(cookie) >= 40


async def test_every_route_is_for_coordinators_alone_and_a_lost_role_ends_it_at_once(place: Place) -> None:
    async with place.browser() as nobody, place.browser() as admin, place.browser() as emma:
        await place.appoint(EMMA)
        await admin.signs_in(RATNA)
        await emma.signs_in(EMMA)
        mark = await emma.mark_on("/dasbor/setelan")
        for path in (*PAGES, *FILES):
            assert (await nobody.opens(path))[0] == 401, path
            assert (await admin.opens(path))[0] == (await emma.opens(path))[0] == 200, path
        await place.dismiss(EMMA)
        for path in (*PAGES, *FILES):
            status, text = await emma.opens(path)
            assert status == 403, path
            assert "Peserta" not in text
        for path in FORMS:
            assert (await nobody.sends(path, mark=mark))[0] == 403, path
        assert (await emma.sends("/dasbor/setelan/bahasa", mark=mark, language="id"))[0] == 403
        assert (await emma.sends("/dasbor/keluar-semua", mark=mark))[0] == 200, "to leave is everybody's right"


def test_every_route_that_there_is_was_tried() -> None:
    tried = {*PAGES, *FORMS, "/dasbor/laporan.{style}", "/dasbor/modul/{module}", "/dasbor/masuk/{token}", "/dasbor/telegram"}
    there = {PATH + path for _, path, _ in (*ROUTES, *DOORS)}
    assert there == tried - {"/dasbor/modul/kata-sandi"}


async def test_a_learner_gets_no_link_and_whose_role_is_lost_before_they_enter_sees_nothing(place: Place) -> None:
    sari = Chat(place.desk, SARI)
    await sari.says("start")
    screen = await sari.says("dasbor")
    assert screen is not None
    assert "Perintah ini untuk koordinator" in screen.text
    assert await place.storage.run(lambda db: db.execute(select(sign_in_link)).all()) == []
    await place.appoint(SARI)
    path = await place.link(SARI)
    async with place.browser() as browser:
        mark = await browser.mark_on(path)
        await place.dismiss(SARI)
        await browser.sends(path, mark=mark)
        assert (await browser.opens("/dasbor"))[0] == 403


async def test_a_units_coordinator_sees_the_people_of_that_unit_and_below_and_neither_announcements_nor_wishes(place: Place) -> None:
    def employ(db: Connection) -> None:
        for unit_id, parent_id in ((1, None), (2, 1), (3, None)):
            db.execute(insert(unit).values(id=unit_id, parent_id=parent_id, name=f"Unit {unit_id}"))
        for number, home in enumerate((1, 2, 2, 3, None), start=50):
            account = {"telegram_id": number, "name": "Rekaan", "language": "id", "zone": "Asia/Jakarta", "joined_at": place.clock.now()}
            learner_id = db.execute(insert(learner).values(account).returning(learner.c.id)).scalar_one()
            if home:
                db.execute(insert(person).values(external_id=str(number), name="Rekaan", unit_id=home, learner_id=learner_id))

    await place.storage.run(employ)
    await place.storage.run(wishes.note, "tukin", "id", place.clock.now().date())
    await place.storage.run(announcing.post, "Halo", None, place.clock.now(), place.clock.now())
    await place.appoint(EMMA, 1)
    async with place.browser() as emma, place.browser() as ratna:
        await emma.signs_in(EMMA)
        await ratna.signs_in(RATNA)
        assert 'data-value="3"' in (await emma.opens("/dasbor"))[1]
        assert 'data-value="7"' in (await ratna.opens("/dasbor"))[1], "and those who have no place in the roster, and the two of them"
        for page in ("/dasbor/pengumuman", "/dasbor/usulan"):
            assert "<td" not in (await emma.opens(page))[1]
            assert "<td" in (await ratna.opens(page))[1]
        for whom, told in ((EMMA, False), (RATNA, True)):
            shown = await Chat(place.desk, whom).says("laporan")
            assert shown is not None
            assert ("tukin" in shown.text) is told
        assert (await emma.opens("/dasbor/laporan.xlsx"))[0] == 200


async def test_no_form_is_taken_that_our_own_page_did_not_make(place: Place) -> None:
    async with place.browser() as ratna, place.browser() as emma:
        await ratna.signs_in(RATNA)
        await place.appoint(EMMA)
        await emma.signs_in(EMMA)
        mark, others = await ratna.mark_on("/dasbor/setelan"), await emma.mark_on("/dasbor/setelan")
        for path in FORMS:
            for given in ({}, {"mark": ""}, {"mark": others}, {"mark": mark[:-1]}):
                assert (await ratna.sends(path, **given))[0] == 403, (path, given)
            assert (await ratna.sends(path, origin="https://jahat.example", mark=mark))[0] == 403, path
        assert (await ratna.opens("/dasbor"))[0] == 200
        path = await place.link(RATNA)
        for given in ({}, {"mark": mark}):
            assert (await ratna.sends(path, **given))[0] == 403
        assert (await ratna.sends("/dasbor/setelan/bahasa", mark=mark, language="id", more="x" * 20_000))[0] == 413


async def test_a_session_ends_when_it_is_not_used_after_a_week_and_when_asked_to(place: Place) -> None:
    async with place.browser() as first, place.browser() as second:
        await first.signs_in(RATNA)
        await second.signs_in(RATNA)
        for _ in range(13):
            place.clock.advance(timedelta(hours=11))
            assert (await first.opens("/dasbor"))[0] == 200
        assert (await second.opens("/dasbor"))[0] == 401, "not used for twelve hours"
        place.clock.advance(timedelta(hours=11))
        await first.opens("/dasbor")
        place.clock.advance(timedelta(hours=11))
        await first.opens("/dasbor")
        place.clock.advance(timedelta(hours=3))
        assert (await first.opens("/dasbor"))[0] == 401, "seven days are over"

        await first.signs_in(RATNA)
        await second.signs_in(RATNA)
        status, text = await first.sends("/dasbor/keluar", mark=await first.mark_on("/dasbor"))
        assert status == 200
        assert "Anda sudah keluar" in text
        assert (await first.opens("/dasbor"))[0] == 401
        assert (await second.opens("/dasbor"))[0] == 200
        await first.signs_in(RATNA)
        waiting = await place.link(RATNA)
        await first.sends("/dasbor/keluar-semua", mark=await first.mark_on("/dasbor/setelan"))
        for browser in (first, second):
            assert (await browser.opens("/dasbor"))[0] == 401
        assert (await first.opens(waiting))[0] == 410


async def test_the_language_is_the_persons_own_here_and_in_chat(place: Place) -> None:
    async with place.browser() as browser:
        await browser.signs_in(RATNA)
        mark = await browser.mark_on("/dasbor/setelan")
        assert (await browser.sends("/dasbor/setelan/bahasa", mark=mark, language="en"))[0] == 303
        assert "<h1>Settings</h1>" in (await browser.opens("/dasbor/setelan"))[1]
        assert await place.storage.run(lambda db: db.scalar(select(learner.c.language))) == "en"
        assert (await browser.sends("/dasbor/setelan/bahasa", mark=mark, language="xx"))[0] == 404
    async with place.browser(**{"Accept-Language": "en-GB,en;q=0.8"}) as stranger:
        assert "You are not signed in" in (await stranger.opens("/dasbor"))[1]


async def test_every_answer_carries_what_keeps_browsers_from_being_led_astray(place: Place) -> None:
    async with place.browser() as browser:
        await browser.signs_in(RATNA)
        for path in (
            *PAGES,
            *FILES,
            "/dasbor/tidak-ada",
            "/dasbor/modul/tidak-ada",
            "/dasbor/laporan.exe",
            "/dasbor/masuk/x",
            "/dasbor/keluar",
        ):
            async with browser.session.get(path) as answer:
                assert "default-src 'none'; script-src 'self'" in answer.headers["Content-Security-Policy"], path
                assert "unsafe" not in answer.headers["Content-Security-Policy"]
                assert answer.headers["X-Frame-Options"] == "DENY"
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Cache-Control"] == "no-store", path
                text = (await answer.read()).decode(errors="replace")
            if "html" in answer.headers["Content-Type"]:
                assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son\w+=|https?://", text), path
                for file in re.findall(r"/dasbor/statis/[\w.]+\?\w+", text):
                    async with browser.session.get(file) as served:
                        assert served.status == 200
                        assert "immutable" in served.headers["Cache-Control"]
        assert (await browser.opens("/dasbor/statis/LICENSES.txt"))[0] == 404
        assert (await browser.opens("/dasbor/statis/..%2fdesk.py"))[0] == 404


async def test_the_cookie_stays_with_this_host_out_of_scripts_and_where_there_is_tls_within_it(
    storage: Storage, clock: AdjustableClock
) -> None:
    for public_url, name, secure in (("http://127.0.0.1:8080", "sinau", False), (PUBLIC, "__Host-sinau", True)):
        async with opened(storage, clock, public_url) as place, place.browser() as browser:
            path = await place.link(RATNA)
            mark = await browser.mark_on(path)
            seed = next((each.value for each in browser.session.cookie_jar if each.key == "sinau-pintu"), None)
            if seed is None:  # over plain HTTP the jar keeps a secure cookie to itself
                async with browser.session.get(path) as answer:
                    seed, mark = answer.cookies["sinau-pintu"].value, MARK.search(await answer.text())[1]  # type: ignore[index]
            async with browser.session.post(
                path, data={"mark": mark}, cookies={"sinau-pintu": seed}, allow_redirects=False, headers={"Origin": public_url}
            ) as answer:
                cookie = answer.cookies[name]
                assert answer.status == 303
            assert (cookie["httponly"], cookie["samesite"].lower(), cookie["path"], cookie["domain"]) == (True, "lax", "/", "")
            assert bool(cookie["secure"]) is secure


async def test_whoever_tries_links_is_held_off_at_that_address_alone(place: Place) -> None:
    async with place.browser() as guesser, place.browser(**{"X-Forwarded-For": "203.0.113.9"}) as other:
        statuses = [(await guesser.opens(f"/dasbor/masuk/{number}"))[0] for number in range(25)]
        assert statuses[:20] == [410] * 20
        assert statuses[-1] == 429
        assert (await other.opens("/dasbor/masuk/x"))[0] == 410


async def test_a_database_out_of_reach_is_told_without_its_words(clock: AdjustableClock) -> None:
    gone = Storage(make_engine("postgresql://sinau:made-up-password@127.0.0.1:1/sinau"))
    async with opened(gone, clock) as closed, closed.browser(Cookie="sinau=x") as browser:
        status, text = await browser.opens("/dasbor")
    gone.close()
    assert status == 503
    assert "Coba lagi" in text
    assert "made-up-password" not in text


async def test_a_fault_of_our_own_is_told_without_its_words(place: Place) -> None:
    async with place.browser() as browser:
        await browser.signs_in(RATNA)
        await place.storage.run(lambda db: db.execute(update(learner).values(language="klingon")))
        status, text = await browser.opens("/dasbor")
        assert status == 500
        assert "Terjadi kesalahan" in text
        assert "klingon" not in text


async def test_who_erases_themselves_is_signed_out(place: Place) -> None:
    async with place.browser() as browser:
        await browser.signs_in(RATNA)
        await place.storage.run(lambda db: db.execute(learner.delete()))
        assert (await browser.opens("/dasbor"))[0] == 401


async def test_without_an_address_the_chat_says_what_the_operator_has_to_set(storage: Storage, clock: AdjustableClock) -> None:
    chat = Chat(make_desk(storage, clock, admins=frozenset({RATNA.id})), RATNA)
    screen = await chat.says("dasbor")
    assert screen is not None
    assert "web.public_url" in screen.text


async def test_a_public_address_is_a_button_and_one_of_this_machine_is_text(storage: Storage, clock: AdjustableClock) -> None:
    for public_url, buttons in ((PUBLIC, 2), ("http://127.0.0.1:8080", 0)):
        chat = Chat(make_desk(storage, clock, admins=frozenset({RATNA.id}), public_url=public_url), RATNA)
        screen = await chat.says("dasbor")
        assert screen is not None
        assert len(screen.rows) == buttons
        assert (f"{public_url}/dasbor/masuk/" in screen.text) is not bool(buttons)


async def test_one_slash_more_leads_to_no_other_host_and_out_of_no_tls(place: Place) -> None:
    async with place.browser(Host="jahat.example") as browser:
        async with browser.session.get("/dasbor/", allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (308, "/dasbor")
        for path in ("/dasbor/masuk/x/", "/dasbor/modul/"):
            async with browser.session.get(path, allow_redirects=False) as answer:
                assert answer.status == 404
                assert "Location" not in answer.headers


async def test_a_file_is_not_kept_by_the_address_of_another_version(place: Place) -> None:
    async with place.browser() as browser:
        for mark in ("", "?0123456789ab"):
            async with browser.session.get(f"/dasbor/statis/dashboard.css{mark}") as answer:
                assert answer.status == 200
                assert answer.headers["Cache-Control"] == "no-store"


async def test_a_module_that_is_gone_is_told_and_leads_nowhere(place: Place) -> None:
    now = place.clock.now()
    async with place.browser() as browser:
        await browser.signs_in(RATNA)
        row = {"module_id": "sudah-tiada", "version": "v", "state": "quiz", "started_at": now, "updated_at": now}
        await place.storage.run(lambda db: db.execute(insert(enrolment).values(learner_id=whose(db, RATNA), **row)))
        _, text = await browser.opens("/dasbor/modul")
        assert ">sudah-tiada</td>" in text
        assert 'href="/dasbor/modul/kata-sandi"' in text
        assert 'href="/dasbor/modul/sudah-tiada"' not in text


@pytest.mark.parametrize(("state", "asks_again"), [("sending", "hx-get"), ("paused", ""), ("done", "")])
async def test_the_page_of_announcements_asks_again_only_while_one_is_being_sent(place: Place, state: str, asks_again: str) -> None:
    now = place.clock.now()

    def announce(db: Connection) -> None:
        row = {"state": state, "due_at": now, "created_at": now}
        announcement_id = db.execute(insert(announcement).values(row).returning(announcement.c.id)).scalar_one()
        sent = {"kind": "announcement", "occasion": "1", "chat_id": RATNA.id, "due_at": now, "attempts": 0}
        held = {"state": "held" if state == "paused" else "sent", "announcement_id": announcement_id}
        db.execute(insert(delivery).values(learner_id=whose(db, RATNA), **sent, **held))

    async with place.browser() as browser:
        await browser.signs_in(RATNA)
        await place.storage.run(announce)
        assert re.findall("hx-get", (await browser.opens("/dasbor/pengumuman"))[1]) == [asks_again] * bool(asks_again)


async def test_a_form_that_was_broken_off_is_reported_as_no_fault(place: Place) -> None:
    request = b"POST /dasbor/keluar HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nmark="
    with structlog.testing.capture_logs() as told:
        _, writer = await asyncio.open_connection("127.0.0.1", int(place.address.rsplit(":", 1)[1]))
        writer.write(request)
        await writer.drain()
        async with place.browser() as browser:
            await browser.opens("/dasbor")  # by then the server has begun to read the other
            writer.close()
            await writer.wait_closed()
            for _ in range(3):
                await browser.opens("/dasbor")
    assert [each["event"] for each in told] == []


def signed(person_id: object, at: datetime, token: str = TOKEN, **more: str) -> str:
    """Return what Telegram hands to a Mini App, as its documentation says to check it."""
    fields = {"auth_date": str(int(at.timestamp())), "query_id": "AAH", "user": orjson.dumps({"id": person_id}).decode(), **more}
    checked = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.new(b"WebAppData", token.encode(), "sha256").digest()
    return urlencode({**fields, "hash": hmac.new(key, checked.encode(), "sha256").hexdigest()})


async def test_telegram_lets_a_coordinator_in_by_name(place: Place) -> None:
    await place.appoint(EMMA)
    async with place.browser() as browser:
        mark = await browser.mark_on("/dasbor/telegram")
        assert (await browser.sends("/dasbor/telegram", mark=mark, init_data=signed(EMMA.id, place.clock.now())))[0] == 303
        status, text = await browser.opens("/dasbor")
        assert status == 200
        assert "Emma" in text


async def test_nobody_gets_in_by_what_telegram_did_not_sign_for_them_now(place: Place) -> None:
    await place.appoint(EMMA)
    await Chat(place.desk, SARI).says("start")
    now = place.clock.now()
    good = signed(EMMA.id, now)
    forged = {
        "nothing": "",
        "another's hash": good.replace("AAH", "AAX"),
        "another bot's token": signed(EMMA.id, now, "424242:another-token"),
        "no hash": good.rsplit("&", 1)[0],
        "an empty hash": good.rsplit("=", 1)[0] + "=",
        "the person changed": good.replace(str(EMMA.id), str(RATNA.id)),
        "a field added": good + "&start_param=x",
        "a field twice": good + "&query_id=AAH",
        "old": signed(EMMA.id, now - timedelta(minutes=5, seconds=1)),
        "of a time to come": signed(EMMA.id, now + timedelta(minutes=2)),
        "no number": signed(str(EMMA.id), now),
        "truth as a number": signed(person_id=True, at=now),
        "somebody unknown": signed(777, now),
        "a learner": signed(SARI.id, now),
        "no time": signed(EMMA.id, now, auth_date="kemarin"),
        "beyond all time": signed(EMMA.id, now, auth_date="9" * 30),
        "no person": signed(EMMA.id, now, user="{"),
    }
    async with place.browser() as browser:
        for name, init_data in forged.items():
            async with place.browser(**{"X-Forwarded-For": f"203.0.113.{len(name)}"}) as forger:
                mark = await forger.mark_on("/dasbor/telegram")
                assert (await forger.sends("/dasbor/telegram", mark=mark, init_data=init_data))[0] == 403, name
                assert (await forger.opens("/dasbor"))[0] == 401, name
        assert (await browser.sends("/dasbor/telegram", init_data=good))[0] == 403, "a form that our page did not make"
        async with browser.session.get("/dasbor/telegram") as answer:
            assert "frame-ancestors https://web.telegram.org" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Frame-Options"] == ""
