"""Choosing what to study: paths, modules, and where the learner is in each."""

from collections.abc import Iterable, Iterator

from bot import views
from bot.content.model import Module, Outline
from bot.services.turn import Turn
from bot.storage import enrolments
from bot.storage.enrolments import Enrolment


def browse(turn: Turn) -> views.Library:
    """Return all paths with the learner's state in each module; paths in the learner's language come first."""
    lines = lines_by_module(turn)
    paths = sorted(turn.catalogue.paths, key=lambda path: path.language != turn.learner.language)
    shown = [views.PathLine(path.title, tuple(lines[module_id] for module_id in path.modules)) for path in paths]
    others = tuple(lines[module.id] for module in turn.catalogue.outside_paths())
    if others:
        shown.append(views.PathLine("", others))
    return views.Library(tuple(shown), current_module(turn))


def details(turn: Turn, module_id: str) -> views.ModuleDetails | views.Gone:
    """Return what a module is about."""
    module = turn.catalogue.module(module_id)
    if module is None:
        return views.Gone("module")
    state = enrolments.find(turn.db, turn.learner.id, module_id)
    return views.ModuleDetails(
        line=line(module, state),
        summary=module.summary,
        cards=len(module.cards),
        questions=module.quiz.draw,
        sources=citations(module, (source.id for source in module.sources)),
    )


def lines_by_module(turn: Turn) -> dict[str, views.ModuleLine]:
    """Return a line for every module of the catalogue, by its id."""
    states = {each.module_id: each for each in enrolments.of_learner(turn.db, turn.learner.id)}
    return {module.id: line(module, states.get(module.id)) for module in turn.catalogue.outlines.values()}


def current_module(turn: Turn) -> views.ModuleLine | None:
    """Return the unfinished module that the learner used last."""
    for state in enrolments.of_learner(turn.db, turn.learner.id):
        module = turn.catalogue.module(state.module_id)
        if module is not None and state.state != "completed":
            return line(module, state)
    return None


def in_order(turn: Turn) -> list[Outline]:
    """Return every module as people look for it: path by path, then what is in none."""
    in_paths = [turn.catalogue.outlines[module_id] for path in turn.catalogue.paths for module_id in path.modules]
    return list({module.id: module for module in (*in_paths, *turn.catalogue.outside_paths())}.values())


def suggestion(turn: Turn) -> views.ModuleLine | None:
    """Return the module to go on with: the one under way, else the first one not finished, the learner's language first."""
    return current_module(turn) or next(_unfinished(turn), None)


def _unfinished(turn: Turn) -> Iterator[views.ModuleLine]:
    lines = lines_by_module(turn)
    everything = sorted(in_order(turn), key=lambda module: module.language != turn.learner.language)
    return (lines[module.id] for module in everything if lines[module.id].state != "completed")


def line(module: Module | Outline, state: Enrolment | None) -> views.ModuleLine:
    """Return a module as one line of a list."""
    if state is None:
        return views.ModuleLine(module.id, module.title, module.minutes)
    return views.ModuleLine(module.id, module.title, module.minutes, state.state, state.best_score)


def citations(module: Module, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the sources of these ids as people cite them: each rule once, with its articles."""
    wanted = set(ids)
    articles: dict[str, list[str]] = {}
    for source in module.sources:
        if source.id in wanted:
            articles.setdefault(source.rule, []).extend([source.article] if source.article else [])
    return tuple(", ".join([rule, *named]) for rule, named in articles.items())
