"""A message that is no command: taken for what the bot awaits from this person."""

from bot import views
from bot.services import announcing, answers, preferences
from bot.services.turn import Turn
from bot.storage import dialogues
from bot.storage.dialogues import Dialogue

Taken = (
    views.Question
    | views.Draft
    | views.Schedule
    | views.Unsendable
    | views.NotAllowed
    | views.Gone
    | views.Me
    | views.Preferences
    | views.LeaveRefused
)


def is_awaited(turn: Turn) -> bool:
    """Tell whether a person's next message is for something that they were asked; else its words are a question."""
    dialogue = dialogues.find(turn.db, turn.learner.id)
    return dialogue is not None and (
        dialogue.prompt_id is not None or _is_leave_awaited(turn, dialogue) or announcing.is_awaited(turn, dialogue)
    )


def take(turn: Turn, text: str, message_id: int, *, copyable: bool, album: str) -> Taken | None:
    """Take a message for what is awaited; `Me` when nothing is, None for what needs no answer.

    `text` is empty when it has none; `album` names the album that it is a part of.
    """
    dialogue = dialogues.find(turn.db, turn.learner.id)
    if dialogue is not None and album:
        if dialogue.album == album:
            return None  # the first part had its answer
        dialogues.note_album(turn.db, turn.learner.id, album)
    if dialogue is not None and dialogue.prompt_id is not None:
        return answers.write(turn, dialogue.prompt_id, text)
    if dialogue is not None and _is_leave_awaited(turn, dialogue):
        return preferences.take_leave(turn, text)
    return announcing.take(turn, dialogue, text, message_id, copyable=copyable and not album, album=album)


def _is_leave_awaited(turn: Turn, dialogue: Dialogue) -> bool:
    return dialogue.awaits == preferences.LEAVE and turn.now - dialogue.since < announcing.DIALOGUE_LIFE
