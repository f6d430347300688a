"""Tables on paper: A4 pages with a chart, for whoever wants to sign or to file them."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

from fpdf.fonts import FontFace

from bot.content.formats.pdf.document import Document
from bot.documents.table import Table, shown
from bot.texts import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE: Final = (7.0, 2.6)  # inches
_DOTS: Final = 160
_COLOURS: Final = ("#1b7f5c", "#e0a458")
_SMALL: Final = 8.5  # points
_NUMBERS: Final = frozenset({"count", "percent", "decimal"})


class _Paper(Document):
    """Pages with tables."""

    def remark(self, text: str) -> None:
        """Write what has to be known to read a table."""
        self._use("I", size=_SMALL)
        self._block(text, 4.5)
        self.space()

    def table_of(self, table: Table, t: Words) -> None:
        """Write a table, its texts wider than its numbers."""
        self._use(size=_SMALL)
        widths = tuple(1 if column.kind in _NUMBERS else 3 for column in table.columns)
        align = tuple("R" if column.kind in _NUMBERS else "L" for column in table.columns)
        self._use("B", size=_SMALL)
        bold = FontFace(emphasis="BOLD", fill_color=(231, 238, 247))
        self._use(size=_SMALL)
        with self.table(col_widths=widths, text_align=align, headings_style=bold, line_height=4.5) as grid:
            for line in (tuple(column.label for column in table.columns), *_texts(table, t)):
                drawn = grid.row()
                for text in line:
                    drawn.cell(self._shown(text))
        self.ln(2)


def as_paper(title: str, tables: Sequence[Table], chart: tuple[Table, tuple[str, ...]], t: Words) -> bytes:
    """Return tables below their titles as a PDF file; the chart's keys are the column along the bottom and those drawn above it."""
    document = _Paper(title, t.language, t.plain("halaman {n} dari {all}", n="{n}", all="{all}"))
    document.heading(title, 0)
    for table in tables:
        document.heading(table.title, 1)
        if table.note:
            document.remark(table.note)
        if table is chart[0] and table.rows:
            document.image(BytesIO(draw(table, chart[1], t)), w=document.epw, alt_text=table.title)
        document.table_of(table, t)
    return bytes(document.output())


def draw(table: Table, keys: tuple[str, ...], t: Words) -> bytes:
    """Return columns of a table as a PNG with bars."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - takes a second to import, and few ask for a picture
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    figure = Figure(figsize=_SIZE, dpi=_DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    _plot(figure.add_subplot(), table, keys, t)
    picture = BytesIO()
    figure.savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()


def _plot(axes: "Axes", table: Table, keys: tuple[str, ...], t: Words) -> None:
    columns = {column.key: (column, [row[place] for row in table.rows]) for place, column in enumerate(table.columns)}
    along, cells = columns[keys[0]]
    for number, (key, colour) in enumerate(zip(keys[1:], _COLOURS, strict=False)):
        column, values = columns[key]
        places = [place + 0.4 * number for place in range(len(values))]
        axes.bar(places, [float(value or 0) for value in values], 0.4, color=colour, label=column.label)
    axes.set_xticks([place + 0.2 for place in range(len(cells))], [shown(cell, along.kind, t) for cell in cells], fontsize=7)
    axes.locator_params(axis="y", integer=True)
    axes.legend(loc="upper left", frameon=False, ncols=2)
    axes.spines[["top", "right"]].set_visible(False)


def _texts(table: Table, t: Words) -> list[tuple[str, ...]]:
    return [tuple(shown(cell, column.kind, t) for column, cell in zip(table.columns, row, strict=True)) for row in table.rows]
