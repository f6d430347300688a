from dataclasses import fields

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot import actions
from bot.actions import CODES, LARGEST, MAX_BYTES, Action, OpenCard, decode, encode
from bot.actions.action import button
from bot.handlers.routes import BUTTONS, BUTTONS_IN_GROUPS

# What authors may give as an id: see bot.content.fields.
NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", max_size=24)
NUMBERS = st.integers(0, LARGEST)
# What every version of the bot has written under a message. Add to it; a line is never changed.
WRITTEN = {
    "lib": actions.Library(),
    "lp:2": actions.LibraryPage(2),
    "mo:kata-sandi-kuat": actions.OpenModule("kata-sandi-kuat"),
    "md:kata-sandi-kuat": actions.ModuleDetails("kata-sandi-kuat"),
    "ca:kata-sandi-kuat:panjang": actions.OpenCard("kata-sandi-kuat", "panjang"),
    "cf:kata-sandi-kuat:panjang": actions.OpenFound("kata-sandi-kuat", "panjang"),
    "sf:12:1": actions.ShowFound(12, 1),
    "rv:kata-sandi-kuat:panjang": actions.RevealCard("kata-sandi-kuat", "panjang"),
    "cm:kata-sandi-kuat:panjang": actions.CardMedia("kata-sandi-kuat", "panjang"),
    "sl:kata-sandi-kuat": actions.SaveForLater("kata-sandi-kuat"),
    "qz:kata-sandi-kuat": actions.StartQuiz("kata-sandi-kuat"),
    "rm:31": actions.RepeatMissed(31),
    "dq": actions.StartDaily(),
    "sw": actions.Mistakes(),
    "pr:407": actions.ShowPrompt(407),
    "an:407:b": actions.Answer(407, "b"),
    "ti:407:b": actions.Tick(407, "b"),
    "pu:407:2:awal.b": actions.Put(407, 2, "awal.b"),
    "tb:407:1": actions.TakeBack(407, 1),
    "su:407": actions.Submit(407),
    "ck:kata-sandi-kuat:panjang": actions.OpenCheck("kata-sandi-kuat", "panjang"),
    "sh:407": actions.Share(407),
    "sld:1": actions.SetLowData(1),
    "un:407": actions.Unsure(407),
    "ra:407": actions.ReadAgain(407),
    "re:31": actions.Result(31),
    "lv": actions.LeaveForNow(),
    "go": actions.Resume(),
    "pg": actions.Progress(),
    "pc": actions.ProgressChart(),
    "st": actions.Settings(),
    "la": actions.ChooseLanguage(),
    "sla:en": actions.SetLanguage("en"),
    "zo": actions.ChooseZone(),
    "szo:Asia/Jayapura": actions.SetZone("Asia/Jayapura"),
    "rd": actions.ReminderMenu(),
    "srd:510": actions.SetReminder(510),
    "srd:-1": actions.SetReminder(-1),
    "rdd": actions.ReminderDays(),
    "srw:5:1": actions.SetReminderDay(5, 1),
    "rwd": actions.FollowWorkingDays(),
    "sn:hour": actions.Snooze("hour"),
    "pm": actions.PauseMenu(),
    "pf:7": actions.PauseFor(7),
    "pd": actions.ChooseLeave(),
    "rr": actions.ResumeReminders(),
    "pv": actions.Privacy(),
    "da": actions.Data(),
    "dx": actions.ExportData(),
    "de": actions.EraseData(),
    "dy": actions.ConfirmErase(),
    "he": actions.Help(),
    "ap:9": actions.AnnouncementPreview(9),
    "aa:9": actions.ChooseAudience(9),
    "au:9": actions.ChooseUnfinished(9),
    "up:9:2": actions.UnfinishedPage(9, 2),
    "asa:9:": actions.SetAudience(9, ""),
    "asa:9:kata-sandi-kuat": actions.SetAudience(9, "kata-sandi-kuat"),
    "as:9": actions.ChooseSchedule(9),
    "ass:9:1772413200": actions.SetSchedule(9, 1772413200),
    "ay:9": actions.ConfirmAnnouncement(9),
    "ar:9": actions.ReplaceAnnouncement(9),
    "ag:9": actions.AnnouncementProgress(9),
    "aw:9": actions.AnnouncementReasons(9),
    "ah:9": actions.PauseAnnouncement(9),
    "ao:9": actions.ResumeAnnouncement(9),
    "ac:9": actions.CancelAnnouncement(9),
    "rf:xlsx": actions.ReportFile("xlsx"),
    "gs": actions.GroupMenu(),
    "gh:600": actions.SetGroupHour(600),
    "gh:-1": actions.SetGroupHour(-1),
    "gr:1": actions.SetGroupRecap(1),
    "gc:1": actions.SetGroupCompared(1),
    "gn": actions.AskGroupNow(),
}


@pytest.mark.parametrize("kind", CODES.values(), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_action_comes_back_from_its_64_bytes(kind: type, data: st.DataObject) -> None:
    small = {"minute": st.integers(-1, 24 * 60 - 1), "place": st.integers(0, 99), "day": st.integers(0, 6)}
    action = kind(*(data.draw(small.get(field.name, NUMBERS) if field.type is int else NAMES) for field in fields(kind)))
    encoded = encode(action)
    assert len(encoded.encode()) <= MAX_BYTES
    assert decode(encoded) == action


@given(data=st.text(max_size=MAX_BYTES))
def test_no_data_whatever_makes_decoding_fail(data: str) -> None:
    decode(data)


@given(code=st.sampled_from(sorted(CODES)), values=st.lists(st.text(max_size=20), max_size=3))
def test_forged_values_never_make_decoding_fail(code: str, values: list[str]) -> None:
    data = ":".join([code, *values])
    assume(len(data.encode()) <= MAX_BYTES)
    action = decode(data)
    assert action is None or encode(action) == data


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "zz",
        "an",
        "an:1",
        "an:1:a:b",
        "an:x:a",
        "an: 1:a",
        "an:+1:a",
        "an:01:a",
        "an:1_0:a",
        "an:٣:a",
        f"an:{LARGEST + 1}:a",
        "srd:1440",
        "srd:-2",
        "pu:1:100:a",
        "pu:1:-1:a",
    ],
)
def test_what_no_version_ever_wrote_means_nothing(data: str) -> None:
    assert decode(data) is None


def test_what_is_too_long_for_telegram_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than 64 bytes"):
        encode(OpenCard("m" * 40, "k" * 40))


def test_what_lives_in_peoples_chats_keeps_its_meaning() -> None:
    assert {data: decode(data) for data in WRITTEN} == WRITTEN
    assert {encode(action): action for action in WRITTEN.values()} == WRITTEN


def test_every_kind_of_button_is_among_what_lives_in_peoples_chats() -> None:
    assert {type(action) for action in WRITTEN.values()} == set(CODES.values())


def test_a_code_is_given_once() -> None:
    with pytest.raises(ValueError, match="lib stands for Library already"):
        button("lib")(Action)
    assert CODES["lib"] is actions.Library


def test_every_action_has_a_button_handler() -> None:
    assert set(BUTTONS) | set(BUTTONS_IN_GROUPS) == set(CODES.values())
    assert not set(BUTTONS) & set(BUTTONS_IN_GROUPS)
