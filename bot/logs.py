"""The log: one pipe to stderr for our own lines and those of every library, without the token and without people's words."""

import logging
import os
import re
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

Format = Literal["text", "json"]

REDACTED = "[redacted]"
TOKEN_SHAPE = re.compile(r"\d{5,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)  # a token looks like this, whosever it is
SILENCED = ("httpx", "httpcore")  # they write addresses, and Telegram's addresses hold the token
QUIET = ("aiohttp.access", "alembic", "apscheduler", "fontTools", "telegram", "uvicorn")  # their everyday lines help nobody

_KEY = os.urandom(32)
_PACKAGE = Path(__file__).parent


def configure_logging(level: str, style: Format, secrets: Iterable[str]) -> None:
    """Send all logging to stderr: structlog's and the standard library's.

    `level` is debug, info, warning or error; each of `secrets` is replaced wherever it appears.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    handler = _Handler(sys.stderr)
    handler.setFormatter(_formatter(style, secrets))
    logging.basicConfig(level=number, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in SILENCED:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))
    structlog.configure(
        processors=[*_prepare(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def describe_error(error: BaseException) -> str:
    """Return an error's kind and place, such as `ValueError at bot/services/lesson.py:40`: never its words, which may be a person's."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    kind = type(error).__name__
    if not frames:
        return kind
    frame = (ours or frames)[-1]
    return f"{kind} at {_short(Path(frame.filename))}:{frame.lineno}"


def _short(path: Path) -> str:
    if path.is_relative_to(_PACKAGE):
        return str(path.relative_to(_PACKAGE.parent))
    return "/".join(path.parts[-2:])


class _Handler(logging.StreamHandler[Any]):
    """Writes lines; one that can't be formatted is reported without its words, which Python's own report would quote."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is the standard library's
        with suppress(OSError):  # no room for the log must not stop the bot
            sys.stderr.write(f"log line lost: {record.name} at {_short(Path(record.pathname))}:{record.lineno}\n")


def _formatter(style: Format, secrets: Iterable[str]) -> structlog.stdlib.ProcessorFormatter:
    render: Processor = (
        structlog.processors.JSONRenderer(serializer=_to_json)
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), sort_keys=False)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[_first_line, *_prepare()],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render, _redact(secrets)],
    )


def _prepare() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _describe_errors,
        _hide_people,
    ]


def _hide_people(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    # Lines about one chat can be told to belong together while the process lives, but nobody can tell whose chat it is:
    # a log is not reached when somebody's data is erased.
    if (chat_id := event.pop("chat_id", None)) is not None:
        event["chat"] = blake2b(str(chat_id).encode(), key=_KEY, digest_size=4).hexdigest()
    return event


def _first_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    # Libraries print what went wrong in full below their first line, with the words of the error.
    event["event"] = str(event["event"]).partition("\n")[0]
    event.pop("stack_info", None)
    return event


def _describe_errors(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    error = _error_of(event.pop("exc_info", None))
    if error is not None:
        event["error"] = error
    return {key: describe_error(value) if isinstance(value, BaseException) else value for key, value in event.items()}


def _error_of(exc_info: object) -> BaseException | None:
    match exc_info:
        case BaseException():
            return exc_info
        case (_, BaseException() as error, _):
            return error
        case True:
            return sys.exception()
        case _:
            return None


def _redact(secrets: Iterable[str]) -> Processor:
    """Return a last step over the finished line: whatever wrote it, by whatever way, no secret gets past it."""
    forms = sorted({form for secret in secrets if secret for form in (secret, quote(secret, safe=""))}, key=len, reverse=True)
    pattern = re.compile("|".join([*map(re.escape, forms), TOKEN_SHAPE.pattern]), re.IGNORECASE)

    def redact(_logger: WrappedLogger, _method: str, line: Any) -> str:
        return pattern.sub(REDACTED, line)

    return redact


def _to_json(event: EventDict, **options: Any) -> str:
    return orjson.dumps(event, default=options["default"]).decode()
