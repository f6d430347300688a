"""The columns of a roster: reading and the template use these."""

from typing import Final

from bot.content.formats.sheet.columns import Column

KEY: Final = "external_id"
REQUIRED: Final = (KEY, "name", "unit")
COLUMNS: Final = (
    Column(KEY, "ID", ("nip", "nomor pegawai", "id pegawai", "employee id", "external id"), "Wajib. Nomor tetap dari instansi.", 22),
    Column("name", "Nama", ("name", "nama lengkap", "full name"), "Wajib.", 30),
    Column("unit", "Unit", ("unit kerja", "unit path"), "Wajib. Dari atas ke bawah: Dinas Kesehatan > Bidang P2P.", 44),
    Column("job", "Jabatan", ("job", "position", "job title"), "Boleh kosong.", 28),
    Column("level", "Jenjang", ("level", "grade"), "Boleh kosong.", 16),
    Column("supervisor", "Atasan", ("supervisor", "id atasan", "supervisor id", "manager"), "Boleh kosong. ID dari baris lain.", 22),
)
EXAMPLE: Final = (
    ("A-001", "Pegawai Contoh Satu", "Dinas Contoh", "Kepala Dinas", "Pratama", ""),
    ("A-002", "Pegawai Contoh Dua", "Dinas Contoh > Bidang Contoh", "Analis", "Muda", "A-001"),
)
