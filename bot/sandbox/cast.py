"""The people and the group that a sandbox begins with. All of them are made up."""

from bot.sandbox.records import Person

COORDINATOR_ID = 1001
SARI_ID = 1002
YOSEF_ID = 1003
ANDI_ID = 1004
EMMA_ID = 1005
GROUP_ID = -4_001
GROUP_TITLE = "Tim Kepegawaian"

PEOPLE = (
    Person(SARI_ID, "Sari", "id", "Asia/Jakarta", "Wulandari", "sari_rekaan", "Analis, Jakarta"),
    Person(YOSEF_ID, "Yosef", "id", "Asia/Jayapura", "Kambu", "yosef_rekaan", "Guru, Jayapura"),
    Person(ANDI_ID, "Andi", "id", "Asia/Makassar", "Rahmat", "andi_rekaan", "Perawat, Makassar"),
    Person(EMMA_ID, "Emma", "en", "Asia/Jakarta", "Clarke", "emma_madeup", "Advisor, Jakarta"),
    Person(COORDINATOR_ID, "Ratna", "id", "Asia/Jakarta", "Dewi", "ratna_rekaan", "Koordinator, Jakarta"),
)


def crowd(size: int, first_id: int = 100_001) -> tuple[Person, ...]:
    """Return `size` more made-up people, for tests with many."""
    return tuple(Person(first_id + number, f"Peserta {number + 1}") for number in range(size))
