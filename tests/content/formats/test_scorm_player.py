"""The player of a SCORM package in a real browser: every kind of question, on a phone, with the keyboard, and without any system."""

import re
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, expect

from bot.content.model import Card, Media, Module
from tests.content.formats.scorm_learner import WIDTH, Learner, unpack

MEDIA = Path("content/media")
NO_NAME = re.compile(r"^\s*- (button|textbox|combobox|link|img|checkbox|radio|progressbar)(?: \[[^\]]*\])*:?$", re.MULTILINE)


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


def test_without_a_system_it_works_from_a_disk(browser: Browser, whole: Module, tmp_path: Path) -> None:
    unpack(whole, tmp_path, MEDIA)
    learner = Learner(browser, whole)
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


def test_every_screen_fits_a_phone_and_can_be_named(browser: Browser, whole: Module, tmp_path: Path) -> None:
    unpack(whole, tmp_path, MEDIA)
    learner = Learner(browser, whole)
    learner.open_file(tmp_path)

    def look() -> None:
        assert learner.page.evaluate("document.documentElement.scrollWidth") == WIDTH, learner.text()
        assert NO_NAME.findall(learner.page.locator("body").aria_snapshot()) == []
        assert learner.page.evaluate("document.activeElement.matches('h1, h2')"), learner.text()

    look()
    learner.tap("Mulai")
    for card in whole.cards:
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
    assert at_lms.lms("interactions.length") == len(lacking) - 1  # all but what one wrote for oneself


def test_all_kinds_of_files_are_shown(browser: Browser, whole: Module, tmp_path: Path) -> None:
    kinds = {"image": "gambar.png", "audio": "suara.mp3", "video": "film.mp4", "document": "surat.pdf"}
    media = tmp_path / "media"
    media.mkdir()
    for name in kinds.values():
        (media / name).write_bytes(b"isi")
    files = [Media(kind, name, f"Berkas {kind}") for kind, name in kinds.items()]  # type: ignore[arg-type]
    files.append(Media("image", "hilang.png", "Berkas hilang"))
    cards = tuple(Card(f"kartu-{place}", f"Kartu {place}", "Teks", media=one) for place, one in enumerate(files))
    unpack(replace(whole, cards=cards), tmp_path, media)
    learner = Learner(browser, whole)
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


def test_english_modules_speak_english(browser: Browser, whole: Module, tmp_path: Path) -> None:
    unpack(replace(whole, language="en"), tmp_path, MEDIA)
    learner = Learner(browser, whole)
    learner.open_file(tmp_path)
    learner.tap("Begin")
    assert "Card 1 of 2" in learner.text()
    learner.page.close()


def test_with_shuffling_questions_and_options_come_in_other_orders(browser: Browser, whole: Module, tmp_path: Path) -> None:
    unpack(replace(whole, quiz=replace(whole.quiz, shuffle=True, draw=4)), tmp_path, MEDIA)
    orders: set[str] = set()
    learner = Learner(browser, whole)
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
