"""First contact and coming back, with the deep links that lead here."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Final

from bot import views
from bot.services import library, preferences, quiz, roles
from bot.services.turn import Turn
from bot.storage import dialogues, invitations, learners, units
from bot.storage.invitations import Invitation

MODULE_PREFIX: Final = "m-"
DAILY: Final = "kuis"  # from a group to the quiz in the private chat
MOST_WRONG_LINKS: Final = 5
WRONG_LINKS_WITHIN: Final = timedelta(hours=1)


def start(
    turn: Turn, payload: str
) -> views.Welcome | views.ModuleDetails | views.Question | views.Result | views.NothingToAsk | views.Gone:
    """Welcome a learner; `payload` is what a deep link carried: a module, the daily quiz, an invitation, or nothing."""
    dialogues.end(turn.db, turn.learner.id)
    turn = _resumed(turn)
    if payload == DAILY:
        return _welcome(turn, "") if turn.is_new else quiz.start_daily(turn)
    if not payload.startswith(MODULE_PREFIX):
        return _welcome(turn, payload)
    module = turn.catalogue.module(payload.removeprefix(MODULE_PREFIX))
    if turn.is_new and module is not None:  # a newcomer is greeted first, and begins the module with the first button
        return replace(_welcome(turn, ""), suggested=library.line(module, None))
    return library.details(turn, payload.removeprefix(MODULE_PREFIX))


def token_hash(token: str) -> str:
    """Return what is kept of an invitation's token."""
    return sha256(token.encode()).hexdigest()


def _resumed(turn: Turn) -> Turn:
    """Take back a /stop: whoever starts wants to be here."""
    if not turn.learner.stopped:
        return turn
    learners.change(turn.db, turn.learner.id, stopped=False)
    return preferences.reloaded(turn)


def _welcome(turn: Turn, token: str) -> views.Welcome:
    guessing = bool(token) and _is_guessing(turn)
    invitation = _opened(turn, token) if token and not guessing else None
    module = turn.catalogue.module(invitation.module_id) if invitation and invitation.module_id else None
    return views.Welcome(
        name=turn.learner.name,
        returning=not turn.is_new,
        suggested=library.line(module, None) if module else library.suggestion(turn),
        reminder=preferences.plan(turn),
        became_coordinator=bool(invitation and invitation.coordinator),
        coordinates=_unit_name(turn, invitation) if invitation else None,
        invitation_refused=bool(token) and invitation is None,
        too_many_links=guessing,
    )


def _unit_name(turn: Turn, invitation: Invitation) -> str | None:
    return units.name_of(turn.db, invitation.unit_id) if invitation.coordinator and invitation.unit_id is not None else None


def _is_guessing(turn: Turn) -> bool:
    """Tell whether this person has opened so many wrong links lately that no link of theirs is looked at for a while."""
    return invitations.count_wrong(turn.db, turn.learner.id, turn.now - WRONG_LINKS_WITHIN) >= MOST_WRONG_LINKS


def _opened(turn: Turn, token: str) -> Invitation | None:
    """Use the invitation that a link carries, if it carries one."""
    invitation = invitations.use(turn.db, token_hash(token), turn.learner.id, turn.now)
    if invitation is None:
        invitations.note_wrong(turn.db, turn.learner.id, turn.now - WRONG_LINKS_WITHIN, turn.now)
    elif invitation.coordinator:
        roles.take_up(turn, invitation.unit_id, invitation.author_id)
    return invitation
