"""The operator's file of holidays while the whole bot runs: a fault in it, and what is not known at the start."""

from datetime import UTC, datetime
from pathlib import Path

from structlog.testing import capture_logs

from bot.clock import AdjustableClock
from bot.sandbox.cast import SARI_ID
from tests.conversation.stage import Stage, open_stage


async def test_a_fault_in_the_file_of_holidays_is_told_once_and_changes_nothing(stage: Stage) -> None:
    assert stage.bot
    before = stage.bot.calendar.planned_by
    with capture_logs() as logs:
        stage.holidays.write_text("days_off:\n  besok: libur\n", encoding="utf-8")
        await stage.until(lambda: [each for each in logs if each["event"] == "calendar_kept"], time_runs=False)
        await stage.declare(["off 2026-03-02"])
    faults = [each for each in logs if each["event"] == "calendar_kept"]
    assert [each["fault"] for each in faults] == [f"{stage.holidays}:2: days_off must have lines such as 2026-12-24: reason"]
    assert stage.bot.calendar.planned_by != before, "once it is mended it is in force"


async def test_a_start_tells_what_is_not_known_of_the_time_to_come_and_the_bot_works(sqlite_url: str, tmp_path: Path) -> None:
    clock = AdjustableClock(datetime(2029, 12, 3, 1, 0, tzinfo=UTC), running=False)
    with capture_logs() as logs:
        async with open_stage(clock, sqlite_url, tmp_path) as stage:
            stage.world.start(SARI_ID)
            await stage.answered(SARI_ID, 1)
    told = [each["gap"] for each in logs if each["event"] == "calendar_incomplete"]
    assert told == [
        "the days of the next Ramadan are not known",
        "the collective leave (cuti bersama) of 2029 is not known",
        "the collective leave (cuti bersama) of 2030 is not known",
    ]
