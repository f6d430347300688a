"""What services return: frozen values that a screen is drawn from, with no database and no Telegram in them; a module a feature."""

from bot.views.announcing import Audience, Broadcast, Content, Draft, Schedule, Unsendable
from bot.views.group import GroupQuestion, GroupRecap, GroupSettings, GroupStopped
from bot.views.learning import Card, Library, MediaFile, MediaLine, ModuleDetails, ModuleLine, PathLine
from bot.views.person import Day, LeaveRefused, Preferences, Progress, Reminder, ReminderPlan, Silence, Welcome
from bot.views.quiz import (
    CardAgain,
    Missed,
    Mistake,
    Mistakes,
    NoAttemptsLeft,
    NothingToAsk,
    Outcome,
    Question,
    Result,
    SharedReflection,
    TypingFault,
    Waiting,
)
from bot.views.replies import Gone, Me, NotAllowed
from bot.views.searching import CardFound, Found, FoundCard

__all__ = [
    "Audience", "Broadcast", "Card", "CardAgain", "CardFound", "Content", "Day", "Draft", "Found", "FoundCard", "Gone", "GroupQuestion",
    "GroupRecap", "GroupSettings", "GroupStopped", "LeaveRefused", "Library", "Me", "MediaFile", "MediaLine", "Missed", "Mistake",
    "Mistakes", "ModuleDetails", "ModuleLine", "NoAttemptsLeft", "NotAllowed", "NothingToAsk", "Outcome", "PathLine", "Preferences",
    "Progress", "Question", "Reminder", "ReminderPlan", "Result", "Schedule", "SharedReflection", "Silence", "TypingFault", "Unsendable",
    "Waiting", "Welcome",
]  # fmt: skip
