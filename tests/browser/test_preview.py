"""`sinau preview` as an author has it: the module beside what is wrong with it, opened anew on every save."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.conftest import PHONE, ROOT, Phone, printed_address
from tests.content.conftest import MODULE

DESK: ViewportSize = {"width": 1280, "height": 800}


class Author:
    """Somebody who writes a module, with the preview beside it."""

    def __init__(self, file: Path, address: str, browser: Browser, *, pictured: bool) -> None:
        self._file = file
        self._address = address
        self._browser = browser
        self._pictured = pictured

    def save(self, text: str) -> None:
        self._file.write_text(text, encoding="utf-8")

    async def look(self, viewport: ViewportSize) -> Phone:
        context = await self._browser.new_context(viewport=viewport, locale="id-ID", timezone_id="Asia/Jakarta")
        phone = Phone(self._address, await context.new_page(), pictured=self._pictured)
        await phone.page.goto(f"{self._address}/?person=1002")
        return phone


@pytest_asyncio.fixture(loop_scope="session")
async def author(tmp_path: Path, browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Author]:
    """Preview a module whose last line is missing."""
    file = tmp_path / "content" / "modules" / "contoh.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(MODULE.replace("title: Contoh\n", ""), encoding="utf-8")
    (file.parent / "rusak.yaml").write_text("id: rusak", encoding="utf-8")  # another's fault keeps nothing from being seen
    command = (sys.executable, "-m", "bot", "preview", str(file), "--port", "0")
    log = tmp_path / "log"
    with log.open("wb") as complaints:
        program = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=os.environ | {"SINAU_WEB__PORT": "0"}, stdout=asyncio.subprocess.PIPE, stderr=complaints
        )
    try:
        pictured = request.config.getoption("--update-screenshots", default=False)
        yield Author(file, await printed_address(program, log), browser, pictured=pictured)
        program.send_signal(signal.SIGINT)
        assert await program.wait() == 0
        assert log.read_text() == ""
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()


@pytest.mark.asyncio(loop_scope="session")
async def test_an_author_sees_the_faults_then_the_module_and_every_change(author: Author) -> None:
    desk = await author.look(DESK)
    await expect(desk.page.get_by_test_id("notes-title")).to_have_text("contoh.yaml")
    await expect(desk.page.get_by_test_id("notes-state")).to_contain_text("Belum dapat ditampilkan")
    await expect(desk.page.get_by_test_id("note")).to_contain_text("title belum ada; tambahkan title:")
    author.save(MODULE)
    await expect(desk.page.get_by_test_id("notes-state")).to_have_text("Isi ini yang tampil di obrolan.")
    await desk.tap("Mulai: Contoh · 5 menit")
    await desk.sees("Kartu satu", "Baris pertama.")
    author.save(MODULE.replace("Baris pertama.", "Baris yang baru.").replace("correct: true", "correct: benar"))
    await expect(desk.page.get_by_test_id("notes-state")).to_contain_text("Obrolan masih memakai isi terakhir yang benar")
    await expect(desk.page.get_by_test_id("note").first).to_contain_text("baris ")
    author.save(MODULE.replace("Baris pertama.", "Baris yang baru.").replace("Kartu satu", "<b>Kartu</b> satu"))
    await desk.tap("Lanjutkan: Contoh · 5 menit")
    await desk.sees("Materi ini sudah diperbarui", "Baris yang baru.")
    await expect(desk.page.get_by_test_id("note").filter(has_text="akan tampil apa adanya")).to_be_visible()
    await expect(desk.page.get_by_test_id("note").filter(has_text="[minutes-off]")).to_be_visible()
    await desk.picture("author-preview")
    phone = await author.look(PHONE)
    await expect(phone.page.get_by_test_id("note").first).to_be_visible()
    await phone.sees("Baris yang baru.")
    await expect(phone.page.get_by_test_id("composer")).to_be_in_viewport()
    assert await phone.nameless() == []
    assert desk.complaints + phone.complaints == []
