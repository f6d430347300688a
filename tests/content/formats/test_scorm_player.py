"""The player of a SCORM package in a real browser, in a system's page that takes only what SCORM 1.2 allows, and without any."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from bot.content.items.survey import Survey
from bot.content.model import Card, Media, Module
from tests.content.formats.everything import everything
from tests.content.formats.scorm_learner import WIDTH, Learner, served, unpack

if TYPE_CHECKING:
    from tests.content.conftest import Folder

MEDIA = Path("content/media")
NO_NAME = re.compile(r"^\s*- (button|textbox|combobox|link|img|checkbox|radio|progressbar)(?: \[[^\]]*\])*:?$", re.MULTILINE)
GRADED = ["satu", "banyak", "banyak-semua", "nilai", "pasal", "jp", "urut", "pasang", "celah", "cerita"]


@pytest.fixture
def module(folder: "Folder") -> Module:
    return everything(folder, ("draw: 9", "draw: 10"))


@pytest.fixture
def at_lms(browser: Browser, module: Module, tmp_path: Path) -> Iterator[Learner]:
    """Give a learner at the system's page; in the end nobody has anything to complain about."""
    unpack(module, tmp_path, MEDIA)
    with served(tmp_path) as address:
        learner = Learner(browser, module)
        learner.visit(address)
        yield learner
        refused = learner.lms("refused")
        learner.page.close()
    assert (refused, learner.complaints) == ([], [])


def test_a_learner_reads_answers_and_passes(at_lms: Learner) -> None:
    at_lms.launch()
    assert at_lms.kept("core.lesson_status") == "incomplete"
    at_lms.read()
    assert at_lms.kept("core.lesson_location") == "#quiz"
    at_lms.tap("Mulai kuis")
    at_lms.take()
    assert "10 dari 10 benar. Nilai 100 dari 100. Anda lulus. Batas lulus 70%. Hasil terbaik Anda tercatat di LMS." in at_lms.text()
    score = [at_lms.kept(f"core.score.{part}") for part in ("raw", "min", "max")]
    assert (at_lms.kept("core.lesson_status"), score) == ("passed", ["100", "0", "100"])
    at_lms.leave()
    assert re.fullmatch(r"0000:0\d:\d\d\.\d\d", at_lms.kept("core.session_time"))
    assert at_lms.kept("core.exit") == "suspend"
    assert at_lms.lms("calls.filter(call => call[0] === 'LMSFinish').length") == 1


def test_answers_are_reported_as_interactions(at_lms: Learner) -> None:
    at_lms.launch()
    at_lms.read()
    at_lms.tap("Mulai kuis")
    at_lms.take(missing=["satu", "nilai", "jp", "urut", "cerita"])
    reported = {one["id"]: one for one in at_lms.lms("interactions")}
    answers = {
        name: [one["type"], one["student_response"], one.get("correct_responses.0.pattern"), one["result"]]
        for name, one in reported.items()
    }
    assert answers == {
        "satu": ["choice", "b", "a", "wrong"],
        "banyak": ["choice", "a,c", "a,c", "correct"],
        "banyak-semua": ["choice", "a,c", "a,c", "correct"],
        "nilai": ["true-false", "t", "f", "wrong"],
        "pasal": ["fill-in", "Pasal 49", "Pasal 49", "correct"],
        "jp": ["numeric", "999", "20.575", "wrong"],
        "urut": ["sequencing", "c,b,a", "a,b,c", "wrong"],
        "pasang": ["matching", "1.a,2.b", "1.a,2.b", "correct"],
        "celah": ["matching", "1.a,2.a", "1.a,2.a", "correct"],
        "cerita": ["performance", "awal.b,sesudah.b", "awal.a,sesudah.a", "0.11"],
        "yakin": ["likert", "5", None, "neutral"],
        "pendapat": ["choice", "b", None, "neutral"],
        "renungan": ["fill-in", "Saya akan memakai pengelola sandi.", None, "neutral"],
    }
    assert reported["pasal"]["correct_responses.1.pattern"] == "49"
    assert {one["objectives.0.id"] for one in reported.values()} == {"mutu.3", "integritas.2"}
    assert reported["satu"]["objectives.0.id"] == "mutu.3"


