"""Announcements: a draft from any message, an audience, a time, and the fate of every delivery.

Every function answers `NotAllowed` to who is no coordinator, and `Gone` for an announcement that is not theirs.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape

from sqlalchemy import Connection

from bot import views
from bot.domain.moments import offers, parse_moment
from bot.domain.pacing import seconds_to_send
from bot.services import auditing, library
from bot.services.auditing import Act
from bot.services.turn import Turn
from bot.storage import announcements, dialogues, fates, outbox
from bot.storage.announcements import Announcement
from bot.storage.dialogues import Dialogue

DIALOGUE_LIFE = timedelta(hours=1)
LATEST = timedelta(days=366)

DraftView = views.Draft | views.NotAllowed | views.Gone
LiveView = views.Broadcast | views.NotAllowed | views.Gone


def begin(turn: Turn) -> views.Me | views.NotAllowed:
    """Await the content of an announcement."""
    if not turn.may_announce:
        return views.NotAllowed()
    dialogues.begin(turn.db, turn.learner.id, "announcement", None, turn.now)
    return views.Me(turn.learner.name, coordinator=True)


def take(
    turn: Turn, dialogue: Dialogue | None, text: str, message_id: int, *, copyable: bool, album: str
) -> DraftView | views.Schedule | views.Unsendable | views.Me:
    """Take a message for what the dialogue awaits, unless that was long ago; `Me` when nothing is awaited.

    `text` is empty when it has none; `album` names the album that it is a part of.
    """
    if dialogue is None or not is_awaited(turn, dialogue):
        return views.Me(turn.learner.name, turn.may_announce)
    if dialogue.awaits == "schedule":
        return _read_schedule(turn, dialogue, text)
    return _receive(turn, dialogue, message_id) if copyable else views.Unsendable(album=bool(album))


def is_awaited(turn: Turn, dialogue: Dialogue) -> bool:
    """Tell whether a coordinator's next message is for an announcement."""
    about = dialogue.awaits in {"announcement", "schedule"}
    return about and turn.now - dialogue.since < DIALOGUE_LIFE and turn.may_announce


def edited(turn: Turn, message_id: int) -> views.Draft | views.Broadcast | views.Me:
    """Show the announcement whose content was changed: Telegram copies a message as it is at that moment. `Me` when it is none."""
    found = announcements.find_unsent(turn.db, turn.learner.id, turn.learner.telegram_id, message_id)
    if found is None or not turn.may_announce:
        return views.Me(turn.learner.name, turn.may_announce)
    return _draft(turn, found) if found.state == "draft" else _broadcast(turn.db, found, turn.learner.zone)


def preview(turn: Turn, announcement_id: int) -> DraftView:
    """Return a draft with its audience, time and count; nothing else is awaited then."""
    found = _own(turn, announcement_id, "draft")
    dialogues.end(turn.db, turn.learner.id)
    return _draft(turn, found) if isinstance(found, Announcement) else found


def replace_content(turn: Turn, announcement_id: int) -> DraftView:
    """Await another message as the content of a draft."""
    found = _own(turn, announcement_id, "draft")
    if not isinstance(found, Announcement):
        return found
    dialogues.begin(turn.db, turn.learner.id, "announcement", found.id, turn.now)
    return _draft(turn, found)


def audiences(turn: Turn, announcement_id: int) -> views.Audience | views.NotAllowed | views.Gone:
    """Return the modules whose unfinished learners a draft can go to."""
    found = _own(turn, announcement_id, "draft")
    if not isinstance(found, Announcement):
        return found
    return views.Audience(found.id, tuple(library.line(module, None) for module in library.in_order(turn)))


def set_audience(turn: Turn, announcement_id: int, module_id: str) -> DraftView:
    """Address a draft to everyone (no module), or to those who have not finished a module."""
    found = _own(turn, announcement_id, "draft")
    if not isinstance(found, Announcement):
        return found
    if module_id and turn.catalogue.module(module_id) is None:
        return views.Gone("module")
    announcements.change(turn.db, found.id, module_id=module_id or None)
    return preview(turn, found.id)


def schedules(turn: Turn, announcement_id: int) -> views.Schedule | views.NotAllowed | views.Gone:
    """Offer times for a draft, and await one that is typed."""
    found = _own(turn, announcement_id, "draft")
    if not isinstance(found, Announcement):
        return found
    dialogues.begin(turn.db, turn.learner.id, "schedule", found.id, turn.now)
    return _schedule(turn, found.id)


