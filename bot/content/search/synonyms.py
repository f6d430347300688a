"""Words that people use for one another: everyday and office language, spoken and written, Indonesian and English."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from bot.content.search.words import indonesian

_GROUPS: Final = """
surel email imel; sandi password pasword pass pw pwd; ponsel hp handphone hape smartphone gawai gadget; tautan link url
situs website web laman; daring online; luring offline; unduh download; unggah upload posting; rapat meeting; whatsapp wa
excel spreadsheet; hoaks hoax; pasang install instal; adu komplain keluh protes; berkas file dokumen; warga masyarakat
hilang ilang raib; uang duit; update perbarui; atasan bos pimpinan kepala kadis; bawahan staf; rekan teman kawan kolega
hadiah kado bingkisan parsel hampers; oleh cendera; rekanan vendor penyedia kontraktor pemasok; mudah gampang; sulit susah
marah emosi ngamuk; curi maling copet; tipu scam; palsu fake tiruan; flashdisk usb flashdrive; komputer laptop pc
aplikasi app software; akun account; login masuk; bocor leak; retas hack bobol bajak; virus malware; cadang backup
layar monitor; internet wifi; pegal sakit nyeri kaku; bahaya risiko; insiden kejadian; ringkas singkat pendek; nota memo
paham ngerti; bicara ngomong bilang; jawab balas tanggap respons; bagi share sebar; simpan save; hapus delete; ganti ubah
jumlah total; tanggal tgl; difabel disabilitas cacat; buta netra tunanetra; perempuan wanita cewek; pria laki cowok
pemilu pilkada pilpres coblos; partai parpol; pppk p3k; gaji upah; pelatihan diklat bimtek training; sertifikat piagam
tenggat deadline; aturan regulasi ketentuan; antre antri; foto potret gambar selfie swafoto; suap sogok; telanjur lanjur
temu nemu; arti makna; cocok sesuai; tugas kerja; colok tancap
"""


def _by_word() -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for group in _GROUPS.replace("\n", ";").split(";"):
        terms = {indonesian(word) for word in group.split()} | set(group.split())
        for term in terms:
            found[term] |= terms - {term}
    return {term: frozenset(others) for term, others in found.items()}


SYNONYMS: Final = _by_word()
