"""The modules that an announcement can be about, as its author looks for them."""

import shutil
from pathlib import Path

from bot import actions
from bot.clock import AdjustableClock
from bot.gateway.incoming import Text
from bot.storage.database import Storage
from bot.storage.tables import announcement
from tests.handlers.chat import CONTENT, SARI, Chat, make_desk

PATH = "id: {name}\ntitle: Jalur {name}\nsummary: Rekaan.\nlanguage: id\nmodules: [{modules}]\n"


async def offered(storage: Storage, clock: AdjustableClock, content: Path) -> list[str]:
    chat = Chat(make_desk(storage, clock, admins=frozenset({SARI.id}), content=content), SARI)
    await chat.says("umumkan")
    await chat.does(Text("Rapat daring besok", 8))
    screen = await chat.taps(actions.ChooseUnfinished(await chat.one(announcement.c.id)))
    assert screen is not None
    return [button.label for row in screen.rows for button in row][:-1]


async def test_modules_stand_path_by_path_once_each_and_the_others_by_their_title(
    storage: Storage, clock: AdjustableClock, tmp_path: Path
) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    shutil.rmtree(content / "paths")
    library = await Chat(make_desk(storage, clock, content=content), SARI).taps(actions.Library())
    assert library is not None
    assert [row[0].label.split(" · ")[0] for row in library.rows] == ["Kata sandi yang kuat", "Menulis surel dinas", "Strong passwords"]
    assert await offered(storage, clock, content) == ["Kata sandi yang kuat", "Menulis surel dinas", "Strong passwords"]
    (content / "paths").mkdir()
    (content / "paths" / "a.yaml").write_text(PATH.format(name="a", modules="surel-dinas"), encoding="utf-8")
    (content / "paths" / "b.yaml").write_text(PATH.format(name="b", modules="strong-passwords, surel-dinas"), encoding="utf-8")
    assert await offered(storage, clock, content) == ["Menulis surel dinas", "Strong passwords", "Kata sandi yang kuat"]
