"""What a button press means, and its way to and from callback data: the kinds of actions, a module a feature.

A button carries ids of rows and names that authors gave, never a position or a label, so an old button says the same thing for ever.
"""

from bot.actions.action import CODES, Action
from bot.actions.announcing import (
    AnnouncementPreview,
    AnnouncementProgress,
    AnnouncementReasons,
    CancelAnnouncement,
    ChooseAudience,
    ChooseSchedule,
    ChooseUnfinished,
    ConfirmAnnouncement,
    PauseAnnouncement,
    ReplaceAnnouncement,
    ResumeAnnouncement,
    SetAudience,
    SetSchedule,
    UnfinishedPage,
)
from bot.actions.callback_data import LARGEST, MAX_BYTES, decode, encode
from bot.actions.learning import (
    CardMedia,
    LeaveForNow,
    Library,
    LibraryPage,
    ModuleDetails,
    OpenCard,
    OpenModule,
    Progress,
    ProgressChart,
    Resume,
    RevealCard,
    SaveForLater,
)
from bot.actions.person import (
    ChooseLanguage,
    ChooseZone,
    ConfirmErase,
    Data,
    EraseData,
    ExportData,
    Help,
    PauseFor,
    PauseMenu,
    Privacy,
    ReminderMenu,
    ResumeReminders,
    SetLanguage,
    SetReminder,
    Settings,
    SetZone,
    Snooze,
)
from bot.actions.quiz import Answer, ReadAgain, RepeatMissed, Result, ShowPrompt, StartDaily, StartQuiz, Submit, Tick, Unsure

__all__ = [
    "CODES", "LARGEST", "MAX_BYTES", "Action", "AnnouncementPreview", "AnnouncementProgress", "AnnouncementReasons", "Answer",
    "CancelAnnouncement", "CardMedia", "ChooseAudience", "ChooseLanguage", "ChooseSchedule", "ChooseUnfinished", "ChooseZone",
    "ConfirmAnnouncement", "ConfirmErase", "Data", "EraseData", "ExportData", "Help", "LeaveForNow", "Library", "LibraryPage",
    "ModuleDetails", "OpenCard", "OpenModule", "PauseAnnouncement", "PauseFor", "PauseMenu", "Privacy", "Progress", "ProgressChart",
    "ReadAgain", "ReminderMenu", "RepeatMissed", "ReplaceAnnouncement", "Result", "Resume", "ResumeAnnouncement", "ResumeReminders",
    "RevealCard", "SaveForLater", "SetAudience", "SetLanguage", "SetReminder", "SetSchedule", "SetZone", "Settings", "ShowPrompt",
    "Snooze", "StartDaily", "StartQuiz", "Submit", "Tick", "UnfinishedPage", "Unsure", "decode", "encode",
]  # fmt: skip