def set_schedule(turn: Turn, announcement_id: int, moment: int) -> DraftView:
    """Let a draft go out at a moment (seconds since 1970 UTC), or, for 0 and for what has passed, as soon as it is confirmed."""
    found = _own(turn, announcement_id, "draft")
    if not isinstance(found, Announcement):
        return found
    latest = int((turn.now + LATEST).timestamp())
    due = datetime.fromtimestamp(min(moment, latest), UTC) if moment > turn.now.timestamp() else None
    announcements.change(turn.db, found.id, due_at=due)
    return preview(turn, found.id)


def confirm(turn: Turn, announcement_id: int, message_id: int | None) -> LiveView | views.Draft:
    """Send a draft to its audience, now or at its time; `message_id` becomes the live message about it. A second tap changes nothing.

    A draft whose time passed unconfirmed is shown again, to go out now: nobody agreed to this moment.
    """
    found = _own(turn, announcement_id)
    if not isinstance(found, Announcement):
        return found
    if found.state == "draft" and found.due_at and found.due_at <= turn.now:
        announcements.change(turn.db, found.id, due_at=None)
        return _draft(turn, replace(found, due_at=None))
    due = found.due_at or turn.now
    if announcements.move(turn.db, found.id, ("draft",), "scheduled", due_at=due, progress_message_id=message_id):
        _note(turn, "confirm", found.id)
        if due == turn.now:
            send_out(turn.db, found.id, turn.now)
    return progress(turn, found.id)


def progress(turn: Turn, announcement_id: int) -> LiveView:
    """Return how far an announcement has come; a draft that was never confirmed has not come anywhere."""
    found = _own(turn, announcement_id)
    if not isinstance(found, Announcement):
        return found
    return views.Gone("announcement") if found.state == "draft" else _broadcast(turn.db, found, turn.learner.zone)


def hold(turn: Turn, announcement_id: int) -> LiveView:
    """Hold an announcement that is going out."""
    found = _own(turn, announcement_id)
    if isinstance(found, Announcement) and announcements.move(turn.db, found.id, ("sending",), "paused"):
        outbox.move(turn.db, found.id, ("due",), "held")
        _note(turn, "pause", found.id)
    return progress(turn, announcement_id)


def go_on(turn: Turn, announcement_id: int) -> LiveView:
    """Let a held announcement go on."""
    found = _own(turn, announcement_id)
    if isinstance(found, Announcement) and announcements.move(turn.db, found.id, ("paused",), "sending"):
        outbox.move(turn.db, found.id, ("held",), "due")
        _note(turn, "resume", found.id)
    return progress(turn, announcement_id)


def cancel(turn: Turn, announcement_id: int) -> LiveView | views.Me:
    """Send an announcement to nobody else; a draft is thrown away."""
    found = _own(turn, announcement_id)
    if not isinstance(found, Announcement):
        return found
    dialogues.end(turn.db, turn.learner.id)
    was_draft = found.state == "draft"
    if announcements.move(turn.db, found.id, ("draft", "scheduled", "sending", "paused"), "cancelled", finished_at=turn.now):
        outbox.cancel(turn.db, found.id)
        if not was_draft:
            _note(turn, "cancel", found.id)
    return views.Me(turn.learner.name, coordinator=True, cancelled=True) if was_draft else progress(turn, announcement_id)


def send_due(db: Connection, now: datetime) -> int:
    """Queue the announcements whose time has come and close those that are through; return how many changed."""
    changed = [send_out(db, each.id, now) for each in announcements.due(db, now)]
    changed += [announcements.move(db, each, ("sending",), "done", finished_at=now) for each in announcements.delivered(db)]
    return sum(changed)


def content(db: Connection, announcement_id: int) -> views.Content | None:
    """Return what an announcement says, or None when it is no longer to be sent."""
    found = announcements.find(db, announcement_id)
    if found is None or found.state == "cancelled":
        return None
    return views.Content(escape(found.body or "", quote=False), found.from_chat_id or 0, found.message_id or 0)


def post(db: Connection, body: str, module_id: str | None, due_at: datetime, now: datetime) -> int:
    """Write an announcement of plain text to go out at a moment, as the command line does; return its id."""
    number = announcements.add(db, {"body": body, "module_id": module_id, "state": "scheduled", "due_at": due_at, "created_at": now})
    auditing.note(db, Act("announcement.confirm", details={"announcement": number}), None, now)
    return number