def test_who_fails_may_try_again_as_often_as_the_module_allows(at_lms: Learner) -> None:
    at_lms.launch()
    at_lms.read()
    assert "Sisa percobaan: 2" in at_lms.text()
    at_lms.tap("Mulai kuis")
    at_lms.take(missing=GRADED[:6])
    assert (at_lms.kept("core.lesson_status"), at_lms.kept("core.score.raw")) == ("failed", "40")
    assert "Belum lulus. Batas lulus 70%. Kartu yang layak dibaca lagi: Kartu bergambar" in at_lms.text()
    at_lms.tap("Ulangi kuis")
    expect(at_lms.heading).to_have_text("Soal 1 dari 10")  # what is not graded is asked once
    at_lms.take(missing=GRADED[:5])
    assert (at_lms.kept("core.lesson_status"), at_lms.kept("core.score.raw")) == ("failed", "50")
    assert at_lms.shown.get_by_role("button", name="Ulangi kuis").count() == 0
    at_lms.leave()
    at_lms.launch()
    assert "Percobaan sudah habis." in at_lms.text()
    assert at_lms.shown.get_by_role("button").all_inner_texts() == ["Baca lagi materinya"]


def test_the_best_result_stays(at_lms: Learner) -> None:
    at_lms.launch()
    at_lms.read()
    at_lms.tap("Mulai kuis")
    at_lms.take(missing=GRADED[:1])
    assert (at_lms.kept("core.lesson_status"), at_lms.kept("core.score.raw")) == ("passed", "90")
    at_lms.tap("Ulangi kuis")
    at_lms.take(missing=GRADED[:6])
    assert "4 dari 10 benar. Nilai 40 dari 100. Belum lulus." in at_lms.text()
    assert (at_lms.kept("core.lesson_status"), at_lms.kept("core.score.raw")) == ("passed", "90")


def test_who_comes_back_goes_on_where_they_were(at_lms: Learner) -> None:
    at_lms.launch()
    at_lms.tap("Mulai")
    at_lms.tap("Lanjut")
    at_lms.tap("Lewati")
    at_lms.leave()
    at_lms.launch()
    expect(at_lms.heading).to_have_text(at_lms.module.cards[1].title)
    at_lms.tap("Lanjut")
    at_lms.tap("Mulai kuis")
    for _ in range(3):
        at_lms.respond(at_lms.item())
        at_lms.send()
        at_lms.tap("Soal berikutnya")
    at_lms.leave()
    at_lms.launch()
    at_lms.tap("Lanjutkan kuis")
    expect(at_lms.heading).to_have_text("Soal 4 dari 13")
    at_lms.take()
    assert at_lms.kept("core.score.raw") == "100"


def test_an_edited_module_asks_anew_and_remembers_the_attempts(at_lms: Learner, module: Module, tmp_path: Path) -> None:
    at_lms.launch()
    at_lms.read()
    at_lms.tap("Mulai kuis")
    at_lms.take(missing=GRADED)
    at_lms.tap("Ulangi kuis")
    at_lms.respond(at_lms.item())
    at_lms.send()
    at_lms.leave()
    unpack(replace(module, version="berubah"), tmp_path, MEDIA)
    at_lms.launch()
    assert "Sisa percobaan: 1" in at_lms.text()
    at_lms.tap("Mulai kuis")
    expect(at_lms.heading).to_have_text("Soal 1 dari 13")


@pytest.mark.parametrize("memory", ["bukan JSON", "null", "7", "[]", "{}", '{"version": 1, "asked": "x"}'])
def test_a_memory_that_is_not_ours_is_left_aside(memory: str, at_lms: Learner) -> None:
    at_lms.page.evaluate("memory => { lms.kept['cmi.suspend_data'] = memory; lms.kept['cmi.core.lesson_location'] = 'tidak-ada'; }", memory)
    at_lms.launch()
    at_lms.read()
    assert "Sisa percobaan: 2" in at_lms.text()
    at_lms.tap("Mulai kuis")
    expect(at_lms.heading).to_have_text("Soal 1 dari 13")


def test_a_window_of_its_own_finds_the_system_too(at_lms: Learner) -> None:
    with at_lms.page.expect_popup() as opened:
        at_lms.page.evaluate("lms.launch('window')")
    at_lms.shown = opened.value
    at_lms.tap("Mulai")
    assert at_lms.kept("core.lesson_location") == "gambar"
    opened.value.close()
    at_lms.page.wait_for_function("!lms.running")


@pytest.mark.parametrize("mode", ["browse", "review"])
def test_who_only_looks_leaves_no_trace(mode: str, at_lms: Learner) -> None:
    at_lms.page.evaluate("mode => { lms.kept['cmi.core.lesson_mode'] = mode; }", mode)
    at_lms.launch()
    at_lms.read()
    at_lms.tap("Mulai kuis")
    at_lms.take()
    assert "Anda membuka modul ini untuk melihat saja" in at_lms.text()
    assert at_lms.lms("calls.filter(call => call[0] === 'LMSSetValue').length") == 0


