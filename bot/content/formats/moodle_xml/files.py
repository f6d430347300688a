"""The files that stand in a bank beside the texts that show them."""

import binascii
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from bot.content.formats.bank import UnfitError
from bot.content.formats.noting import short

PLACE: Final = "@@PLUGINFILE@@/"  # how Moodle's texts name the folder of their files


def name_of(source: str) -> str:
    """Return the name of the file that a text calls `source`, without what Moodle puts behind it for browsers."""
    return unquote(source.removeprefix(PLACE).partition("?")[0])


def content_of(source: str, files: Mapping[str, str]) -> bytes:
    """Return what the file holds that a text calls `source`; `files` are what the bank has in Base64, by name.

    Raises:
        UnfitError: the bank does not have it, or it is damaged.

    """
    if not source.startswith(PLACE):
        raise UnfitError(f"berkas di {short(source)}", "tidak diunduh; simpan sendiri ke content/media dan sebut pada kartu")
    name = name_of(source)
    if name not in files:
        raise UnfitError(f"berkas {short(name)}", "tidak ada di dalam ekspor Moodle; simpan sendiri ke content/media")
    try:
        return binascii.a2b_base64(files[name])
    except ValueError as error:
        raise UnfitError(f"berkas {short(name)}", "rusak (bukan Base64 yang utuh); ekspor ulang") from error
