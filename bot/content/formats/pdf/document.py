"""A4 pages with our fonts: headings that are bookmarks, texts with their styles, options, lines to write on, pictures."""

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from fpdf import FPDF

from bot.content.formats.pdf.pictures import prepared
from bot.content.formats.pdf.runs import runs

_MARGIN: Final = 18  # mm, as all sizes here that are no points
_LINE: Final = 5.5
_POINTS: Final = 10.5
_HEADINGS: Final = (18, 14, 11.5)  # points, by level
_MARK: Final = 8  # the width of an option's letter
_RULE: Final = 8  # between two lines to write on
_WITH_HEADING: Final = 30  # a heading with less room below it goes to the next page
_PICTURE: Final = 110  # the greatest height
_MISSING: Final = "□"
_TOTAL: Final = "\0\0"  # stands for the number of all pages until that is known: a module may say {nb} and mean it
_FILES: Final = {"": "DejaVuSans", "B": "DejaVuSans-Bold", "I": "DejaVuSans-Oblique", "BI": "DejaVuSans-BoldOblique"}
# Two exports of the same module are the same bytes; and only a clock could tell more.
_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)


def fonts() -> Path:
    """Return the folder of DejaVu, which matplotlib brings along; that is not imported, since it takes a second."""
    return Path(str(distribution("matplotlib").locate_file("matplotlib/mpl-data/fonts/ttf")))


class Document(FPDF):
    """A document that is written from top to bottom. `unprinted` are the letters that the fonts do not have."""

    def __init__(self, title: str, language: str, numbering: str) -> None:
        """Begin the first page; `numbering` says of each page which it is (n) of how many (all)."""
        super().__init__()
        self.unprinted: set[str] = set()
        self._named, self._numbering = title, numbering
        self._ready: set[tuple[str, str]] = set()
        self.set_title(title)
        self.set_lang(language)
        self.set_creation_date(_CREATED)
        self.set_margins(_MARGIN, _MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN)
        self.alias_nb_pages(_TOTAL)
        self.add_page()

    def footer(self) -> None:
        """Write below the page which one it is of how many."""
        self.set_y(-12)
        self._use()
        numbered = self._numbering.format(n=self.page_no(), all=_TOTAL)
        self.cell(0, _LINE, f"{self._shown(self._named)} · {numbered}", align="C")

    def heading(self, text: str, level: int) -> None:
        """Write a heading of this level (0 is the highest), which is a bookmark too."""
        self.ln(2)
        if self.will_page_break(_WITH_HEADING):
            self.add_page()
        self.start_section(text, level)
        self._use("B", size=_HEADINGS[level])
        self._block(text, _HEADINGS[level] / 2)
        self.space()

    def plain(self, text: str, style: str = "") -> None:
        """Write a paragraph of plain text."""
        self._use(style)
        self._block(text, _LINE)
        self.space()

    def rich(self, text: str) -> None:
        """Write a paragraph of Telegram's HTML."""
        left, block = self.l_margin, 0
        for run in runs(text):
            if run.block != block:
                block = run.block
                self._set_in(left + _MARK if block else left)
            self._use(run.style, "mono" if run.fixed else "sans")
            self.write(_LINE, self._shown(run.text), run.link)
        self._set_in(left)
        self.space()

    def option(self, mark: str, text: str) -> None:
        """Write an option beside its letter or number."""
        self._use("B")
        self.cell(_MARK, _LINE, f"{mark}.")
        self._use()
        self._block(text, _LINE)

    def space(self) -> None:
        """Leave a little room."""
        self.ln(1)

    def linked(self, text: str, url: str) -> None:
        """Write a plain text that leads to an address."""
        self._use()
        self.write(_LINE, self._shown(text), url)
        self.ln(_LINE)

    def ruled(self, lines: int) -> None:
        """Draw lines to write on."""
        for _ in range(lines):
            if self.will_page_break(_RULE):
                self.add_page()
            self.ln(_RULE)
            self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)
        self.ln(2)

    def picture(self, file: Path, alt: str) -> None:
        """Show a picture; raises UnprintableError."""
        content, (width, height) = prepared(file)
        scale = min(self.epw / width, _PICTURE / height, 25.4 / 96)  # an inch has 96 pixels, unless that is too large
        self.image(content, w=width * scale, h=height * scale, alt_text=alt)
        self.ln(2)

    def _use(self, style: str = "", family: str = "sans", size: float = _POINTS) -> None:
        drawn = "".join(letter for letter in style if letter in "BI")
        if (family, drawn) not in self._ready:
            name = _FILES[drawn] if family == "sans" else _FILES[drawn].replace("Sans", "SansMono")
            self.add_font(family, drawn, fonts() / f"{name}.ttf")
            self._ready.add((family, drawn))
        self.set_font(family, style, size)

    def _block(self, text: str, height: float) -> None:
        self.multi_cell(0, height, self._shown(text), align="L", new_x="LMARGIN", new_y="NEXT")

    def _set_in(self, left: float) -> None:
        if self.x > self.l_margin:
            self.ln(_LINE)
        self.set_left_margin(left)
        self.set_x(left)

    def _shown(self, text: str) -> str:
        """Return a text with a box for each letter that the font in use does not have."""
        known: Mapping[int, str] = getattr(self.current_font, "cmap", {})  # our fonts are TrueType, which have one
        lacking = {letter for letter in text if letter not in "\n\t" and ord(letter) not in known}
        self.unprinted |= lacking
        return text.translate(dict.fromkeys(map(ord, lacking), _MISSING) | {ord("\t"): "    "})