def test_a_system_that_does_not_take_the_result_is_told_of(at_lms: Learner) -> None:
    at_lms.launch()
    at_lms.read()
    at_lms.tap("Mulai kuis")
    at_lms.page.evaluate("lms.deaf = true")
    at_lms.take()
    assert "LMS tidak menerima hasil ini. Simpan gambar layar ini" in at_lms.text()


def test_a_system_without_interactions_gets_the_result(at_lms: Learner) -> None:
    at_lms.page.evaluate("lms.plain = true")
    at_lms.launch()
    at_lms.read()
    at_lms.tap("Mulai kuis")
    at_lms.take()
    assert (at_lms.lms("interactions"), at_lms.kept("core.lesson_status")) == ([], "passed")


def test_a_system_that_does_not_begin_is_no_system(at_lms: Learner) -> None:
    at_lms.page.evaluate("lms.running = true")  # it thinks that the module is open already
    at_lms.launch()
    assert "Tidak terhubung dengan LMS" in at_lms.text()


def test_a_page_of_another_origin_is_left_alone(browser: Browser, module: Module, tmp_path: Path) -> None:
    unpack(module, tmp_path, MEDIA)
    (tmp_path / "around.html").write_text('<link rel="icon" href="data:,"><iframe src="" title="module"></iframe>', encoding="utf-8")
    with served(tmp_path) as address:
        learner = Learner(browser, module)
        learner.page.goto(f"{address.replace('127.0.0.1', 'localhost')}/around.html")
        learner.page.locator("iframe").evaluate("(frame, address) => { frame.src = address; }", f"{address}/package/index.html")
        expect(learner.page.frame_locator("iframe").get_by_text("Tidak terhubung dengan LMS")).to_be_visible()
        learner.page.close()
    assert learner.complaints == []


def test_a_page_that_comes_back_from_the_memory_of_the_browser_begins_anew(at_lms: Learner) -> None:
    at_lms.launch()
    at_lms.tap("Mulai")
    at_lms.shown.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    at_lms.page.wait_for_function("lms.calls.filter(call => call[0] === 'LMSInitialize').length === 2")
    expect(at_lms.heading).to_have_text("Kartu bergambar")


def test_the_question_of_a_card_counts_for_nothing(at_lms: Learner) -> None:
    at_lms.launch()
    at_lms.tap("Mulai")
    at_lms.tap("Lanjut")
    at_lms.respond(at_lms.item(), wrongly=True)
    at_lms.send()
    assert "Belum tepat. Jawaban Anda Salah Lihat lagi gambarnya. Yang tepat Benar Gambarnya sebuah kotak." in at_lms.text()
    assert (at_lms.lms("interactions.length"), at_lms.kept("core.score.raw")) == (1, None)
    at_lms.tap("Lanjut")
    expect(at_lms.heading).to_have_text(at_lms.module.cards[1].title)


def test_a_thought_is_sent_when_the_learner_wants_to(at_lms: Learner) -> None:
    at_lms.launch()
    at_lms.read()
    at_lms.tap("Mulai kuis")
    while at_lms.item().id != "renungan":
        at_lms.respond(at_lms.item())
        at_lms.send()
        at_lms.tap("Soal berikutnya")
    at_lms.respond(at_lms.item())
    at_lms.send()
    assert at_lms.kept("comments") is None
    at_lms.tap("Kirim ke pengelola kursus")
    expect(at_lms.shown.get_by_role("status")).to_have_text("Terkirim kepada pengelola kursus.")
    assert at_lms.kept("comments") == "Saya akan memakai pengelola sandi."


def test_without_a_system_it_works_from_a_disk(browser: Browser, module: Module, tmp_path: Path) -> None:
    unpack(module, tmp_path, MEDIA)
    learner = Learner(browser, module)
    learner.open_file(tmp_path)
    assert "Tidak terhubung dengan LMS: hasil tidak dicatat" in learner.text()
    learner.read()
    learner.tap("Mulai kuis")
    learner.take(missing=["cerita"])
    assert "9 dari 10 benar. Nilai 91.11 dari 100. Anda lulus." in learner.text()
    assert "Tidak terhubung dengan LMS" in learner.text()
    assert learner.shown.get_by_role("button", name="Kirim ke pengelola kursus").count() == 0
    learner.page.close()
    assert learner.complaints == []


