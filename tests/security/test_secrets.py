"""Secrets come from the environment or from files that only their owner can change, and what is wrong with one is told without it."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import insert

from bot.answer_settings import AnswerSettings
from bot.clock import AdjustableClock, SystemClock
from bot.configuration import load_settings
from bot.doctor import Finding, examine
from bot.secret_files import SecretFileError, is_open, read_secret
from bot.settings import ContentSettings, DatabaseSettings, ReminderSettings, Settings, SettingsError, TelegramSettings
from bot.storage.engine import make_engine
from bot.storage.tables import answer_use
from tests.model_server import KEY, MODEL, serving_model

TOKEN = "7310119:made-up_TOKEN_of_nobody-0123456789"
ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "tests" / "transcripts" / "content"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "token"
    path.write_text(f"{TOKEN}\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def settings(tmp_path: Path, **telegram: object) -> Settings:
    given = TelegramSettings.model_validate({"api_url": "http://127.0.0.1:9", **telegram})
    return Settings(telegram=given, database=DatabaseSettings(url=f"sqlite:///{tmp_path}/x.db"), content=ContentSettings(dir=CONTENT))


@pytest.mark.parametrize("mode", [0o400, 0o600, 0o440, 0o640, 0o444, 0o644])
def test_a_file_that_only_its_owner_can_change_is_read(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert read_secret(file) == TOKEN


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o660, 0o666, 0o777])
def test_a_file_that_others_can_change_is_refused_with_the_remedy(file: Path, tmp_path: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(SettingsError, match=f"telegram.token_file: .*chmod go-w {file}"):
        _ = settings(tmp_path, token_file=file).token
    file.chmod(mode & ~0o022)
    assert settings(tmp_path, token_file=file).token == TOKEN


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 5000, b"one two", f"{TOKEN}\nand more\n".encode()])
def test_a_file_that_holds_something_else_is_refused_without_quoting_it(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(SecretFileError) as caught:
        read_secret(file)
    assert TOKEN not in str(caught.value)
    assert "one two" not in str(caught.value)


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(SecretFileError, match="is no file"):
        read_secret(tmp_path)
    with pytest.raises(SecretFileError, match="No such file"):
        read_secret(tmp_path / "nowhere")


def test_the_webhook_secret_may_be_in_a_file(file: Path, tmp_path: Path) -> None:
    file.write_text("made-up_secret-1\n", encoding="utf-8")
    webhook = {"mode": "webhook", "webhook_url": "https://bot.example.go.id/telegram/webhook", "webhook_secret_file": file}
    assert settings(tmp_path, **webhook).webhook_secret == "made-up_secret-1"
    for wrong in ("", "a.b", "x" * 257):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(SettingsError, match=r"telegram\.webhook_secret_file: what is in it may hold"):
            _ = settings(tmp_path, **webhook).webhook_secret


def test_the_key_for_answers_may_be_in_a_file(file: Path, tmp_path: Path) -> None:
    file.write_text("kunci-rahasia-7\n", encoding="utf-8")
    given = settings(tmp_path).model_copy(update={"answers": AnswerSettings(key_file=file)})
    assert given.answers_key == "kunci-rahasia-7"
    file.write_text("kunci\u00e9", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"answers\.key_file: what is in it may hold") as caught:
        _ = given.answers_key
    assert "kunci" not in str(caught.value)
    file.chmod(0o666)
    with pytest.raises(SettingsError, match=r"answers\.key_file: .*chmod go-w"):
        _ = given.answers_key


def test_secrets_that_a_container_mounts_for_itself_are_not_called_open(file: Path) -> None:
    file.chmod(0o444)
    assert is_open(file)
    mounted = next((path for path in Path("/run").glob("*") if path.is_file() and path.stat().st_mode & 0o004), Path("/run"))
    assert not is_open(mounted)


@pytest.mark.parametrize("account", [777000, 1087968824, 136817688, 0, -1001234567890])
def test_an_admin_is_a_person(account: int, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(f"admins: [1001, {account}]", encoding="utf-8")
    with pytest.raises(SettingsError, match=f"admins: {account} is "):
        load_settings(tmp_path / "config.yaml")


@pytest.mark.parametrize(("mode", "what", "words"), [(0o644, "token file", "chmod o-rwx"), (0o622, "token", "chmod go-w")])
async def test_doctor_tells_what_is_open_and_what_can_not_be_used(file: Path, tmp_path: Path, mode: int, what: str, words: str) -> None:
    os.chmod(file, mode)  # noqa: PTH101 - done at once, in a test of its own
    told = await found(settings(tmp_path, token_file=file), what)
    assert not told.healthy
    assert f"{words} {file}" in told.advice


async def test_doctor_finds_nothing_wrong_with_a_database_that_is_yet_to_be_made(tmp_path: Path) -> None:
    told = await found(settings(tmp_path, token=TOKEN), "database")
    assert told.healthy
    assert "the first start makes it" in told.found
    assert not (tmp_path / "x.db").exists()


async def test_doctor_examines_what_it_may_not_look_at(tmp_path: Path) -> None:
    too_long = DatabaseSettings(url=f"sqlite:///{tmp_path / ('x' * 300)}")  # no name that a file system takes, whoever asks
    told = await found(settings(tmp_path, token=TOKEN).model_copy(update={"database": too_long}), "database")
    assert not told.healthy
    assert "can't be looked at" in told.found


async def test_doctor_names_the_line_of_a_file_of_holidays_that_can_not_be_used(tmp_path: Path) -> None:
    file = tmp_path / "holidays.yaml"
    file.write_text("days_off:\n  besok: x\n", encoding="utf-8")
    given = settings(tmp_path, token=TOKEN).model_copy(update={"reminders": ReminderSettings(holidays_file=file)})
    told = await found(given, "calendar")
    assert not told.healthy
    assert f"{file}:2: days_off must have lines such as" in told.found


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (datetime(2026, 11, 24, tzinfo=UTC), ["holidays of ID, working hours and Ramadan are known"]),
        (datetime(2027, 6, 1, tzinfo=UTC), ["the days of the next Ramadan are not known"]),
        (
            datetime(2029, 12, 1, tzinfo=UTC),
            ["Ramadan are not known", "collective leave (cuti bersama) of 2029", "collective leave (cuti bersama) of 2030"],
        ),
    ],
)
async def test_doctor_tells_what_is_not_known_of_the_time_to_come(tmp_path: Path, now: datetime, says: list[str]) -> None:
    findings = await examine(settings(tmp_path, token=TOKEN), AdjustableClock(now, running=False))
    told = [each for each in findings if each.what == "calendar"]
    assert all(words in each.found for words, each in zip(says, told, strict=True))
    assert all(each.healthy for each in told)


@pytest.mark.parametrize(
    ("status", "body", "healthy", "words"),
    [
        (200, b'{"data": [{"id": "model-rekaan"}]}', True, "has model-rekaan"),
        (200, b'{"data": [{"id": "lain"}]}', False, "does not list model-rekaan"),
        (404, b"", True, "lists no models"),
        (401, b"", False, "refuses the key"),
        (503, b"", False, "refused, HTTP 503"),
        (200, b"<html>", False, "garbled"),
    ],
)
async def test_doctor_looks_at_the_endpoint_for_answers_without_asking_it_anything(
    tmp_path: Path, status: int, body: bytes, words: str, *, healthy: bool
) -> None:
    async with serving_model() as server:
        server.answer = server.returning(body, status=status)
        answers = AnswerSettings(endpoint=server.url, model=MODEL, key=SecretStr(KEY))
        told = await found(settings(tmp_path, token=TOKEN).model_copy(update={"answers": answers}), "answers")
        assert server.paths == ["/v1/models"]
    assert told.healthy is healthy
    assert words in told.found
    assert KEY not in str(told)


@pytest.fixture
def key_file(file: Path) -> Path:
    file.write_text(KEY, encoding="utf-8")
    file.chmod(0o644)
    return file


async def test_doctor_tells_of_an_endpoint_that_is_not_there_and_of_an_open_key_file(key_file: Path, tmp_path: Path) -> None:
    given = settings(tmp_path, token=TOKEN)
    assert "answers" not in [each.what for each in await examine(given, SystemClock())]
    answers = AnswerSettings(endpoint="http://127.0.0.1:1/v1", model=MODEL, key_file=key_file)
    given = given.model_copy(update={"answers": answers})
    assert "unreachable" in (await found(given, "answers")).found
    assert f"chmod o-rwx {key_file}" in (await found(given, "answers key file")).advice


@pytest.mark.parametrize(("budget", "healthy"), [(20, True), (2, False), (2.001, False)])  # 400 tokens of an answer cost 0.004
async def test_doctor_tells_what_answers_have_cost(
    clock: AdjustableClock, sqlite_url: str, tmp_path: Path, budget: float, *, healthy: bool
) -> None:
    engine = make_engine(sqlite_url)
    with engine.begin() as db:
        used = {"requests": 1, "tokens_in": 1_000_000, "tokens_out": 100_000}
        db.execute(insert(answer_use), [{"day": date(2026, 2, 28), **used}, {"day": date(2026, 3, 1), **used}])
    engine.dispose()
    paid = AnswerSettings(endpoint="http://127.0.0.1:1/v1", model=MODEL, price_in=1, price_out=10, budget_per_month=budget)
    given = settings(tmp_path, token=TOKEN).model_copy(update={"answers": paid, "database": DatabaseSettings(url=sqlite_url)})
    told = next(each for each in await examine(given, clock) if each.what == "spending")
    assert told.found == f"1000000 tokens read and 100000 written this month: 2.00 of {budget}"
    assert told.healthy is healthy


async def found(given: Settings, what: str) -> Finding:
    return next(each for each in await examine(given, SystemClock()) if each.what == what)


@pytest.mark.parametrize("command", ["check", "doctor", "run", "report"])
def test_a_token_file_that_can_not_be_used_never_ends_in_a_trace(command: str, file: Path, tmp_path: Path) -> None:
    file.chmod(0o666)
    done = sinau(command, tmp_path, SINAU_TELEGRAM__TOKEN_FILE=str(file))
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    assert TOKEN not in said
    assert ("chmod go-w" in said) is (command in {"doctor", "run"})
    assert done.returncode == (0 if command in {"check", "report"} else 1)


def test_a_token_file_that_can_not_be_got_to_is_told(tmp_path: Path, file: Path) -> None:
    done = sinau("doctor", tmp_path, SINAU_TELEGRAM__TOKEN_FILE=str(file / "inside"))
    assert "Traceback" not in done.stderr
    assert "telegram.token_file" in done.stdout
    assert "can't be looked at" in done.stdout


def sinau(command: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    told = {
        "SINAU_CONTENT__DIR": str(CONTENT),
        "SINAU_DATABASE__URL": f"sqlite:///{folder}/sinau.db",
        "SINAU_TELEGRAM__API_URL": "http://127.0.0.1:9",
        "PYTHONPATH": str(ROOT),
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("SINAU_")}
    line = [sys.executable, "-m", "bot", command]
    return subprocess.run(line, cwd=folder, env=others | told | environment, capture_output=True, text=True, check=False, timeout=60)
