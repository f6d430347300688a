"""What a coordinator presses about an announcement."""

from bot.actions.action import Action, button


@button("ap")
class AnnouncementPreview(Action):
    """Show an announcement's draft with its audience, time and count."""

    announcement: int


@button("aa")
class ChooseAudience(Action):
    """Show the audiences an announcement can have."""

    announcement: int


@button("au")
class ChooseUnfinished(Action):
    """Show the modules whose unfinished learners an announcement can go to."""

    announcement: int


@button("up")
class UnfinishedPage(Action):
    """Show another page of the modules whose unfinished learners an announcement can go to; 0 is the first."""

    announcement: int
    page: int


@button("asa")
class SetAudience(Action):
    """Address an announcement to everyone (no module), or to those who have not finished a module."""

    announcement: int
    module: str


@button("as")
class ChooseSchedule(Action):
    """Show the times an announcement can go out."""

    announcement: int


@button("ass")
class SetSchedule(Action):
    """Let an announcement go out at this moment, in seconds since 1970 UTC; 0 means now."""

    announcement: int
    moment: int


@button("ay")
class ConfirmAnnouncement(Action):
    """Send an announcement to its audience."""

    announcement: int


@button("ar")
class ReplaceAnnouncement(Action):
    """Take another message as the text of an announcement's draft."""

    announcement: int


@button("ag")
class AnnouncementProgress(Action):
    """Show how far an announcement has come."""

    announcement: int


@button("aw")
class AnnouncementReasons(Action):
    """Show why deliveries of an announcement failed."""

    announcement: int


@button("ah")
class PauseAnnouncement(Action):
    """Hold an announcement that is going out."""

    announcement: int


@button("ao")
class ResumeAnnouncement(Action):
    """Let a held announcement go on."""

    announcement: int


@button("ac")
class CancelAnnouncement(Action):
    """Send an announcement to nobody else."""

    announcement: int
