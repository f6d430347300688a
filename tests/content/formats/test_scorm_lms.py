"""What the player of a SCORM package tells a learning management system: only what SCORM 1.2 allows, and what becomes of it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.content.items.survey import Survey
from bot.content.model import Module
from tests.content.formats.scorm_learner import Learner, served, unpack

MEDIA = Path("content/media")
GRADED = ["satu", "banyak", "banyak-semua", "nilai", "pasal", "jp", "urut", "pasang", "celah", "cerita"]


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


def test_an_edited_module_asks_anew_and_remembers_the_attempts(at_lms: Learner, whole: Module, tmp_path: Path) -> None:
    at_lms.launch()
    at_lms.read()
    at_lms.tap("Mulai kuis")
    at_lms.take(missing=GRADED)
    at_lms.tap("Ulangi kuis")
    at_lms.respond(at_lms.item())
    at_lms.send()
    at_lms.leave()
    unpack(replace(whole, version="berubah"), tmp_path, MEDIA)
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


def test_a_page_of_another_origin_is_left_alone(browser: Browser, whole: Module, tmp_path: Path) -> None:
    unpack(whole, tmp_path, MEDIA)
    (tmp_path / "around.html").write_text('<link rel="icon" href="data:,"><iframe src="" title="module"></iframe>', encoding="utf-8")
    with served(tmp_path) as address:
        learner = Learner(browser, whole)
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


def test_a_module_of_opinions_is_completed(browser: Browser, whole: Module, tmp_path: Path) -> None:
    opinions = tuple(item for item in whole.quiz.items if isinstance(item, Survey))
    asking = replace(whole, quiz=replace(whole.quiz, items=opinions))
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
