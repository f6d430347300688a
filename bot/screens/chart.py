"""The progress as a picture: answers a day, right ones below and the others above."""

from io import BytesIO
from typing import TYPE_CHECKING

from bot.texts import Words
from bot.views import Day

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE_INCHES = (4.5, 3.0)  # small, so that its letters are large enough on a phone
DOTS_PER_INCH = 240
RIGHT, OTHER, TEXT = "#1b7f5c", "#e0a458", "#22303c"


def draw(days: tuple[Day, ...], t: Words) -> bytes:
    """Return a PNG of 1080 by 720 pixels."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - takes a second to import, and few ask for a picture
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    figure = Figure(figsize=SIZE_INCHES, dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    _plot(figure.add_subplot(), days, t)
    picture = BytesIO()
    figure.savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()


def _plot(axes: "Axes", days: tuple[Day, ...], t: Words) -> None:
    places = range(len(days))
    right = [day.correct for day in days]
    other = [day.answers - day.correct for day in days]
    axes.bar(places, right, color=RIGHT, label=t.plain("Tepat"))
    axes.bar(places, other, bottom=right, color=OTHER, label=t.plain("Belum tepat"))
    axes.set_xticks(list(places), [f"{t.short_day(day.day)}\n{day.day.day}" for day in days], color=TEXT, fontsize=7.5)
    axes.margins(x=0.01)
    axes.set_ylabel(t.plain("Jawaban"), color=TEXT)
    axes.locator_params(axis="y", integer=True)
    axes.set_ylim(0, max(4, *(day.answers for day in days)) * 1.15)
    axes.legend(loc="upper left", frameon=False, ncols=2)
    axes.spines[["top", "right"]].set_visible(False)
