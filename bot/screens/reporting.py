"""Reports as tables, which are the same on every page and in every file, and as a short message with the files."""

from typing import Final, Literal
from zoneinfo import ZoneInfo

from bot.actions import ReportFile
from bot.documents import Column, Table
from bot.documents.plain import as_csv
from bot.screen import Media, Screen
from bot.screens.pieces import button, lines, paragraphs, row, rows
from bot.texts import Words
from bot.views.reporting import AnnouncementFigures, ItemFigures, ModuleFigures, Overview, Report, WishFigures

Style = Literal["xlsx", "pdf", "csv"]
ON_PAPER: Final = frozenset({"overview", "weeks", "modules", "items", "announcements"})  # paper is filed: no words of people on it
CHARTS: Final = {"weeks": ("monday", "active", "completed")}
MEDIA_TYPES: Final[dict[Style, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
}


def overview_table(view: Overview, t: Words) -> Table:
    """Return the installation's figures as a table of one row."""
    figures = (
        (Column("learners", t.plain("Peserta"), "count"), view.learners),
        (Column("active_in_7_days", t.plain("Aktif dalam 7 hari"), "count"), view.active),
        (Column("unreachable", t.plain("Tidak dapat dihubungi"), "count"), view.unreachable),
        (Column("enrolled", t.plain("Modul dimulai"), "count"), view.enrolled),
        (Column("completed", t.plain("Modul selesai"), "count"), view.completed),
        (
            Column("completed_percent", t.plain("Selesai (%)"), "percent"),
            _percent(view.completed / view.enrolled if view.enrolled else None),
        ),
        (Column("remembered_percent", t.plain("Masih diingat (%)"), "percent"), _percent(view.remembered)),
    )
    note = t.plain("Masih diingat: bagian materi yang menurut model ingatan masih diingat hari ini.")
    return Table("overview", t.plain("Ringkasan"), tuple(each[0] for each in figures), (tuple(each[1] for each in figures),), note)


def weeks_table(view: Overview, t: Words) -> Table:
    """Return the weeks as a table, oldest first."""
    columns = (
        Column("monday", t.plain("Pekan mulai"), "day"),
        Column("active", t.plain("Peserta aktif"), "count"),
        Column("completed", t.plain("Modul selesai"), "count"),
    )
    return Table(
        "weeks",
        t.plain("Perkembangan per pekan"),
        columns,
        tuple((week.monday.isoformat(), week.active, week.completed) for week in view.weeks),
    )


def modules_table(view: tuple[ModuleFigures, ...], t: Words) -> Table:
    """Return the modules as a table."""
    columns = (
        Column("module", t.plain("ID modul")),
        Column("title", t.plain("Judul")),
        Column("enrolled", t.plain("Dimulai"), "count"),
        Column("completed", t.plain("Selesai"), "count"),
        Column("completed_percent", t.plain("Selesai (%)"), "percent"),
        Column("mean_best_score_percent", t.plain("Nilai rata-rata (%)"), "percent"),
    )
    return Table("modules", t.plain("Modul"), columns, tuple(map(_module_row, view)), _few(t))


def items_table(view: tuple[ItemFigures, ...], t: Words) -> Table:
    """Return what first answers tell of questions as a table."""
    columns = (
        Column("module", t.plain("ID modul")),
        Column("item", t.plain("ID soal")),
        Column("question", t.plain("Soal")),
        Column("people", t.plain("Penjawab"), "count"),
        Column("right_percent", t.plain("Benar (%)"), "percent"),
        Column("discrimination", t.plain("Daya beda"), "decimal"),
        Column("median_seconds", t.plain("Median detik"), "decimal"),
        Column("sure_but_wrong_percent", t.plain("Yakin tapi keliru (%)"), "percent"),
    )
    note = t.plain(
        "Dari jawaban pertama tiap peserta. Daya beda di bawah 0,2: soal kurang membedakan siapa yang sudah paham; periksa kembali."
    )
    return Table("items", t.plain("Soal"), columns, tuple(map(_item_row, view)), lines(note, _few(t)))


def options_table(view: tuple[ItemFigures, ...], t: Words) -> Table:
    """Return how often each option was chosen first as a table."""
    columns = (
        Column("module", t.plain("ID modul")),
        Column("item", t.plain("ID soal")),
        Column("option", t.plain("Pilihan")),
        Column("right", t.plain("Kunci")),
        Column("chosen_percent", t.plain("Dipilih (%)"), "percent"),
    )
    yes, no = t.plain("ya"), t.plain("bukan")
    chosen = tuple(
        (item.module_id, item.id, option.text, yes if option.right else no, _percent(option.share))
        for item in view
        for option in item.options
    )
    return Table("options", t.plain("Pilihan jawaban"), columns, chosen, t.plain("Pengecoh yang tidak pernah dipilih tidak ada gunanya."))


def wishes_table(view: tuple[WishFigures, ...], t: Words) -> Table:
    """Return what no card answers as a table, the most asked first."""
    columns = (
        Column("words", t.plain("Kata-kata")),
        Column("language", t.plain("Bahasa")),
        Column("asked", t.plain("Ditanyakan"), "count"),
        Column("last_asked_on", t.plain("Terakhir"), "day"),
    )
    asked = tuple((each.words, each.language, each.asked, each.last_asked_on.isoformat()) for each in view)
    note = t.plain("Pertanyaan yang belum terjawab oleh materi, tanpa nama penanya. Bahan untuk kartu dan kata kunci berikutnya.")
    return Table("wishes", t.plain("Usulan materi"), columns, asked, note)


def announcements_table(view: tuple[AnnouncementFigures, ...], zone: str, t: Words) -> Table:
    """Return the announcements as a table, newest first."""
    columns = (
        Column("announcement", t.plain("Nomor"), "count"),
        Column("state", t.plain("Keadaan")),
        Column("due", t.plain("Waktu")),
        Column("audience", t.plain("Penerima")),
        Column("sent", t.plain("Terkirim"), "count"),
        Column("blocked", t.plain("Diblokir"), "count"),
        Column("failed", t.plain("Gagal"), "count"),
        Column("uncertain", t.plain("Belum pasti"), "count"),
        Column("cancelled", t.plain("Dibatalkan"), "count"),
        Column("waiting", t.plain("Menunggu"), "count"),
    )
    told = tuple(_announcement_row(each, zone, t) for each in view)
    return Table("announcements", t.plain("Pengumuman"), columns, told, t.plain("20 pengumuman terbaru."))


def tables(view: Report, t: Words) -> tuple[Table, ...]:
    """Return everything that is told."""
    return (
        overview_table(view.overview, t),
        weeks_table(view.overview, t),
        modules_table(view.modules, t),
        items_table(view.items, t),
        options_table(view.items, t),
        wishes_table(view.wishes, t),
        announcements_table(view.announcements, view.overview.zone, t),
    )


def report(view: Overview, t: Words) -> Screen:
    """Say how those do whom a coordinator looks after, and offer the files."""
    table = overview_table(view, t)
    told = [
        f"{column.label}: <b>{'–' if cell is None else t.exact(float(cell))}</b>"
        for column, cell in zip(table.columns, table.rows[0], strict=True)
    ]
    moment = t("Keadaan {moment}.", moment=t.moment(view.at, view.zone))
    text = paragraphs(t("<b>Laporan belajar</b>"), lines(*told), _most_asked(view.wishes, t), moment)
    return Screen(
        text,
        rows(
            row(button(t.plain("Unduh Excel"), ReportFile("xlsx")), button(t.plain("Unduh PDF"), ReportFile("pdf"))),
            row(button(t.plain("Unduh CSV"), ReportFile("csv"))),
        ),
    )


def with_file(view: Report, style: Style, t: Words) -> Screen:
    """Send a report as a file, above its short form."""
    caption = t("Laporan belajar, {moment}.", moment=t.moment(view.overview.at, view.overview.zone))
    screen = report(view.overview, t)
    return Screen(screen.text, screen.rows, before=Media("document", filename(view, style), caption, data=file(view, style, t)))


def filename(view: Report, style: Style) -> str:
    """Return what a report's file is called: by the day on the clock that its moment is told on."""
    return f"laporan-sinau-{view.overview.at.astimezone(ZoneInfo(view.overview.zone)):%Y-%m-%d}.{style}"


def file(view: Report, style: Style, t: Words) -> bytes:
    """Return a report as a file; CSV holds the modules alone, with the mark by which Excel knows UTF-8."""
    told = tables(view, t)
    if style == "xlsx":
        from bot.documents.workbook import as_workbook  # noqa: PLC0415 - few ask for files, and their libraries take long to load

        return as_workbook(told, CHARTS, view.overview.at)
    if style == "pdf":
        from bot.documents.paper import as_paper  # noqa: PLC0415 - as above

        title = t.plain("Laporan belajar, {moment}", moment=t.moment(view.overview.at, view.overview.zone))
        return as_paper(title, [each for each in told if each.key in ON_PAPER], (told[1], CHARTS["weeks"]), t)
    return as_csv(told[2]).encode("utf-8-sig")


def _module_row(view: ModuleFigures) -> tuple[str | int | float | None, ...]:
    share = view.completed / view.enrolled if view.enrolled else None
    return (view.id, view.title, view.enrolled, view.completed, _percent(share), _percent(view.score))


def _item_row(view: ItemFigures) -> tuple[str | int | float | None, ...]:
    telling = None if view.discrimination is None else round(view.discrimination, 2)
    return (view.module_id, view.id, view.text, view.people, _percent(view.right), telling, view.seconds, _percent(view.mistaken))


def _announcement_row(view: AnnouncementFigures, zone: str, t: Words) -> tuple[str | int | float | None, ...]:
    states = {
        "scheduled": t.plain("terjadwal"),
        "sending": t.plain("sedang dikirim"),
        "paused": t.plain("dijeda"),
        "cancelled": t.plain("dibatalkan"),
        "done": t.plain("selesai"),
    }
    audience = t.plain("semua peserta") if view.module is None else t.plain("belum menyelesaikan {title}", title=view.module)
    due = t.moment(view.due_at, zone) if view.due_at else None
    fates = (view.sent, view.blocked, view.failed, view.uncertain, view.cancelled, view.waiting)
    return (view.id, states[view.state], due, audience, *fates)


def _most_asked(view: tuple[WishFigures, ...], t: Words) -> str:
    told = [t("• {words}: {n} kali", words=each.words, n=t.exact(each.asked)) for each in view]
    return lines(t("<b>Paling sering ditanyakan, belum terjawab</b>"), *told) if told else ""


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)


def _few(t: Words) -> str:
    return t.plain("Tanda – berarti datanya dari kurang dari lima orang, atau belum ada.")
