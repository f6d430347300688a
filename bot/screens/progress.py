"""What a learner has done: text first, a picture on request."""

from bot.actions import Mistakes, ProgressChart, StartDaily
from bot.screen import Media, Screen
from bot.screens.chart import draw
from bot.screens.pieces import button, lines, minutes, paragraphs, percent, row, rows, start_button, to_library, week_and_streak
from bot.texts import Words
from bot.views import Day, Progress

WEEK = 7
NAME = 3  # letters of a day's name


def progress(view: Progress, t: Words) -> Screen:
    """Show the strip of days, the modules, and what is firm or to be repeated."""
    return Screen(
        paragraphs(
            t("<b>Progres {name}</b>", name=view.name),
            lines(_strip(view.days, t), t("■ belajar  □ belum  · libur")),
            lines(
                week_and_streak(t, view.active_days, view.working_days, view.streak),
                t("Total {minutes} belajar.", minutes=minutes(t, view.minutes)),
            ),
            _modules(view, t),
            _knowledge(view, t),
        ),
        rows(
            row(start_button(t, view.suggested) if view.suggested else None),
            row(button(t.plain("Mulai kuis hari ini"), StartDaily()) if view.firm + view.fading else None),
            row(button(t.plain("Lihat yang yakin, tetapi keliru ({n})", n=view.mistakes), Mistakes()) if view.mistakes else None),
            row(button(t.plain("Lihat grafik"), ProgressChart()) if any(day.answers for day in view.days) else None, to_library(t)),
        ),
    )


def with_chart(view: Progress, t: Words) -> Screen:
    """Show the progress below its picture."""
    screen = progress(view, t)
    caption = t("Jawaban tepat dan belum tepat, pekan lalu dan pekan ini")
    return Screen(screen.text, screen.rows, before=Media("photo", "progres.png", caption, data=draw(view.days, t)))


def _strip(days: tuple[Day, ...], t: Words) -> str:
    """Draw the weeks below one another, under the names of their days; a day that is still to come stays empty."""
    names = " ".join(t.short_day(day.day)[:NAME].ljust(NAME) for day in days[:WEEK])
    weeks = (days[start : start + WEEK] for start in range(0, len(days), WEEK))
    return t("<code>{days}</code>", days=lines(names, *[" ".join(_mark(day).ljust(NAME) for day in week).rstrip() for week in weeks]))


def _mark(day: Day) -> str:
    if day.active:
        return "■"
    return "□" if day.working else "·"


def _modules(view: Progress, t: Words) -> str:
    head = t("Modul selesai: {done} dari {all}", done=len(view.completed), all=view.modules)
    done = [t("✓ {title} · {percent}%", title=line.title, percent=percent(line.best_score or 0)) for line in view.completed]
    return lines(head, *done, *[t("◐ {title}", title=line.title) for line in view.current])


def _knowledge(view: Progress, t: Words) -> str:
    if not view.firm + view.fading:
        return ""
    return t("Soal yang kuat diingat: {firm}. Mulai pudar: {fading}.", firm=view.firm, fading=view.fading)
