"""Files that hold a secret and nothing else: who may change one decides who the bot is, who may read one can be the bot."""

import stat
from pathlib import Path
from typing import Final

from bot.errors import SinauError

MOST_BYTES: Final = 4096
# Where systemd, Docker and Kubernetes put secrets: in memory, seen by nobody but the one program, whatever the file's rights say.
_MOUNTS: Final = (Path("/run"), Path("/var/run"))


class SecretFileError(SinauError):
    """A file can't be used as a secret; the text says why and what to do, and nothing of what is in it."""


def read_secret(path: Path) -> str:
    """Return what stands in a file, without the space around it.

    Raises:
        SecretFileError: it can't be read, holds more than a secret, or others than its owner may change it.

    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise SecretFileError(f"{path} is no file; name a file that holds nothing but the secret")
        if mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise SecretFileError(
                f"{path} can be changed by others than its owner, who could put a secret of theirs there: chmod go-w {path}"
            )
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        text = content.decode().strip()
    except OSError as error:
        raise SecretFileError(f"{path}: {error.strerror}; name a file that holds the secret and that this user can read") from None
    except UnicodeDecodeError:
        raise SecretFileError(f"{path}: this is no text; name a file that holds the secret") from None
    if len(content) > MOST_BYTES or len(text.split()) > 1:
        raise SecretFileError(f"{path} holds more than a secret; it should hold that, on one line, and nothing else")
    return text


def is_open(path: Path) -> bool:
    """Tell whether every user of the machine can read a file, but for the places where nobody else gets to; raises OSError."""
    if any(path.absolute().is_relative_to(mount) for mount in _MOUNTS):
        return False
    return bool(path.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH))
