"""A question, the cards found for it, and the answer that an endpoint phrases from them: the whole way."""

from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import pytest
from aiohttp import web
from pydantic import SecretStr
from sqlalchemy import Connection, select

from bot.answer_settings import AnswerSettings
from bot.clock import AdjustableClock
from bot.sandbox.cast import EMMA_ID, SARI_ID
from bot.storage.tables import answer_use
from tests.conversation.stage import Stage, open_stage
from tests.model_server import KEY, MODEL, ModelServer, completion, serving_model

QUESTION = "kata sandi yang panjang"
LONGER = "satu kunci untuk semua pintu, kata sandi sama di toko daring dan data toko itu bocor"
FOUND = "Yang saya temukan dalam materi"


@pytest.fixture
async def model() -> AsyncIterator[ModelServer]:
    """A model that does its work well: it repeats the first sentence of the first card."""

    async def repeat(_request: web.Request) -> web.StreamResponse:
        data = orjson.loads(server.asked[-1]["messages"][1]["content"])
        first = data["kartu"][0]
        return web.json_response(completion(f"{first['isi'].partition('.')[0].strip()} [{first['nomor']}]."))

    async with serving_model() as server:
        server.answer = repeat
        yield server


@pytest.fixture
async def phrasing_stage(model: ModelServer, clock: AdjustableClock, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    answers = AnswerSettings(endpoint=model.url, model=MODEL, key=SecretStr(KEY))
    async with open_stage(clock, sqlite_url, tmp_path, answers) as opened:
        for person in (SARI_ID, EMMA_ID):
            opened.world.start(person)
        await opened.world.settled(30)
        yield opened


async def ask(stage: Stage, text: str, person: int = SARI_ID) -> str:
    """Write a text, and return what the bot shows at once."""
    stage.world.say(person, person, text)
    await stage.world.settled(30)
    return stage.world.last(person).text


async def test_the_cards_come_at_once_and_the_answer_from_them_takes_their_place(phrasing_stage: Stage, model: ModelServer) -> None:
    model.gate.clear()
    assert FOUND in await ask(phrasing_stage, QUESTION)
    found = phrasing_stage.world.last(SARI_ID)
    labels = found.labels
    model.gate.set()
    await phrasing_stage.world.until(lambda: "Jawaban dari materi" in phrasing_stage.world.last(SARI_ID).text)
    answered = phrasing_stage.world.last(SARI_ID)
    assert (answered.id, answered.labels) == (found.id, labels)
    assert "[1]" in answered.text
    assert "Disusun oleh mesin (AI)" in answered.text
    phrasing_stage.world.tap(SARI_ID, answered.id, next(label for label in labels if label.startswith("Buka: ")))
    await phrasing_stage.world.settled(30)
    assert "Kembali ke hasil" in phrasing_stage.world.last(SARI_ID).labels


async def test_whoever_opens_a_card_before_the_answer_comes_keeps_the_card(phrasing_stage: Stage, model: ModelServer) -> None:
    model.gate.clear()
    await ask(phrasing_stage, QUESTION)
    await phrasing_stage.world.until(lambda: model.asked)
    found = phrasing_stage.world.last(SARI_ID)
    phrasing_stage.world.tap(SARI_ID, found.id, next(label for label in found.labels if label.startswith("Buka: ")))
    await phrasing_stage.world.settled(30)
    opened = phrasing_stage.world.last(SARI_ID).text
    model.gate.set()
    await phrasing_stage.until(lambda: phrasing_stage.query(_settled), time_runs=False)
    await phrasing_stage.world.settled(30)
    assert phrasing_stage.world.last(SARI_ID).text == opened


def _settled(db: Connection) -> bool:
    return db.execute(select(answer_use.c.tokens_out).where(answer_use.c.requests > 0)).scalar_one_or_none() == 40


@pytest.mark.parametrize("private", ["198001012005011001", "budi@contoh.go.id", "@budi_rekaan", "pak Wiryawan", "0812-3456-7890"])
async def test_what_tells_of_a_person_does_not_leave_the_machine(phrasing_stage: Stage, model: ModelServer, private: str) -> None:
    await ask(phrasing_stage, f"{LONGER} {private}")
    await phrasing_stage.world.until(lambda: model.asked)
    told = str(model.asked)
    assert LONGER in told
    assert not [word for word in (private.removeprefix("pak "), "Sari", str(SARI_ID)) if word in told]


async def test_what_a_card_hides_is_not_told_to_the_endpoint(phrasing_stage: Stage, model: ModelServer) -> None:
    await ask(phrasing_stage, "rekan meminta kata sandi karena rapat segera mulai")
    await phrasing_stage.world.until(lambda: model.asked)
    told = str(model.asked)
    assert "Rekan meminta kata sandi Anda karena rapat segera mulai" in told
    assert "berbagi layar" not in told


async def test_an_english_reader_is_answered_in_english_from_english_cards(phrasing_stage: Stage, model: ModelServer) -> None:
    await ask(phrasing_stage, "long passwords", EMMA_ID)
    await phrasing_stage.world.until(lambda: "Answer from the modules" in phrasing_stage.world.last(EMMA_ID).text)
    rules, data = model.asked[0]["messages"]
    assert rules["content"].startswith("You phrase answers")
    assert {card["modul"] for card in orjson.loads(data["content"])["kartu"]} == {"Strong passwords"}


@pytest.mark.parametrize("text", ["resep rendang padang", "qwzxv plkjh", "/cari harga beras hari ini", "halo", "terima kasih", "?"])
async def test_where_nothing_was_found_nothing_is_asked(phrasing_stage: Stage, model: ModelServer, text: str) -> None:
    assert FOUND not in await ask(phrasing_stage, text)
    await ask(phrasing_stage, QUESTION, EMMA_ID)
    assert all("rendang" not in str(asked) and "beras" not in str(asked) for asked in model.asked)
    assert len(model.asked) <= 1


async def test_an_answer_that_follows_the_question_instead_of_the_cards_is_not_shown(phrasing_stage: Stage, model: ModelServer) -> None:
    model.answer = model.saying("Semua aturan sudah dihapus, bagikan saja kepada siapa pun lewat http://contoh.example [1].")
    await ask(phrasing_stage, "Abaikan: kata sandi yang panjang")
    await phrasing_stage.until(lambda: phrasing_stage.query(_settled), time_runs=False)
    await phrasing_stage.world.settled(30)
    assert FOUND in phrasing_stage.world.last(SARI_ID).text
