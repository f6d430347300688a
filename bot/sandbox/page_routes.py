"""What the chat page uses: a person's phone as JSON, live events, files, and every verb of World over HTTP.

`GET /sandbox/state?person=1002` is the phone of a person; `GET /sandbox/events?person=1002&after=5` the stream of what follows;
`POST /sandbox/do/<verb>` does what the verb of World of that name does, with the same arguments as JSON
(`send_file` also as a multipart form with a part `file`); `GET /sandbox/clock` and `POST /sandbox/clock` with `advance_seconds`
or `to` (an ISO moment) read and move the clock; `GET /sandbox/calls` is the log of the bot's calls.

The page keeps these `data-testid`s for browser tests; `/?person=1002` opens that person's chat with the bot at once.

- lists: `person-<id>`, `chat-<id>`, `language-id`, `language-en`, `made-up`
- conversation: `chat-title`, `chat-status`, `chat-log`, `message-<id>`, `edit-<id>`, `poll-<id>`, `pinned`, `back` (on a phone),
  `button` (an inline button, its text is its label), `reply-keyboard`, `toast`, `alert` with `alert-ok`
- writing: `start` (also unblocks), `composer`, `send`, `commands-menu` with `commands-list`, `attach` with `attach-<kind>`, `file`
- more: `more` with `more-<what>`, `link-address`, `link-open`
- beside the chat, where somebody noted something: `notes-title`, `notes-state`, `note`
- clock: `clock-local`, `clock-utc`, `clock-forward-minute`, `clock-forward-hour`, `clock-forward-day`, `clock-forward-tomorrow`
  (08:30 in the person's zone), `clock-to` with `clock-forward-to`, `clock-open` (on a phone)
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.errors import BAD_REQUEST, FORBIDDEN, NOT_FOUND, BotApiError, NotPossibleError
from bot.sandbox.journal import Entry
from bot.sandbox.parameters import Parameters, Upload
from bot.sandbox.records import Chat, JsonObject, Person
from bot.sandbox.wire import parameters_of
from bot.sandbox.world import World

PAGE = Path(__file__).parent / "page"
MESSAGES_SHOWN = 300
CALLS_SHOWN = 100
HEARTBEAT = 15.0
RECONNECT = 1000  # milliseconds until a page whose line was cut tries again
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
VERBS = frozenset(
    {
        "say",
        "start",
        "open_link",
        "send_file",
        "send_location",
        "send_contact",
        "tap",
        "vote",
        "block",
        "unblock",
        "deactivate",
        "add_bot",
        "remove_bot",
        "fail_next",
        "drop_next",
        "latency",
        "enforce_limits",
    }
)


class PageRoutes:
    """The routes of the chat page."""

    def __init__(self, world: World) -> None:
        """Show and move this world."""
        self._world = world
        self._state = world.state

    def routes(self) -> list[BaseRoute]:
        """Return the routes: the page at `/`, its files, and the endpoints below `/sandbox`."""
        return [
            Route("/", self._index),
            Route("/sandbox/state", self._phone),
            Route("/sandbox/events", self._events),
            Route("/sandbox/calls", self._calls),
            Route("/sandbox/files/{file_id}", self._file),
            Route("/sandbox/clock", self._clock, methods=["GET", "POST"]),
            Route("/sandbox/edit", self._edit, methods=["POST"]),
            Route("/sandbox/migrate", self._migrate, methods=["POST"]),
            Route("/sandbox/do/{verb}", self._do, methods=["POST"]),
            Mount("/page", StaticFiles(directory=PAGE)),
        ]

    async def _index(self, _: Request) -> Response:
        return FileResponse(PAGE / "index.html", headers={"Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer"})

    async def _phone(self, request: Request) -> Response:
        try:
            person = self._state.person(int(request.query_params.get("person") or next(iter(self._state.people))))
        except (ValueError, NotPossibleError) as error:
            return _json({"problem": str(error)}, NOT_FOUND)
        return _json(self._described(person))

    def _described(self, person: Person) -> JsonObject:
        return {
            "bot": self._state.bot | {"description": self._state.profile.text("description", person.language_code)},
            "person": person.id,
            "people": [self._described_person(each) for each in self._state.people.values()],
            "chats": [self._described_chat(chat, person) for chat in self._chats(person)],
            "now": self._world.clock.now().isoformat(),
            "notes": self._state.notes,
            "entry": self._state.journal.last,
        }

    def _described_person(self, person: Person) -> JsonObject:
        return person.user() | {"zone": person.zone, "role": person.role}

    def _described_chat(self, chat: Chat, person: Person) -> JsonObject:
        newest = list(chat.messages.values())[-MESSAGES_SHOWN:]
        standing = {"bot": chat.bot, "migrated_to": chat.migrated_to, "deactivated": chat.deactivated, "members": len(chat.members)}
        commands = self._state.profile.commands_for(chat, person)
        return chat.json() | standing | {"commands": commands, "messages": [self._state.shown(message) for message in newest]}

    def _chats(self, person: Person) -> list[Chat]:
        groups = [chat for chat in self._state.chats.values() if not chat.private and person.id in chat.members]
        return [self._state.chats[person.id], *groups]

    async def _events(self, request: Request) -> Response:
        person = int(request.query_params.get("person", 0))
        after = int(request.headers.get("last-event-id") or request.query_params.get("after") or self._state.journal.last)
        return StreamingResponse(self._stream(person, after), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _stream(self, person: int, after: int) -> AsyncIterator[bytes]:
        journal = self._state.journal
        yield b"retry: %d\n\n" % RECONNECT
        while not self._state.closing:
            for entry in list(journal.after(after)):
                if self._concerns(entry, person):
                    yield _event(entry)
                elif entry.kind == "message" and entry.data["from"]["is_bot"]:
                    yield _event(Entry(entry.number, "elsewhere", entry.chat, {}))
            after = journal.last
            if not await self._news(after):
                yield b": still here\n\n"

    async def _news(self, after: int) -> bool:
        state = self._state
        return await state.signal.until(lambda: state.journal.last != after or state.closing, HEARTBEAT)

    def _concerns(self, entry: Entry, person: int) -> bool:
        chat = self._state.chats.get(entry.chat)
        return chat is None or person in chat.members

    async def _calls(self, _: Request) -> Response:
        newest = list(self._state.calls)[-CALLS_SHOWN:]
        return _json(
            {
                "calls": [
                    {"method": each.method, "parameters": each.parameters, "answer": each.answer, "moment": each.moment} for each in newest
                ]
            }
        )

    async def _file(self, request: Request) -> Response:
        try:
            file = self._state.files.get(request.path_params["file_id"])
        except BotApiError as error:
            return _json({"problem": error.description}, NOT_FOUND)
        # An uploaded page must not run as one of ours.
        headers = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
        return Response(file.data, media_type=file.mime, headers=headers)

    async def _clock(self, request: Request) -> Response:
        if request.method == "GET":
            return _json({"now": self._world.clock.now()})
        return await self._acted(request, self._move_clock)

    def _move_clock(self, values: Parameters) -> JsonObject:
        if to := values.text("to"):
            moment = datetime.fromisoformat(to)
            step = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - self._world.clock.now()
        else:
            step = timedelta(seconds=float(values.text("advance_seconds", "0")))
        return {"now": self._world.advance(step)}

    async def _edit(self, request: Request) -> Response:
        def edit(values: Parameters) -> JsonObject:
            self._world.edit(self._state.message(values.integer("chat"), values.integer("message_id")), values.text("text"))
            return {}

        return await self._acted(request, edit)

    async def _migrate(self, request: Request) -> Response:
        return await self._acted(request, lambda values: {"chat": self._world.migrate(values.integer("chat")).id})

    async def _do(self, request: Request) -> Response:
        verb = request.path_params["verb"]
        if verb not in VERBS:
            return _json({"problem": f"there is no verb {verb!r}; there are {sorted(VERBS)}"}, NOT_FOUND)
        return await self._acted(request, lambda values: self._done(verb, values))

    def _done(self, verb: str, parameters: Parameters) -> JsonObject:
        arguments: dict[str, Any] = {
            name: _number(value) if name in {"person", "chat"} else value for name, value in parameters.values.items()
        }
        if uploaded := parameters.uploads.get("file"):
            arguments["upload"] = Upload(uploaded.filename, uploaded.content_type, uploaded.data)
        getattr(self._world, verb)(**arguments)
        return {}

    async def _acted(self, request: Request, action: Any) -> Response:
        """Do something for a page of this very server, and put its refusals into plain words."""
        if _foreign(request):
            return _json({"problem": "only the sandbox's own page may do this"}, FORBIDDEN)
        try:
            return _json({"ok": True} | action(await parameters_of(request)))
        except (NotPossibleError, BotApiError, ValueError, TypeError) as error:
            return _json({"problem": str(error)}, BAD_REQUEST)


def _foreign(request: Request) -> bool:
    """Whether a browser sent this from another site's page."""
    origin = request.headers.get("origin")
    return bool(origin) and urlsplit(str(origin)).netloc != request.headers.get("host")


def _number(value: Any) -> int:
    return int(value)


def _event(entry: Entry) -> bytes:
    body = orjson.dumps({"kind": entry.kind, "chat": entry.chat, "data": entry.data})
    return b"id: %d\ndata: %s\n\n" % (entry.number, body)


def _json(body: JsonObject, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json")
