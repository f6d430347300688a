"""What a learner wrote for themselves, sent to the coordinators because they want to: once, and to nobody else."""

from sqlalchemy import Connection

from bot import views
from bot.content.items.reflection import Reflection
from bot.domain.learner import Learner
from bot.services import answers
from bot.services.quiz import item_of
from bot.services.turn import Turn
from bot.storage import coordination, learners, outbox, sittings

KIND = "reflection"


def share(turn: Turn, prompt_id: int) -> answers.Shown:
    """Send what was written at a prompt to every coordinator of the author who can be reached; a second press sends nothing."""
    found = sittings.find_prompt(turn.db, turn.learner.id, prompt_id)
    if found is None:
        return views.Gone("prompt")
    _, prompt = found
    item = item_of(prompt)
    if isinstance(item, Reflection) and item.share and prompt.response is not None and prompt.shared_at is None:
        contacts = coordination.contacts(turn.db, turn.rules.admins, turn.learner.id)
        rows = [_row(turn, prompt_id, *contact) for contact in contacts if contact[0] != turn.learner.id]
        if rows:
            outbox.queue(turn.db, rows)
            sittings.note_shared(turn.db, prompt_id, turn.now)
    return answers.show(turn, prompt_id)


def compose(db: Connection, recipient_id: int, occasion: str) -> tuple[Learner, views.SharedReflection] | None:
    """Return what a coordinator reads, or None when the author has erased it meanwhile."""
    found = sittings.shared(db, int(occasion))
    if found is None:
        return None
    author, prompt = found
    view = views.SharedReflection(author, prompt.snapshot["module_title"], item_of(prompt).text, (prompt.response or [""])[0])
    return learners.get(db, recipient_id), view


def _row(turn: Turn, prompt_id: int, learner_id: int, telegram_id: int) -> dict[str, object]:
    return {
        "kind": KIND,
        "learner_id": learner_id,
        "chat_id": telegram_id,
        "occasion": str(prompt_id),
        "due_at": turn.now,
        "state": "due",
    }
