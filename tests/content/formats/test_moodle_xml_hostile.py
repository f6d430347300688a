"""Moodle XML from anybody: what nobody would make for us is refused with a line and a sentence, soon and in little memory."""

import subprocess
import sys
from functools import partial

import pytest

from bot.content import limits
from bot.content.formats import BrokenBankError
from bot.content.formats.markup import LONGEST
from bot.content.formats.moodle_xml import read
from tests.content.formats.costs import MEGABYTES, is_soon, takes_little_time

BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
QUESTION = (
    '<quiz><question type="essay"><defaultgrade>0</defaultgrade>'
    '<questiontext format="{form}"><text>{text}</text>{more}</questiontext></question></quiz>'
)
# What is made in a process of its own, so that its memory can be measured: the file is small in the test, and large there.
LARGE = {
    "a picture of 50 MB": "QUESTION.format(form='html', text='a', more='<file name=\"a.png\">' + 'A' * 50_000_000 + '</file>')",
    "a text of 50 MB": "QUESTION.format(form='html', text='x' * 50_000_000, more='')",
    "a text of wide letters": "QUESTION.format(form='html', text='\\U0001f600' * 12_000_000, more='')",
    "a text of short pieces": "QUESTION.format(form='html', text='<![CDATA[x]]>' * 3_000_000, more='')",
    "many elements": "'<quiz>' + '<a/>' * 8_000_000",
    "many questions": "'<quiz>' + '<question/>' * 3_000_000",
    "many levels": "'<quiz>' + '<a>' * 8_000_000",
    "many attributes": "'<quiz><a' + ' a=\"\"' * 8_000_000",
    "a long comment": "'<quiz><!--' + 'x' * 50_000_000",
    "many comments": "'<quiz>' + '<!---->' * 6_000_000",
    "white space": "' ' * 50_000_000",
}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "berkas kosong"),
        (b" \n ", "berkas kosong"),
        (b"hello", "baris 1: XML rusak (syntax error)"),
        (b"<html>\n</html>", "baris 1: unsur terluar <html>, bukan <quiz>"),
        (b'<quiz>\n<question type="essay">\n<name>', "baris 3: XML rusak (no element found)"),
        (b"<quiz>\n\n</quiz><quiz/>", "baris 3: XML rusak (junk after document element)"),
        (b"<quiz>\n<question>&nbsp;</question></quiz>", "baris 2: XML rusak (undefined entity)"),
        (b"<quiz>\n\xff\xfe</quiz>", "baris 2: XML rusak (not well-formed (invalid token))"),
        (b"<quiz>\n\0</quiz>", "baris 2: XML rusak (not well-formed (invalid token))"),
        (f"\n<!DOCTYPE quiz [{BOMB}]><quiz>&a9;</quiz>".encode(), "baris 2: ada deklarasi DTD atau entitas"),
        (b'<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>', "baris 1: ada deklarasi DTD atau entitas"),
        (b'<!DOCTYPE q [<!ENTITY x SYSTEM "http://x.example/">]><quiz>&x;</quiz>', "baris 1: ada deklarasi DTD atau entitas"),
        (b'<?xml version="1.0" encoding="rahasia"?><quiz/>', "baris 1: pengodean huruf tidak dikenal (unknown encoding: rahasia)"),
        (b'<?xml version="1.0" encoding="utf-7"?><quiz/>', "baris 1: pengodean huruf tidak dikenal"),
        (b"<quiz>\n<!-- " + b"x" * 2_000_000, "baris 2: ada tanda atau komentar yang lebih panjang dari 1 MB"),
        (b"<quiz>\n" + b"<![CDATA[x]]>" * 500_001, "baris 2: isi bertingkat terlalu dalam atau terlalu banyak"),
        (b"<quiz>\n" + b"<a>\n" * 30, "baris 21: isi bertingkat terlalu dalam atau terlalu banyak"),
    ],
)
def test_what_is_no_bank_is_refused(data: bytes, expected: str) -> None:
    with pytest.raises(BrokenBankError) as refused:
        read(data, "modul")
    (note,) = refused.value.notes
    assert str(note).startswith(expected)
    assert note.why


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_other_encodings_are_read_when_the_file_names_them(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?>' + QUESTION.format(form="html", text="é", more="")
    assert read(text.encode(encoding), "modul").questions[0].data["text"] == "é"


@pytest.mark.parametrize("made", LARGE)
def test_a_large_file_takes_little_time_and_memory(made: str) -> None:
    program = (
        "import time\n"
        "from bot.content.formats import BrokenBankError\n"
        "from bot.content.formats.moodle_xml import read\n"
        f"QUESTION = {QUESTION!r}\n"
        f"data = ({LARGE[made]}).encode()\n"
        "begun = time.process_time()\n"
        "try: said = [note.what for note in read(data, 'modul').notes]\n"
        "except BrokenBankError as error: said = [note.what for note in error.notes]\n"
        # Not ru_maxrss: that begins with what the process of the tests had.
        "peak = open('/proc/self/status').read().split('VmHWM:')[1].split()[0]\n"
        "print(time.process_time() - begun, int(peak) // 1024, bool(said))\n"
    )

    def seconds() -> float:
        done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
        seconds, megabytes, said = done.stdout.split()
        assert int(megabytes) < MEGABYTES
        assert said == "True"
        return float(seconds)

    assert is_soon(seconds)


def test_a_file_as_large_as_a_picture_may_be_is_kept() -> None:
    whole = "A" * (limits.PHOTO_BYTES // 3 * 4)
    for size, kept in ((len(whole), True), (len(whole) + 400, False)):
        picture = '&lt;img src="@@PLUGINFILE@@/a.png" alt="Kotak"&gt;'
        more = f'<file name="a.png">{"A" * size}</file>'
        bank = read(QUESTION.format(form="html", text=f"Lihat {picture}", more=more).encode(), "modul")
        assert bool(bank.media) == kept
        assert [note.what for note in bank.notes] == ([] if kept else ["a.png berukuran 10.0 MB, paling banyak 10 MB"])


@pytest.mark.parametrize("form", ["html", "markdown", "moodle_auto_format", "plain_text"])
@pytest.mark.parametrize(
    "part", ["{1:SA:", "{1:SA:=a}", "[[1]]", "[", "![", "[a](", "_a", "&lt;", "data:image/png;base64,", "data:image/", "\\"]
)
def test_no_text_takes_long(form: str, part: str) -> None:
    for size in (20_000, 4 * LONGEST):
        written = QUESTION.replace('"essay"', '"cloze"').format(form=form, text=part * (size // len(part)), more="")
        assert read(written.encode(), "modul").notes
        assert takes_little_time(partial(read, written.encode(), "modul"))