def test_every_screen_fits_a_phone_and_can_be_named(browser: Browser, module: Module, tmp_path: Path) -> None:
    unpack(module, tmp_path, MEDIA)
    learner = Learner(browser, module)
    learner.open_file(tmp_path)

    def look() -> None:
        assert learner.page.evaluate("document.documentElement.scrollWidth") == WIDTH, learner.text()
        assert NO_NAME.findall(learner.page.locator("body").aria_snapshot()) == []
        assert learner.page.evaluate("document.activeElement.matches('h1, h2')"), learner.text()

    look()
    learner.tap("Mulai")
    for card in module.cards:
        look()
        learner.tap("Lanjut")
        if card.check:
            look()
            learner.tap("Lewati")
    learner.tap("Mulai kuis")
    while not learner.heading.get_by_text("Selesai", exact=True).is_visible():
        look()
        learner.respond(learner.item(), wrongly=learner.item().id == "cerita")
        learner.send()
        look()
        learner.shown.locator(".outcome .buttons .main").click()
    look()
    assert learner.page.locator("html").get_attribute("lang") == "id"
    learner.page.close()
    assert learner.complaints == []


def test_the_keyboard_is_enough(at_lms: Learner) -> None:
    at_lms.launch()
    press = at_lms.page.keyboard.press
    focused = at_lms.shown.locator(":focus")
    press("Tab")
    press("Enter")
    expect(at_lms.heading).to_be_focused()
    expect(at_lms.heading).to_have_text("Kartu bergambar")
    while "Lanjut" not in focused.inner_text():
        press("Tab")
    press("Enter")
    press("Tab")
    press("Space")
    press("ArrowDown")
    press("Enter")
    expect(at_lms.shown.locator("#verdict")).to_be_focused()
    expect(focused).to_have_text("Belum tepat.")


def test_steps_are_moved_with_the_keyboard_and_said_aloud(at_lms: Learner) -> None:
    at_lms.launch()
    at_lms.read()
    at_lms.tap("Mulai kuis")
    while at_lms.item().id != "urut":
        at_lms.respond(at_lms.item())
        at_lms.send()
        at_lms.tap("Soal berikutnya")
    steps = at_lms.shown.locator(".steps li > span")
    before = steps.all_inner_texts()
    assert before != ["Langkah awal", "Langkah tengah", "Langkah akhir"]
    at_lms.shown.get_by_role("button", name=f"Turunkan: {before[0]}").focus()
    at_lms.page.keyboard.press("Enter")
    assert steps.all_inner_texts() == [before[1], before[0], before[2]]
    expect(at_lms.shown.locator("[aria-live]")).to_have_text(f"{before[0]}: urutan 2 dari 3")
    expect(at_lms.shown.get_by_role("button", name=f"Turunkan: {before[0]}")).to_be_focused()
    at_lms.shown.get_by_role("button", name=f"Naikkan: {before[1]}").press("Enter")  # it is the first already
    assert steps.all_inner_texts() == [before[1], before[0], before[2]]


def test_a_story_goes_on_as_one_chooses(at_lms: Learner) -> None:
    at_lms.launch()
    at_lms.read()
    at_lms.tap("Mulai kuis")
    while at_lms.item().id != "cerita":
        at_lms.respond(at_lms.item())
        at_lms.send()
        at_lms.tap("Soal berikutnya")
    assert "Rapat selesai." not in at_lms.text()
    at_lms.choose(["awal.b"])
    at_lms.send()
    expect(at_lms.shown.get_by_text("Rapat selesai.")).to_be_focused()
    expect(at_lms.shown.locator('input[value="awal.a"]')).to_be_disabled()
    at_lms.choose(["sesudah.a"])
    at_lms.send()
    first = "Memberikannya. Sekarang Anda tidak tahu lagi siapa yang masuk. Lebih baik: Menampilkan berkasnya sendiri."
    second = "Mengganti kata sandi. Pintunya tertutup lagi."
    assert f"Ada langkah yang lebih baik. {first} {second} Bantu dengan hasilnya." in at_lms.text()


