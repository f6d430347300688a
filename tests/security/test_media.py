"""A file of a card is sent as it was when the content was loaded, or not at all: whoever can write below content/media picks no other."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conversation.acting import play
from tests.conversation.stage import MOVERS, Stage

TO_THE_CARD = """\
Sari: /belajar

Sari taps: [Suara …]

Sari taps: [Mulai: …]
"""
ASK = "Sari taps: [Dengarkan …]\n"


def link(file: Path, database: Path) -> None:
    file.symlink_to(database)


def pipe(file: Path, _: Path) -> None:
    os.mkfifo(file)


def half(file: Path, _: Path) -> None:
    file.write_bytes(b"ID3")


def endless(file: Path, _: Path) -> None:
    file.symlink_to("/dev/zero")


@pytest.mark.parametrize("swap", [link, pipe, half, endless])
async def test_what_took_a_files_place_is_sent_to_nobody_and_not_taken_for_it(
    stage: Stage, tmp_path: Path, swap: Callable[[Path, Path], None]
) -> None:
    stage.publish("content-media")
    await play(stage, TO_THE_CARD)
    file, kept = stage.content / "media" / "salam.mp3", tmp_path / "kept"
    shutil.move(file, kept)
    swap(file, Path(stage.engine.url.database or ""))
    told = await play(stage, ASK)
    assert not [call for call in stage.world.calls if call.method in MOVERS]
    assert "Berkas kartu ini sedang tidak dapat dikirim." in told
    file.unlink()
    shutil.move(kept, file)
    assert "bot sends audio: Salam dari tim rekaan" in await play(stage, ASK)
