"""Which screen shows which view, for services that may answer with several."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot import views
from bot.screen import Screen
from bot.screens import announcing, lesson, library, preferences, quiz, replies, result, searching, welcome
from bot.texts import Words

SCREENS: Final[Mapping[type, Callable[[Any, Words], Screen]]] = {
    views.Welcome: welcome.welcome,
    views.Library: library.library,
    views.ModuleDetails: library.details,
    views.Card: lesson.card,
    views.CardAgain: quiz.card_again,
    views.Question: quiz.question,
    views.Result: result.result,
    views.Mistakes: result.mistakes,
    views.NothingToAsk: result.nothing_to_ask,
    views.NoAttemptsLeft: result.no_attempts_left,
    views.Preferences: preferences.paused,
    views.LeaveRefused: preferences.leave_refused,
    views.Found: searching.found,
    views.CardFound: searching.card,
    views.Gone: replies.gone,
    views.Draft: announcing.preview,
    views.Unsendable: announcing.unsendable,
    views.Audience: announcing.unfinished,
    views.Schedule: announcing.schedule,
    views.Broadcast: announcing.broadcast,
    views.NotAllowed: lambda _view, t: announcing.not_allowed(t),
}


def draw(view: object, t: Words) -> Screen:
    """Return the screen that shows a view."""
    return SCREENS[type(view)](view, t)
