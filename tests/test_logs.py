import asyncio
import json
import logging
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import structlog

from bot.cli_options import read_settings
from bot.logs import REDACTED, Format, configure_logging, describe_error

TOKEN = "7310119:made-up_TOKEN_of_nobody-0123456789"
WORDS = "Sari menulis rahasia"
LIBRARIES = (
    "aiohttp.client",
    "aiohttp.access",
    "uvicorn.error",
    "apscheduler.scheduler",
    "alembic.runtime",
    "telegram.ext",
    "asyncio",
    "httpx",
)


@pytest.fixture(autouse=True)
def _logging_put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logger.level for name, logger in root.manager.loggerDict.items() if isinstance(logger, logging.Logger)}
    logging.captureWarnings(capture=False)  # a test that called a command may have left them captured
    yield
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in root.manager.loggerDict:
        logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))


def _raise(words: str) -> None:
    raise ValueError(words)


def _log_the_failure(words: str, log: Callable[..., None], **values: object) -> None:
    try:
        _raise(words)
    except ValueError:
        log("update_failed", **values)


def _lose_a_task(words: str) -> None:
    async def fail() -> None:
        _raise(words)

    async def forget() -> None:
        task = asyncio.create_task(fail())
        await asyncio.wait([task])
        del task

    asyncio.run(forget())


LEAKS: dict[str, Callable[[str], None]] = {
    "an event": lambda secret: structlog.get_logger().error(f"called https://api.telegram.org/bot{secret}/getMe"),
    "a value": lambda secret: structlog.get_logger().error("called", url=f"/bot{secret}/getMe"),
    "a nested value": lambda secret: structlog.get_logger().error("called", request={"urls": [f"/bot{secret}/"]}),
    "an exception as a value": lambda secret: structlog.get_logger().error("failed", cause=ValueError(secret)),
    "a caught exception": lambda secret: _log_the_failure(secret, structlog.get_logger().exception),
    "an encoded address": lambda secret: structlog.get_logger().error("called", url=quote(secret, safe="")),
    "a library's argument": lambda secret: logging.getLogger("aiohttp.client").error("called %s", secret),
    "a library's exception": lambda secret: _log_the_failure(secret, logging.getLogger("uvicorn.error").exception),
    "a library's second line": lambda secret: logging.getLogger("asyncio").error("failed\nfuture: %s", secret),
    "a broken line": lambda secret: logging.getLogger("aiohttp.client").error("%d bytes from %s", secret, secret),
    "a warning": lambda secret: warnings.showwarning(f"slow: {secret}", UserWarning, "x.py", 1),
    "a lost task": _lose_a_task,
}


@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize("way", LEAKS)
def test_the_token_never_reaches_the_log(capsys: pytest.CaptureFixture[str], style: Format, way: str) -> None:
    configure_logging("debug", style, [TOKEN])
    LEAKS[way](TOKEN)
    written = capsys.readouterr()
    assert written.err.strip()
    assert TOKEN.partition(":")[2] not in written.err
    assert not written.out


@pytest.mark.parametrize("library", LIBRARIES)
def test_no_library_writes_the_token(capsys: pytest.CaptureFixture[str], library: str) -> None:
    configure_logging("debug", "text", [TOKEN])
    for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.CRITICAL):
        logging.getLogger(library).log(level, "POST /bot%s/sendMessage", TOKEN)
    assert TOKEN not in capsys.readouterr().err


def test_a_token_that_is_not_ours_is_redacted_by_its_shape(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", "text", [])
    structlog.get_logger().info("called", url=f"/bot{TOKEN}/getMe")
    assert f"/bot{REDACTED}/getMe" in capsys.readouterr().err


@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize(
    "way", ["an exception as a value", "a caught exception", "a library's exception", "a library's second line", "a lost task"]
)
def test_the_words_of_an_error_never_reach_the_log(capsys: pytest.CaptureFixture[str], style: Format, way: str) -> None:
    configure_logging("info", style, [TOKEN])
    LEAKS[way](WORDS)
    written = capsys.readouterr().err
    assert written.strip()
    assert WORDS not in written


def test_an_error_is_told_by_kind_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", "json", [])
    _log_the_failure(WORDS, structlog.get_logger().exception, update_id=7)
    line = json.loads(capsys.readouterr().err)
    assert line["event"] == "update_failed"
    assert line["level"] == "error"
    assert line["update_id"] == 7
    assert line["error"].startswith("ValueError at tests/test_logs.py:")
    assert line["timestamp"].endswith("Z")


def test_the_place_of_an_error_is_our_own_line_where_there_is_one() -> None:
    with pytest.raises(KeyError) as caught:
        configure_logging("loud", "text", [])
    assert describe_error(caught.value).startswith("KeyError at bot/logs.py:")


def test_an_error_that_was_never_raised_has_a_kind_only() -> None:
    assert describe_error(ValueError(WORDS)) == "ValueError"


@pytest.mark.parametrize(("level", "expected"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)])
def test_the_level_holds_for_us_and_for_libraries(capsys: pytest.CaptureFixture[str], level: str, expected: int) -> None:
    configure_logging(level, "json", [])
    for log in (structlog.get_logger(), logging.getLogger("some.library")):
        log.debug("one")
        log.info("two")
        log.warning("three")
        log.error("four")
    assert len(capsys.readouterr().err.splitlines()) == 2 * expected


def test_each_line_of_json_is_one_object_whatever_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", "json", [TOKEN])
    structlog.get_logger().info("odd", values={1, 2}, path=b"\xff", newline="a\nb")
    assert json.loads(capsys.readouterr().err)["newline"] == "a\nb"


def test_everyday_lines_of_libraries_stay_out_of_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", "text", [])
    for library in ("apscheduler.executors.default", "alembic.runtime.migration", "aiohttp.access", "uvicorn.error", "httpx"):
        logging.getLogger(library).info("as every second")
    assert capsys.readouterr().err == ""


def test_lines_of_one_chat_belong_together_and_name_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("info", "json", [])
    for chat_id in (100277, 100277, -4001):
        structlog.get_logger().warning("screen_lost", chat_id=chat_id)
    first, again, other = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert first["chat"] == again["chat"] != other["chat"]
    assert "100277" not in json.dumps(first)


def test_every_secret_of_the_settings_is_hidden_once_they_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "config.yaml").write_text(
        f"telegram: {{token: '{TOKEN}', webhook_secret: rahasia-kait}}\nanswers: {{key: rahasia-kunci}}\nlog: {{level: info}}\n",
        encoding="utf-8",
    )
    settings = read_settings(tmp_path / "config.yaml")
    structlog.get_logger().error(f"called with {settings.token}, {settings.webhook_secret} and {settings.answers_key}")
    assert capsys.readouterr().err.count(REDACTED) == 3
