"""Whom Telegram names to a Mini App (core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app)."""

import hmac
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

LIFE: Final = timedelta(minutes=5)  # it is sent on as soon as the app opens
AHEAD: Final = timedelta(minutes=1)  # so much the clocks may differ


def key_of(token: str) -> bytes:
    """Return the key that Telegram signs with for a bot of this token."""
    return hmac.new(b"WebAppData", token.encode(), "sha256").digest()


def user_of(init_data: str, key: bytes, now: datetime) -> int | None:
    """Return the account that Telegram vouches for; None when the data is not Telegram's, is old, or names nobody."""
    fields = parse_qsl(init_data, keep_blank_values=True)
    given = dict(fields)
    signed = given.pop("hash", "")
    if len(given) != len(fields) - 1:  # without a hash, or with a field twice
        return None
    checked = "\n".join(f"{name}={value}" for name, value in sorted(given.items()))
    if not hmac.compare_digest(hmac.new(key, checked.encode(), "sha256").hexdigest().encode(), signed.encode()):
        return None
    return _account(given) if _is_fresh(given.get("auth_date", ""), now) else None


def _is_fresh(auth_date: str, now: datetime) -> bool:
    try:
        opened = datetime.fromtimestamp(int(auth_date), UTC)
    except (ValueError, OverflowError, OSError):
        return False
    return -AHEAD <= now - opened <= LIFE


def _account(given: dict[str, str]) -> int | None:
    try:
        user: Any = orjson.loads(given.get("user", ""))
    except orjson.JSONDecodeError:
        return None
    account = user.get("id") if isinstance(user, dict) else None
    return account if isinstance(account, int) and not isinstance(account, bool) else None
