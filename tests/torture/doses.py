"""How much of a fault a test gives: a small dose within `make test`, a large one within `make torture`."""

import logging
import os
from typing import Final, TypeVar

T = TypeVar("T", int, float)

LARGE: Final = os.environ.get("SINAU_TORTURE") == "1"
PATIENCE: Final = 8 * 3600 if LARGE else 600  # seconds that a test with a dose may take

log = logging.getLogger(__name__)  # to read the doses: pytest -o log_cli=true -o log_cli_level=INFO


def dose(name: str, small: T, large: T) -> T:
    """Return the large dose where SINAU_TORTURE=1 asks for it, else the small one; SINAU_TORTURE_<NAME> gives another."""
    given = os.environ.get(f"SINAU_TORTURE_{name.upper().replace(' ', '_')}")
    chosen = type(small)(given) if given else (large if LARGE else small)
    log.info("dose of %s: %s", name, chosen)
    return chosen