def test_what_is_lacking_is_said(at_lms: Learner) -> None:
    lacking = {
        "satu": "Pilih satu jawaban dulu.",
        "banyak": "Boleh lebih dari satu. Pilih semua yang tepat.",
        "banyak-semua": "Pilih tepat 2.",
        "nilai": "Pilih satu jawaban dulu.",
        "pasal": "Tulis jawaban dulu.",
        "jp": "Ini tidak terbaca sebagai satu angka. Tulis angkanya saja, misalnya 12 atau 2,5.",
        "urut": "",
        "pasang": "Pilih satu jawaban untuk setiap baris.",
        "celah": "Pilih satu jawaban untuk setiap baris.",
        "cerita": "Pilih satu jawaban dulu.",
        "yakin": "Pilih satu jawaban dulu.",
        "pendapat": "Pilih satu jawaban dulu.",
        "renungan": "Tulis jawaban dulu.",
    }
    at_lms.launch()
    at_lms.read()
    at_lms.tap("Mulai kuis")
    for name, fault in lacking.items():
        item = at_lms.item()
        assert item.id == name
        if fault:
            at_lms.send()
            expect(at_lms.shown.get_by_role("alert")).to_have_text(fault)
        at_lms.respond(item)
        at_lms.send()
        at_lms.shown.locator(".outcome .buttons .main").click()
    assert at_lms.lms("interactions.length") == len(lacking)


def test_all_kinds_of_files_are_shown(browser: Browser, module: Module, tmp_path: Path) -> None:
    kinds = {"image": "gambar.png", "audio": "suara.mp3", "video": "film.mp4", "document": "surat.pdf"}
    media = tmp_path / "media"
    media.mkdir()
    for name in kinds.values():
        (media / name).write_bytes(b"isi")
    files = [Media(kind, name, f"Berkas {kind}") for kind, name in kinds.items()]  # type: ignore[arg-type]
    files.append(Media("image", "hilang.png", "Berkas hilang"))
    cards = tuple(Card(f"kartu-{place}", f"Kartu {place}", "Teks", media=one) for place, one in enumerate(files))
    unpack(replace(module, cards=cards), tmp_path, media)
    learner = Learner(browser, module)
    learner.open_file(tmp_path)
    learner.tap("Mulai")
    for selector in (
        'img[alt="Berkas image"]',
        'audio[aria-label="Berkas audio"]',
        'video[aria-label="Berkas video"]',
        'a[download]:text("Berkas document")',
        'figure > p:text("Berkas hilang")',
    ):
        expect(learner.shown.locator(f"figure {selector}" if "figure" not in selector else selector)).to_be_visible()
        learner.tap("Lanjut")
    learner.page.close()


def test_a_module_of_opinions_is_completed(browser: Browser, module: Module, tmp_path: Path) -> None:
    opinions = tuple(item for item in module.quiz.items if isinstance(item, Survey))
    asking = replace(module, quiz=replace(module.quiz, items=opinions))
    unpack(asking, tmp_path, MEDIA)
    with served(tmp_path) as address:
        learner = Learner(browser, asking)
        learner.visit(address)
        learner.launch()
        learner.read()
        learner.tap("Mulai kuis")
        learner.take()
        assert (learner.kept("core.lesson_status"), learner.kept("core.score.raw")) == ("completed", None)
        assert "benar" not in learner.text()
        learner.page.close()
    assert learner.complaints == []


def test_english_modules_speak_english(browser: Browser, module: Module, tmp_path: Path) -> None:
    unpack(replace(module, language="en"), tmp_path, MEDIA)
    learner = Learner(browser, module)
    learner.open_file(tmp_path)
    learner.tap("Begin")
    assert "Card 1 of 2" in learner.text()
    learner.page.close()


def test_with_shuffling_questions_and_options_come_in_other_orders(browser: Browser, module: Module, tmp_path: Path) -> None:
    unpack(replace(module, quiz=replace(module.quiz, shuffle=True, draw=4)), tmp_path, MEDIA)
    orders: set[str] = set()
    learner = Learner(browser, module)
    while len(orders) < 2:
        learner.open_file(tmp_path)
        learner.read()
        learner.tap("Mulai kuis")
        expect(learner.heading).to_have_text("Soal 1 dari 7")
        orders.add(learner.text())
    learner.page.close()


def test_hidden_words_are_shown_when_they_are_focused(at_lms: Learner) -> None:
    at_lms.launch()
    at_lms.tap("Mulai")
    at_lms.tap("Lanjut")
    at_lms.tap("Lewati")
    hidden = at_lms.shown.locator(".tg-spoiler")
    transparent = "element => getComputedStyle(element).color === 'rgba(0, 0, 0, 0)'"
    assert hidden.evaluate(transparent)
    hidden.focus()
    assert not hidden.evaluate(transparent)
