"""The content in force, and how another takes its place while the bot runs: all or nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from stat import S_ISREG
from threading import Lock

import structlog

from bot.content.findings import Finding
from bot.content.keeping import keep, kept
from bot.content.loader import Loaded, load
from bot.content.model import Catalogue
from bot.content.packing import PackedModule
from bot.errors import SinauError

log = structlog.get_logger()


class BrokenContentError(SinauError):
    """There is no content to begin with; the text names every fault."""


class Shelf:
    """Holds the catalogue in force. Whoever reads it during one update sees one catalogue: it is swapped whole."""

    def __init__(self, root: Path, cache_dir: Path | None = None, *, keeps: bool = True) -> None:
        """Load the content of `root`, of which what is kept in `cache_dir` spares reading what has not changed.

        What is kept is the content that a bot has put in force: whoever only looks at the files sets `keeps` to False.

        Raises:
            BrokenContentError: it has faults.

        """
        self._root = root
        self._cache_dir = cache_dir if keeps else None
        self._reading = Lock()
        self._seen = _fingerprint(root)
        self._packed: Mapping[str, PackedModule] = kept(cache_dir) if cache_dir else {}
        loaded = self._load()
        if loaded.catalogue is None:
            faults = "\n".join(f"  {finding}" for finding in loaded.findings)
            raise BrokenContentError(f"The content in {root} has faults; mend them and start again:\n{faults}")
        self.catalogue: Catalogue = loaded.catalogue

    def reload(self) -> Sequence[Finding]:
        """Read what has changed and put it in force; with a fault in it, the old content stays. Return what was found.

        Nothing is raised: nobody waits for a reload that a signal asked for, so whatever goes wrong is logged.
        """
        with self._reading:
            try:
                self._seen = _fingerprint(self._root)
                loaded = self._load()
            except Exception:
                log.exception("content_kept", advice="the content in force stays; look at the disk, then try again")
                return [_unreadable(self._root)]
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

    def _load(self) -> Loaded:
        """Load the content, and keep for the next time what was read."""
        loaded = load(self._root, self._packed)
        changed = loaded.packed != self._packed
        self._packed = loaded.packed
        if changed and self._cache_dir:
            keep(self._cache_dir, loaded.packed)
        return loaded


def _unreadable(root: Path) -> Finding:
    advice = "periksa berkas dan disk, lalu muat ulang; sebabnya ada di log"
    return Finding.of(root.as_posix(), 1, "file-unreadable", "isi tidak dapat dibaca", advice)


def _fingerprint(root: Path) -> frozenset[tuple[str, int, int]]:
    """Return what tells that some file changed: names, sizes and times of change."""
    found = set()
    for path in root.rglob("*"):
        try:
            stat = path.stat()
        except OSError:  # an editor has just removed a file of its own, or a link leads nowhere
            continue
        if S_ISREG(stat.st_mode):
            found.add((str(path), stat.st_size, stat.st_mtime_ns))
    return frozenset(found)
