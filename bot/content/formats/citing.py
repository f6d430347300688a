"""Sources and competencies, written out in plain text for people who can't look an id up."""

from collections.abc import Collection, Mapping

from bot.content.fields import Competency
from bot.content.model import Module, Source


def cited(ids: Collection[str], module: Module, w: Mapping[str, str]) -> str:
    """Return the sources of these ids as people cite them, each rule once with its articles; nothing for none."""
    articles: dict[str, list[str]] = {}
    for source in module.sources:
        if source.id in ids:
            articles.setdefault(source.rule, []).extend([source.article] if source.article else [])
    named = "; ".join(", ".join([rule, *parts]) for rule, parts in articles.items())
    return w["cited"].format(sources=named) if named else ""


def written(source: Source, w: Mapping[str, str]) -> str:
    """Return a source in full, but for its address."""
    until = w["until"].format(day=source.valid_until.isoformat()) if source.valid_until else ""
    return ", ".join(filter(None, (source.rule, source.article, until)))


def competence(competency: Competency | None, w: Mapping[str, str]) -> str:
    """Return a competency with its level; nothing for none."""
    return w["competency"].format(id=competency.id, level=competency.level) if competency else ""
