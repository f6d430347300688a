"""Today's quiz: which items of what was already studied are asked again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item of a studied module, with what the last answer to it was; both are None when it was never asked."""

    module_id: str
    item_id: str
    last_correct: bool | None = None
    last_seen: datetime | None = None


def choose(candidates: Iterable[Candidate], count: int) -> list[Candidate]:
    """Return up to `count` items: missed ones first, then the ones never asked, then the least recently seen."""
    return sorted(candidates, key=_urgency)[:count]


def _urgency(candidate: Candidate) -> tuple[int, float, str, str]:
    seen = candidate.last_seen.timestamp() if candidate.last_seen else 0.0
    rank = {False: 0, None: 1, True: 2}[candidate.last_correct]
    return (rank, seen, candidate.module_id, candidate.item_id)
