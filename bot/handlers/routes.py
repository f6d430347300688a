"""What leads where: the commands that people type and the buttons that they press, in the private chat and in groups."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot import actions
from bot.actions import Action
from bot.handlers import announcing, group, learning, person, reporting, searching
from bot.handlers.context import Context
from bot.handlers.group import GroupContext
from bot.screen import Screen
from bot.screens import replies
from bot.services import place

Handler = Callable[[Context, Any], Awaitable[Screen]]
GroupHandler = Callable[[GroupContext, Any], Awaitable[Screen]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command by its Indonesian name and its English twin; `description` is Indonesian, for /bantuan and for Telegram's menu."""

    name: str
    twin: str
    handler: Handler
    description: str
    for_coordinators: bool = False

    def name_in(self, language: str) -> str:
        """Return the name that people of this language see."""
        return self.name if language == "id" else self.twin


async def show_help(context: Context, _: object) -> Screen:
    """Show the commands that this person may use."""
    me = await context.run(place.whoami)
    shown = [each for each in COMMANDS if me.coordinator or not each.for_coordinators]
    listed = [(each.name_in(context.words.language), each.description) for each in shown]
    return replies.helped(listed, context.desk.contact, context.words)


COMMANDS: Final[tuple[Command, ...]] = (
    Command("start", "start", learning.start, "mulai, atau kembali ke awal"),
    Command("belajar", "learn", learning.browse, "pilih modul dan belajar"),
    Command("kuis", "quiz", learning.start_daily, "ikuti kuis hari ini"),
    Command("cari", "search", searching.search, "cari jawaban dalam materi"),
    Command("progres", "progress", person.show_progress, "lihat progres Anda"),
    Command("pengingat", "reminder", person.reminder, "atur jam pengingat"),
    Command("setelan", "settings", person.settings, "lihat dan ubah setelan"),
    Command("bahasa", "language", person.choose_language, "ganti bahasa"),
    Command("jeda", "pause", person.take_leave, "jeda pengingat, misalnya /jeda sampai 3 Januari"),
    Command("lanjut", "resume", person.resume_reminders, "akhiri jeda pengingat"),
    Command("data", "data", person.data, "unduh atau hapus data Anda"),
    Command("privasi", "privacy", person.show_privacy, "lihat data yang disimpan dan hak Anda"),
    Command("bantuan", "help", show_help, "lihat semua perintah"),
    Command("cancel", "cancel", person.cancel, "batalkan yang sedang berjalan"),
    Command("stop", "stop", person.stop, "berhenti menerima pesan"),
    Command("umumkan", "announce", announcing.begin, "kirim pengumuman", for_coordinators=True),
    Command("laporan", "report", reporting.show, "lihat dan unduh laporan", for_coordinators=True),
    Command("dasbor", "dashboard", reporting.open_dashboard, "buka dasbor di peramban", for_coordinators=True),
)

BUTTONS: Final[Mapping[type[Action], Handler]] = {
    actions.Library: learning.browse,
    actions.LibraryPage: learning.turn_page,
    actions.ModuleDetails: learning.details,
    actions.OpenModule: learning.open_module,
    actions.OpenCard: learning.open_card,
    actions.OpenFound: searching.open_found,
    actions.ShowFound: searching.show_found,
    actions.RevealCard: learning.reveal,
    actions.CardMedia: learning.media,
    actions.SaveForLater: learning.leave,
    actions.LeaveForNow: learning.leave,
    actions.Resume: learning.resume,
    actions.StartQuiz: learning.start_quiz,
    actions.StartDaily: learning.start_daily,
    actions.RepeatMissed: learning.repeat_missed,
    actions.Mistakes: learning.mistakes,
    actions.ShowPrompt: learning.show_prompt,
    actions.Answer: learning.answer,
    actions.Tick: learning.tick,
    actions.Put: learning.put,
    actions.TakeBack: learning.take_back,
    actions.Submit: learning.submit,
    actions.OpenCheck: learning.open_check,
    actions.Share: learning.share,
    actions.Unsure: learning.unsure,
    actions.ReadAgain: learning.read_again,
    actions.Result: learning.show_result,
    actions.Progress: person.show_progress,
    actions.ProgressChart: person.progress_chart,
    actions.Settings: person.settings,
    actions.ChooseLanguage: person.choose_language,
    actions.SetLanguage: person.set_language,
    actions.SetLowData: person.set_low_data,
    actions.ChooseZone: person.choose_zone,
    actions.SetZone: person.set_zone,
    actions.ReminderMenu: person.reminder,
    actions.SetReminder: person.set_reminder,
    actions.ReminderDays: person.reminder_days,
    actions.SetReminderDay: person.set_reminder_day,
    actions.FollowWorkingDays: person.follow_working_days,
    actions.Snooze: person.snooze,
    actions.PauseMenu: person.pause_menu,
    actions.PauseFor: person.pause,
    actions.ChooseLeave: person.choose_leave,
    actions.ResumeReminders: person.resume_reminders,
    actions.Privacy: person.show_privacy,
    actions.Data: person.data,
    actions.ExportData: person.export_data,
    actions.EraseData: person.erase_data,
    actions.ConfirmErase: person.confirm_erase,
    actions.Help: show_help,
    actions.AnnouncementPreview: announcing.preview,
    actions.ReplaceAnnouncement: announcing.replace_content,
    actions.ChooseAudience: announcing.choose_audience,
    actions.ChooseUnfinished: announcing.choose_unfinished,
    actions.UnfinishedPage: announcing.turn_page,
    actions.SetAudience: announcing.set_audience,
    actions.ChooseSchedule: announcing.choose_schedule,
    actions.SetSchedule: announcing.set_schedule,
    actions.ConfirmAnnouncement: announcing.confirm,
    actions.AnnouncementProgress: announcing.show,
    actions.AnnouncementReasons: announcing.reasons,
    actions.PauseAnnouncement: announcing.hold,
    actions.ResumeAnnouncement: announcing.go_on,
    actions.CancelAnnouncement: announcing.cancel,
    actions.ReportFile: reporting.send_file,
}

COMMAND_BY_NAME: Final[Mapping[str, Command]] = {name: each for each in COMMANDS for name in (each.name, each.twin)}

# In a group every other command and button leads to the private chat.
COMMANDS_IN_GROUPS: Final[Mapping[str, GroupHandler]] = {
    "setelan": group.menu,
    "settings": group.menu,
    "kuis": group.practise,
    "quiz": group.practise,
}

BUTTONS_IN_GROUPS: Final[Mapping[type[Action], GroupHandler]] = {
    actions.GroupMenu: group.menu,
    actions.SetGroupHour: group.set_hour,
    actions.SetGroupRecap: group.set_recap,
    actions.SetGroupCompared: group.set_compared,
    actions.AskGroupNow: group.ask_now,
}
