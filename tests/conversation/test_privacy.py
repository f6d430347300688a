"""Taking one's data along, and erasing it: everything of one's own, nothing of anybody else's."""

from typing import Any

import orjson
from sqlalchemy import Connection, select

from bot.sandbox.cast import COORDINATOR_ID, EMMA_ID, SARI_ID
from bot.storage.tables import announcement, learner, metadata
from tests.conversation.acting import play
from tests.conversation.stage import Stage

SARI_STUDIES = """\
Sari: /start
Sari taps: [Mulai: …]
Sari taps: [Lanjut]
Sari taps: [Lanjut]
Sari taps: [Mulai kuis]
Sari taps: [C]
"""
EMMA_STUDIES = """\
Emma: /start
Emma taps: [Start: …]
Emma taps: [Next]
Emma taps: [Start quiz]
Emma taps: [B]
clock: to Tuesday 08:30 WIB
"""
SARI_EXPORTS = "Sari: /data\nSari taps: [Unduh data saya]\n"
SARI_ERASES = "Sari: /data\nSari taps: [Hapus data saya]\nSari taps: [Ya, hapus semuanya]\n"


async def test_the_export_holds_all_of_ones_own_and_nothing_of_others(stage: Stage) -> None:
    await play(stage, SARI_STUDIES + EMMA_STUDIES + SARI_EXPORTS)
    record = _exported(stage)
    (sari,) = record["learner"]
    assert (sari["telegram_id"], sari["name"], sari["language"], sari["zone"]) == (SARI_ID, "Sari", "id", "Asia/Jakarta")
    assert [each["module_id"] for each in record["enrolment"]] == ["kata-sandi"]
    assert [each["response"] for each in record["attempt"]] == [["c"]]
    assert len(record["prompt"]) == 4
    assert [each["kind"] for each in record["delivery"]] == ["reminder"]
    owners = {row["learner_id"] for rows in record.values() if isinstance(rows, list) for row in rows if "learner_id" in row}
    assert owners == {sari["id"]}
    assert str(EMMA_ID) not in orjson.dumps(record).decode()


async def test_the_export_has_every_table_that_knows_a_person(stage: Stage) -> None:
    await play(stage, SARI_STUDIES + SARI_EXPORTS)
    personal = {table.name for table in metadata.tables.values() if {"learner_id", "author_id", "telegram_id"} & set(table.columns.keys())}
    assert personal <= set(_exported(stage))


async def test_after_erasing_no_row_is_left_and_others_keep_theirs(stage: Stage) -> None:
    await play(stage, SARI_STUDIES + EMMA_STUDIES)
    emmas = stage.query(_rows_of(EMMA_ID))
    await play(stage, SARI_ERASES)
    assert not stage.query(_mentions(SARI_ID))
    await play(stage, "Sari blocks the bot:\n")
    assert not stage.query(_mentions(SARI_ID))
    assert stage.query(_rows_of(EMMA_ID)) == emmas
    assert stage.query(lambda db: db.execute(select(learner.c.name)).scalars().all()) == ["Emma"]


async def test_a_coordinator_who_erases_leaves_no_announcement_to_be_sent(stage: Stage) -> None:
    draft = "Ratna: /umumkan\nRatna: Rahasia.\n"
    scheduled = draft + "Ratna taps: [Ubah waktu]\nRatna taps: [Hari ini 16.00]\nRatna taps: [Jadwalkan]\n"
    erasing = SARI_ERASES.replace("Sari", "Ratna")
    played = await play(stage, "Sari: /start\n" + scheduled + draft + erasing + "clock: to Monday 16:00 WIB\n")
    assert "Rahasia" not in played.rpartition("clock:")[2]
    assert not stage.query(_mentions(COORDINATOR_ID))
    assert stage.query(lambda db: db.execute(select(announcement.c.state, announcement.c.author_id)).all()) == [("cancelled", None)]


def _exported(stage: Stage) -> dict[str, Any]:
    message = next(each for each in stage.world.sent(SARI_ID) if "document" in each.content)
    assert message.content["document"]["file_name"] == "data-sinau.json"
    record: dict[str, Any] = orjson.loads(stage.world.state.files.get(message.content["document"]["file_id"]).data)
    return record


def _rows_of(telegram_id: int) -> Any:
    def read(connection: Connection) -> dict[str, list[Any]]:
        own = connection.execute(select(learner.c.id).where(learner.c.telegram_id == telegram_id)).scalar_one()
        tables = [table for table in metadata.tables.values() if "learner_id" in table.columns]
        return {table.name: list(connection.execute(select(table).where(table.c.learner_id == own))) for table in tables}

    return read


def _mentions(telegram_id: int) -> Any:
    """Look for a number in every cell of every table."""

    def read(connection: Connection) -> list[str]:
        cells = ((table.name, row) for table in metadata.tables.values() for row in connection.execute(select(table)))
        return [name for name, row in cells if telegram_id in row]

    return read
