"""The content in force, and how another takes its place while the bot runs: all or nothing."""

from collections.abc import Sequence
from pathlib import Path

import structlog

from bot.content.findings import Finding
from bot.content.loader import load
from bot.content.model import Catalogue
from bot.errors import SinauError

log = structlog.get_logger()


class BrokenContentError(SinauError):
    """There is no content to begin with; the text names every fault."""


class Shelf:
    """Holds the catalogue in force. Whoever reads it during one update sees one catalogue: it is swapped whole."""

    def __init__(self, root: Path) -> None:
        """Load the content of `root`; raises BrokenContentError when it has faults."""
        loaded = load(root)
        if loaded.catalogue is None:
            faults = "\n".join(f"  {finding}" for finding in loaded.findings)
            raise BrokenContentError(f"The content in {root} has faults; mend them and start again:\n{faults}")
        self.catalogue: Catalogue = loaded.catalogue
        self._root = root
        self._seen = _fingerprint(root)

    def reload(self) -> Sequence[Finding]:
        """Read the content again and put it in force; with a fault in it, the old one stays. Return what was found."""
        self._seen = _fingerprint(self._root)
        loaded = load(self._root)
        if loaded.catalogue is None:
            faults = [str(finding) for finding in loaded.findings]
            log.error("content_kept", advice="the content in force stays until this is mended", faults=faults)
        else:
            self.catalogue = loaded.catalogue
            log.info("content_reloaded", modules=len(loaded.catalogue.modules))
        return loaded.findings

    def reload_if_changed(self) -> None:
        """Read the content again when a file of it was changed, added or removed since it was last read."""
        if _fingerprint(self._root) != self._seen:
            self.reload()


def _fingerprint(root: Path) -> frozenset[tuple[str, int, int]]:
    """Return what tells that some file changed: names, sizes and times of change."""
    stats = [(path, path.stat()) for path in root.rglob("*") if path.is_file()]
    return frozenset((str(path), stat.st_size, stat.st_mtime_ns) for path, stat in stats)
