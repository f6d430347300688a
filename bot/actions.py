"""What a button press means, and its way to and from the 64 bytes of callback data that Telegram carries.

A button carries ids of rows and names that authors gave, never a position or a label, so an old button says the same thing for ever.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import time
from typing import Final

SEPARATOR: Final = ":"
NEVER: Final = -1
MINUTES_A_DAY: Final = 24 * 60
LARGEST: Final = 2**63 - 1  # what a column of the database holds
MAX_BYTES: Final = 64  # core.telegram.org/bots/api#inlinekeyboardbutton: callback_data, 1-64 bytes


@dataclass(frozen=True, slots=True)
class Library:
    """Show the paths and modules."""


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """Show another page of a long list of modules; 0 is the first."""

    page: int


@dataclass(frozen=True, slots=True)
class OpenModule:
    """Begin a module, or go on where the learner left it."""

    module: str


@dataclass(frozen=True, slots=True)
class ModuleDetails:
    """Show what a module is about, before it is begun."""

    module: str


@dataclass(frozen=True, slots=True)
class OpenCard:
    """Show a card of a module, as the learner's place."""

    module: str
    card: str


@dataclass(frozen=True, slots=True)
class RevealCard:
    """Show what a card keeps hidden until the learner asks."""

    module: str
    card: str


@dataclass(frozen=True, slots=True)
class CardMedia:
    """Send the file of a card."""

    module: str
    card: str


@dataclass(frozen=True, slots=True)
class SaveForLater:
    """Leave the module for now, and keep the place."""

    module: str


@dataclass(frozen=True, slots=True)
class StartQuiz:
    """Begin the quiz of a module, or go on with the one under way."""

    module: str


@dataclass(frozen=True, slots=True)
class RepeatMissed:
    """Ask again what was missed in a finished sitting."""

    sitting: int


@dataclass(frozen=True, slots=True)
class StartDaily:
    """Begin today's quiz, or go on with the one under way."""


@dataclass(frozen=True, slots=True)
class ShowPrompt:
    """Show a prompt, answered or not."""

    prompt: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Choose the one option of a prompt."""

    prompt: int
    option: str


@dataclass(frozen=True, slots=True)
class Tick:
    """Tick or untick one of several options of a prompt."""

    prompt: int
    option: str


@dataclass(frozen=True, slots=True)
class Submit:
    """Send in the ticked options of a prompt."""

    prompt: int


@dataclass(frozen=True, slots=True)
class Unsure:
    """Say, or take back, that the coming answer is a doubtful one."""

    prompt: int


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """Show the card that an answered prompt came from, with the way back to the prompt."""

    prompt: int


@dataclass(frozen=True, slots=True)
class Result:
    """Show the result of a finished sitting."""

    sitting: int


@dataclass(frozen=True, slots=True)
class LeaveForNow:
    """Stop here; everything is kept."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Show where the learner is now."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Show the learner's progress."""


@dataclass(frozen=True, slots=True)
class ProgressChart:
    """Send the progress as a picture."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Show the learner's settings."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Show the languages."""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Speak this language from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class ChooseZone:
    """Show the time zones."""


@dataclass(frozen=True, slots=True)
class SetZone:
    """Live in this IANA zone from now on."""

    zone: str


@dataclass(frozen=True, slots=True)
class ReminderMenu:
    """Show the reminder's hours."""


