"""Where the bot may be sent by its settings: addresses that are plain, and that keep secrets out of open networks."""

import re
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

_OWN_NAMES: Final = (".local", ".internal", ".lan", ".home.arpa", ".localhost")  # names that no public server has

_SQLITE: Final = "sqlite:///"
_POSTGRESQL: Final = re.compile(
    r"postgresql://([^:/?]*(:[^@]*)?@)?(\[[0-9A-Fa-f:.%]+\]|[^:/?@\[\]]*)(:[0-9]{1,5})?(/[^?]*)?(\?[^@]*)?",
)


def checked(url: str) -> str:
    """Return an address without a slash at its end.

    Raises:
        ValueError: it is none of the web's, carries more than a place, or would send what is secret unencrypted through the internet.

    """
    if not url.startswith(("http://", "https://")):
        raise ValueError("must begin with https:// (or http:// for a server of your own)")
    if not url.isascii() or not url.isprintable() or set(url) & set(' "<>\\^`{|}?#'):
        raise ValueError("must hold nothing but scheme, host, port and path; a name with other letters is written as xn--…")
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise ValueError("must hold no user and password; a token or key is set by itself")
    try:
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("has a port that is none; one is a number up to 65535") from None
    if not host:
        raise ValueError("must name a host")
    if _is_disguised(host):
        raise ValueError("names a host by a number in an unusual form; write it as four numbers with dots")
    if _is_link_local(host):
        raise ValueError("names a link-local host, where clouds keep their machines' keys")
    if parts.scheme == "http" and not _is_own(host):
        raise ValueError("must begin with https://, since the host is in the internet, and whoever is in between could read what is sent")
    return url.rstrip("/")


def checked_database(url: str) -> str:
    """Return a database's address.

    Raises:
        ValueError: it is of another kind, can't be read, or names no file.

    """
    if url.startswith(_SQLITE):
        _check_file(url)
    elif not url.startswith("postgresql://"):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    elif not _POSTGRESQL.fullmatch(url):
        raise ValueError("can't be read; write postgresql://USER:PASSWORD@HOST:PORT/NAME, in the password %40 for @ and %25 for %")
    return url


def sqlite_file(url: str) -> Path | None:
    """Return the file that a database's address names; None for a server."""
    return Path(unquote(url.removeprefix(_SQLITE))) if url.startswith(_SQLITE) else None


def _check_file(url: str) -> None:
    if url == _SQLITE or re.search(r":memory:|mode=memory", unquote(url)):
        raise ValueError("must name a file: a database in memory would be another one for each connection, and gone at the end")
    if "?" in url:
        raise ValueError("must name a file and nothing else: write %3F for a ? in its name; options have no effect")


def _is_own(host: str) -> bool:
    """Tell whether a host is of this machine or of a private network; a name without a dot is known only there."""
    number = _number(host)
    return number.is_private if number else "." not in host or host.endswith(_OWN_NAMES)


def _is_link_local(host: str) -> bool:
    number = _number(host)
    return number is not None and number.is_link_local


def _is_disguised(host: str) -> bool:
    """Tell whether the system would read a number in what looks like a name: 2852039166, 0x7f.1."""
    try:
        socket.inet_aton(host)
    except OSError:
        return False
    return _number(host) is None


def _number(host: str) -> IPv4Address | IPv6Address | None:
    """Return the address that a host is written as, None for a name; an IPv4 address within an IPv6 one is what counts."""
    try:
        number = ip_address(host)
    except ValueError:
        return None
    inner = number.ipv4_mapped if isinstance(number, IPv6Address) else None
    return inner or number
