"""JSON Schemas of modules, paths and registers, from the model itself, so that an editor helps an author while they write.

`python -m bot.content.schema content/schema` writes them anew.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

from bot.content import model
from bot.content.loader import adapter_of
from bot.content.registers import Competencies, FormerRules

HINTS: Final = {
    "answers": "Jawaban yang diterima; yang pertama ditampilkan sebagai jawaban benar.",
    "case": "true bila huruf besar dan kecil dibedakan.",
    "check": "Satu soal singkat sesudah kartu ini; tidak dihitung untuk lulus.",
    "confidence": "true: peserta dapat menandai jawabannya sebagai ragu.",
    "diacritics": "true bila tanda pada huruf (é, ü) dibedakan.",
    "distractors": "Pilihan pengecoh, yang tidak cocok dengan apa pun.",
    "format": "Cara menulis text, reveal, dan explanation: html (HTML Telegram) atau markdown.",
    "gaps": "Celah pada text, menurut urutannya; di text tulis {id}.",
    "group": "manajerial, sosial-kultural, atau teknis.",
    "grading": "partial: sebagian benar mendapat nilai sebagian; all: semua atau tidak sama sekali.",
    "left": "Sisi kiri pasangan.",
    "max": "Paling banyak berapa pilihan boleh dipilih.",
    "min": "Paling sedikit berapa pilihan harus dipilih.",
    "next": "id adegan berikutnya; kosong berarti cerita selesai.",
    "pairs": "Pasangan yang benar.",
    "reason": "Mengapa pilihan ini bernilai sekian. Teks polos.",
    "right": "Sisi kanan pasangan.",
    "scale": "Skala lima tingkat: agreement (setuju), confidence (yakin), frequency (sering).",
    "scenes": "Adegan menurut urutan cerita.",
    "score": "Nilai 0 sampai 5; pilihan terbaik paling tinggi.",
    "share": "true: peserta boleh mengirim tulisannya kepada koordinator.",
    "steps": "Langkah menurut urutan yang benar.",
    "threshold": "Seberapa mirip (persen) jawaban yang salah ketik masih diterima; 100 harus persis.",
    "tolerance": "Selisih yang masih dianggap benar.",
    "unit": "Satuan jawaban; boleh ditulis peserta, boleh tidak.",
    "units": "Satuan lain, dan nilai satu satuannya dalam unit.",
    "valid_until": "Hari terakhir aturan ini berlaku, misalnya 2023-10-30 untuk UU 5/2014.",
    "wrong": "Jawaban salah yang sudah diduga, dengan umpan baliknya.",
    "alt": "Isi media dalam kata-kata, untuk yang tidak dapat melihat atau mendengarnya. Teks polos.",
    "answer": "Jawaban yang benar: true atau false, bilangan, atau kata pada celah.",
    "article": "Pasal, ayat, atau halaman.",
    "attempts": "Berapa kali kuis boleh diulang; 0 berarti tanpa batas.",
    "card": "id kartu yang mengajarkan jawaban soal ini.",
    "cards": "Layar materi, satu gagasan satu kartu.",
    "competencies": "Kompetensi yang boleh disebut modul dan soal.",
    "competency": "Kompetensi yang dilatih dan tingkatnya.",
    "correct": "true pada pilihan yang benar.",
    "draw": "Banyaknya soal sekali duduk, paling banyak sejumlah soal yang ada.",
    "explanation": "Mengapa jawaban itu benar. Boleh HTML Telegram.",
    "feedback": "Yang dikatakan kepada orang yang memilih ini. Teks polos.",
    "file": "Nama berkas di bawah content/media, misalnya kata-sandi/contoh.png.",
    "id": "Nama tetap dari a-z, 0-9 dan tanda hubung. Jangan diubah setelah dipakai: riwayat peserta menempel padanya.",
    "if_false": "Yang dikatakan kepada orang yang memilih salah.",
    "if_true": "Yang dikatakan kepada orang yang memilih benar.",
    "name": "Nama seperti tertulis di aturannya.",
    "replaced_by": "Aturan yang menggantikannya.",
    "rules": "Aturan yang tidak berlaku lagi.",
    "source": "Aturan yang menetapkan atau mencabutnya.",
    "items": "Soal-soal kuis.",
    "keywords": "Kata lain yang dipakai orang untuk mencari kartu ini, dipisahkan koma. Tidak ditampilkan.",
    "language": "Bahasa isi: id atau en.",
    "level": "Tingkat kompetensi, 1 sampai 5.",
    "media": "Gambar, suara, video, atau dokumen pada kartu.",
    "minutes": "Lama belajar dalam menit.",
    "modules": "id modul menurut urutan belajar.",
    "options": "Pilihan jawaban.",
    "pass_mark": "Batas lulus dalam persen.",
    "quiz": "Kuis di akhir modul.",
    "reveal": "Isi yang baru tampak setelah diketuk. Boleh HTML Telegram.",
    "rule": "Nama peraturan atau terbitan.",
    "shuffle": "true untuk mengacak urutan soal dan pilihan.",
    "sources": "Sumber: di tingkat modul daftar lengkapnya, di tempat lain id-nya.",
    "summary": "Isi modul atau jalur dalam satu dua kalimat. Teks polos.",
    "tags": "Kata kunci untuk pencarian, ditulis seperti id.",
    "text": "Pada kartu dan soal boleh HTML Telegram (b i u s code pre a blockquote tg-spoiler); pada pilihan teks polos.",
    "title": "Judul singkat. Teks polos.",
    "type": "Jenis soal atau jenis media.",
    "url": "Alamat web sumber.",
}


def schemas() -> dict[str, str]:
    """Return the text of each schema file by its name."""
    kinds = {"module": model.Module, "path": model.Path, "competencies": Competencies, "rules": FormerRules}
    return {f"{name}.schema.json": _text(adapter_of(kind).json_schema()) for name, kind in kinds.items()}


def write(folder: Path) -> None:
    """Write the schema files into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


def _text(schema: dict[str, Any]) -> str:
    for definition in (schema, *schema.get("$defs", {}).values()):
        _for_authors(definition)
    return json.dumps({"$schema": "http://json-schema.org/draft-07/schema#", **schema}, ensure_ascii=False, indent=2) + "\n"


def _for_authors(definition: dict[str, Any]) -> None:
    """Say in an author's words what pydantic says in a developer's."""
    definition.pop("description", None)
    for name, property_ in definition["properties"].items():
        property_.pop("title", None)
        property_.pop("default", None)
        property_["description"] = HINTS[name]


if __name__ == "__main__":
    write(Path(sys.argv[1]))