def live(db: Connection) -> list[tuple[int, int, str, views.Broadcast, str | None]]:
    """Return what live messages have to show: chat, message, language, the state of things, and the mark of what is shown now."""
    return [
        (chat_id, each.progress_message_id, language, _broadcast(db, each, zone), each.progress_shown)
        for each, chat_id, language, zone in announcements.live(db)
        if each.progress_message_id is not None
    ]


def shown(db: Connection, announcement_id: int, mark: str, *, final: bool) -> None:
    """Note what the live message of an announcement shows now; a final report is not looked at again."""
    values: dict[str, object] = {"progress_shown": mark}
    announcements.change(db, announcement_id, **(values | {"progress_message_id": None} if final else values))


def _note(turn: Turn, act: str, announcement_id: int) -> None:
    auditing.note(turn.db, Act(f"announcement.{act}", details={"announcement": announcement_id}), turn.learner.id, turn.now)


def _own(turn: Turn, announcement_id: int, state: str | None = None) -> Announcement | views.NotAllowed | views.Gone:
    if not turn.may_announce:
        return views.NotAllowed()
    found = announcements.find(turn.db, announcement_id)
    if found is None or found.author_id != turn.learner.id or (state and found.state != state):
        return views.Gone("announcement")
    return found


def send_out(db: Connection, announcement_id: int, now: datetime) -> bool:
    """Queue a scheduled announcement for its audience; False when it is none."""
    moved = announcements.move(db, announcement_id, ("scheduled",), "sending")
    if moved:
        outbox.add_announcement(db, announcement_id, now)
    return moved


def _draft(turn: Turn, found: Announcement) -> views.Draft:
    module = turn.catalogue.module(found.module_id) if found.module_id else None
    recipients, unreachable = outbox.count_audience(turn.db, found.module_id)
    return views.Draft(
        id=found.id,
        from_chat_id=found.from_chat_id,
        message_id=found.message_id,
        module_title=(module.title if module else found.module_id) or None,
        recipients=recipients,
        unreachable=unreachable,
        due_at=found.due_at,
        seconds=seconds_to_send(recipients, turn.rules.sends_per_second),
        zone=turn.learner.zone,
    )


def _receive(turn: Turn, dialogue: Dialogue, message_id: int) -> DraftView:
    """Make the message the content of a new draft, or of the one that awaits another content."""
    dialogues.end(turn.db, turn.learner.id)
    content = {"from_chat_id": turn.learner.telegram_id, "message_id": message_id}
    if dialogue.announcement_id is not None:
        found = _own(turn, dialogue.announcement_id, "draft")
        if not isinstance(found, Announcement):
            return found
        announcements.change(turn.db, found.id, **content)
        return preview(turn, found.id)
    values = {"author_id": turn.learner.id, "state": "draft", "created_at": turn.now}
    return preview(turn, announcements.add(turn.db, values | content))


def _read_schedule(turn: Turn, dialogue: Dialogue, text: str) -> DraftView | views.Schedule:
    if dialogue.announcement_id is None:
        return views.Gone("announcement")
    moment = parse_moment(text, turn.learner.local(turn.now))
    if moment is None or not turn.now < moment < turn.now + LATEST:
        return replace(_schedule(turn, dialogue.announcement_id), misread=True)
    return set_schedule(turn, dialogue.announcement_id, int(moment.timestamp()))


def _schedule(turn: Turn, announcement_id: int) -> views.Schedule:
    offered = offers(turn.learner.local(turn.now), turn.rules.calendar)
    return views.Schedule(announcement_id, turn.now, turn.learner.zone, offered)


def _broadcast(db: Connection, found: Announcement, zone: str) -> views.Broadcast:
    counts = fates.of_announcement(db, found.id)
    return views.Broadcast(
        id=found.id,
        state=found.state,
        due_at=found.due_at,
        zone=zone,
        total=sum(counts.values()),
        sent=counts.get("sent", 0),
        blocked=counts.get("blocked", 0),
        failed=counts.get("failed", 0),
        uncertain=counts.get("uncertain", 0),
        cancelled=counts.get("cancelled", 0),
        waiting=fates.waiting(counts),
        reasons=tuple(fates.reasons(db, found.id)),
    )