@dataclass(frozen=True, slots=True)
class SetReminder:
    """Be reminded at this local time of day, in minutes since midnight; -1 means never. Another number raises ValueError."""

    minute: int

    def __post_init__(self) -> None:
        if not NEVER <= self.minute < MINUTES_A_DAY:
            raise ValueError("this is no minute of a day")

    @property
    def at(self) -> time | None:
        """The local time of day, None when reminders are to be off."""
        return None if self.minute == NEVER else time(self.minute // 60, self.minute % 60)


@dataclass(frozen=True, slots=True)
class Snooze:
    """Move the reminder: to an hour from now, or to tomorrow."""

    until: str


@dataclass(frozen=True, slots=True)
class PauseMenu:
    """Show how long a pause may last."""


@dataclass(frozen=True, slots=True)
class PauseFor:
    """Pause reminders for this many days; 0 means until the learner resumes."""

    days: int


@dataclass(frozen=True, slots=True)
class ResumeReminders:
    """End the pause."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """Show what is kept about the learner, and why."""


@dataclass(frozen=True, slots=True)
class Data:
    """Show what the learner can do with their data."""


@dataclass(frozen=True, slots=True)
class ExportData:
    """Send everything that is kept about the learner as a file."""


@dataclass(frozen=True, slots=True)
class EraseData:
    """Ask whether everything about the learner shall really be erased."""


@dataclass(frozen=True, slots=True)
class ConfirmErase:
    """Erase everything about the learner."""


@dataclass(frozen=True, slots=True)
class Help:
    """Show the commands."""


@dataclass(frozen=True, slots=True)
class AnnouncementPreview:
    """Show an announcement's draft with its audience, time and count."""

    announcement: int


@dataclass(frozen=True, slots=True)
class ChooseAudience:
    """Show the audiences an announcement can have."""

    announcement: int


@dataclass(frozen=True, slots=True)
class ChooseUnfinished:
    """Show the modules whose unfinished learners an announcement can go to."""

    announcement: int


@dataclass(frozen=True, slots=True)
class UnfinishedPage:
    """Show another page of the modules whose unfinished learners an announcement can go to; 0 is the first."""

    announcement: int
    page: int


@dataclass(frozen=True, slots=True)
class SetAudience:
    """Address an announcement to everyone (no module), or to those who have not finished a module."""

    announcement: int
    module: str


@dataclass(frozen=True, slots=True)
class ChooseSchedule:
    """Show the times an announcement can go out."""

    announcement: int


@dataclass(frozen=True, slots=True)
class SetSchedule:
    """Let an announcement go out at this moment, in seconds since 1970 UTC; 0 means now."""

    announcement: int
    moment: int


@dataclass(frozen=True, slots=True)
class ConfirmAnnouncement:
    """Send an announcement to its audience."""

    announcement: int


@dataclass(frozen=True, slots=True)
class ReplaceAnnouncement:
    """Take another message as the text of an announcement's draft."""

    announcement: int


@dataclass(frozen=True, slots=True)
class AnnouncementProgress:
    """Show how far an announcement has come."""

    announcement: int


@dataclass(frozen=True, slots=True)
class AnnouncementReasons:
    """Show why deliveries of an announcement failed."""

    announcement: int


@dataclass(frozen=True, slots=True)
class PauseAnnouncement:
    """Hold an announcement that is going out."""

    announcement: int


@dataclass(frozen=True, slots=True)
class ResumeAnnouncement:
    """Let a held announcement go on."""

    announcement: int


@dataclass(frozen=True, slots=True)
class CancelAnnouncement:
    """Send an announcement to nobody else."""

    announcement: int


Action = (
    Library | LibraryPage | OpenModule | ModuleDetails | OpenCard | RevealCard | CardMedia | SaveForLater | StartQuiz | RepeatMissed
    | StartDaily | ShowPrompt | Answer | Tick | Submit | Unsure | ReadAgain | Result | LeaveForNow | Resume | Progress | ProgressChart
    | Settings | ChooseLanguage | SetLanguage | ChooseZone | SetZone | ReminderMenu | SetReminder | Snooze | PauseMenu | PauseFor
    | ResumeReminders | Privacy | Data | ExportData | EraseData | ConfirmErase | Help | AnnouncementPreview | ChooseAudience
    | ChooseUnfinished | UnfinishedPage | SetAudience | ChooseSchedule | SetSchedule | ConfirmAnnouncement | ReplaceAnnouncement
    | AnnouncementProgress | AnnouncementReasons | PauseAnnouncement | ResumeAnnouncement | CancelAnnouncement
)  # fmt: skip

# A code is written once and for ever: buttons with it live in people's chats for years.
CODES: Final[dict[str, type[Action]]] = {
    "lib": Library, "lp": LibraryPage, "mo": OpenModule, "md": ModuleDetails, "ca": OpenCard, "rv": RevealCard, "cm": CardMedia,
    "sl": SaveForLater, "qz": StartQuiz, "rm": RepeatMissed, "dq": StartDaily, "pr": ShowPrompt, "an": Answer, "ti": Tick, "su": Submit,
    "un": Unsure, "ra": ReadAgain, "re": Result, "lv": LeaveForNow, "go": Resume, "pg": Progress, "pc": ProgressChart, "st": Settings,
    "la": ChooseLanguage, "sla": SetLanguage, "zo": ChooseZone, "szo": SetZone, "rd": ReminderMenu, "srd": SetReminder, "sn": Snooze,
    "pm": PauseMenu, "pf": PauseFor, "rr": ResumeReminders, "pv": Privacy, "da": Data, "dx": ExportData, "de": EraseData,
    "dy": ConfirmErase, "he": Help, "ap": AnnouncementPreview, "aa": ChooseAudience, "au": ChooseUnfinished, "up": UnfinishedPage,
    "asa": SetAudience, "as": ChooseSchedule, "ass": SetSchedule, "ay": ConfirmAnnouncement, "ar": ReplaceAnnouncement,
    "ag": AnnouncementProgress, "aw": AnnouncementReasons, "ah": PauseAnnouncement, "ao": ResumeAnnouncement, "ac": CancelAnnouncement,
}  # fmt: skip
_CODE_OF: Final = {kind: code for code, kind in CODES.items()}
_FIELDS: Final = {kind: tuple((field.name, field.type) for field in fields(kind)) for kind in CODES.values()}


def encode(action: Action) -> str:
    """Return the callback data of `action`: its code and its values, separated by colons, at most 64 bytes.

    Raises:
        ValueError: it would be longer; content checks keep names short enough that it never is.

    """
    kind = type(action)
    data = SEPARATOR.join([_CODE_OF[kind], *(str(getattr(action, name)) for name, _ in _FIELDS[kind])])
    if len(data.encode()) > MAX_BYTES:
        raise ValueError(f"callback data of {kind.__name__} is longer than {MAX_BYTES} bytes")
    return data


def decode(data: str) -> Action | None:
    """Return the action that callback data means, or None when no version of this bot wrote it."""
    code, *values = data.split(SEPARATOR)
    kind = CODES.get(code)
    if kind is None or len(values) != len(_FIELDS[kind]):
        return None
    build: Callable[..., Action] = kind
    try:
        return build(*(_number(value) if wanted is int else value for value, (_, wanted) in zip(values, _FIELDS[kind], strict=True)))
    except ValueError:
        return None


def _number(value: str) -> int:
    """Read a number; raises ValueError for what no button of ours ever carried."""
    number = int(value)
    if str(number) != value or abs(number) > LARGEST:
        raise ValueError("this is no number of ours")
    return number
