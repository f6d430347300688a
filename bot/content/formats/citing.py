"""Sources, written out for people who can't look an id up."""

from collections.abc import Collection

from bot.content.model import Module


def cited(ids: Collection[str], module: Module) -> tuple[str, ...]:
    """Return the sources of these ids as people cite them, in plain text: each rule once, with its articles."""
    articles: dict[str, list[str]] = {}
    for source in module.sources:
        if source.id in ids:
            articles.setdefault(source.rule, []).extend([source.article] if source.article else [])
    return tuple(", ".join([rule, *named]) for rule, named in articles.items())
