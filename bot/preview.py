"""`sinau preview`: one module in the sandbox, read again whenever it is saved, with what is wrong with it beside the chat."""

import asyncio
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path
from typing import Final

import typer

from bot.app import Running
from bot.clock import AdjustableClock
from bot.content.findings import Finding
from bot.content.lint.review import review
from bot.content.loader import load
from bot.content.registers import COMPETENCIES, FORMER_RULES
from bot.demo import demo_settings, open_sandbox
from bot.process import serve
from bot.sandbox.cast import SARI_ID
from bot.sandbox.world import World
from bot.settings import Settings

LOOK_SECONDS: Final = 0.3
SHOWN: Final = "Isi ini yang tampil di obrolan."
KEPT: Final = "Ada kesalahan. Obrolan masih memakai isi terakhir yang benar; perbaiki, lalu simpan."
WAITING: Final = "Belum dapat ditampilkan. Perbaiki kesalahannya, lalu simpan: obrolan terbuka sendiri."


async def show(settings: Settings, file: Path, host: str, port: int, token: str) -> None:
    """Run sandbox and bot with this module alone until a signal; print the chat page's address.

    Raises:
        StartError: one of them can't start; the text says why and what to do.

    """
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sinau-preview-")))
        clock = AdjustableClock()
        sandbox, address = await open_sandbox(stack, clock, host, port, token)
        root = _content_of(file, folder / "content")
        author = _Author(file, root, sandbox.world, lambda: clock.now().astimezone(settings.default_zone).date())
        typer.echo(_welcome(file, address))
        await author.until_valid()
        own = demo_settings(settings, address, token, folder).model_copy(
            update={"content": settings.content.model_copy(update={"dir": root})}
        )
        watching = asyncio.create_task(author.watch())
        stack.callback(watching.cancel)
        await serve(own, clock, author.show)


def _content_of(file: Path, root: Path) -> Path:
    """Make a content folder that holds this module alone, so that what is wrong elsewhere keeps nothing from being seen."""
    (root / "modules").mkdir(parents=True)
    (root / "paths").mkdir()
    (root / "modules" / file.name).symlink_to(file.resolve())
    for beside in ("media", COMPETENCIES, FORMER_RULES):
        (root / beside).symlink_to(file.resolve().parent.parent / beside)
    return root


class _Author:
    """Watches the file that somebody is writing, and lets sandbox and bot follow."""

    def __init__(self, file: Path, root: Path, world: World, today: Callable[[], date]) -> None:
        self._file = file
        self._root = root
        self._world = world
        self._today = today
        self._bot: asyncio.Future[Running] = asyncio.get_running_loop().create_future()
        self._seen = self._fingerprint()

    def show(self, bot: Running) -> None:
        """Open the module at the bot, which is ready."""
        self._bot.set_result(bot)

    async def until_valid(self) -> None:
        """Wait until the module can be shown."""
        while not self._note(self._found(), WAITING):
            await self._change()

    async def watch(self) -> None:
        """Open the module, and once more each time it was saved without a fault."""
        bot = await self._bot
        self._open()
        while True:
            await self._change()
            await asyncio.to_thread(bot.shelf.reload)
            if self._note(await asyncio.to_thread(self._found), KEPT):
                self._open()

    def _open(self) -> None:
        self._world.start(SARI_ID, f"m-{self._file.stem}")

    def _found(self) -> list[Finding]:
        """Return what is wrong with the module, and what is poor."""
        own = (self._root / "modules" / self._file.name).as_posix()
        return [one for one in review(self._root, load(self._root), self._today(), whole=False) if one.file == own]

    def _note(self, findings: Sequence[Finding], otherwise: str) -> bool:
        """Show the findings, and tell whether the module can be shown too."""
        good = all(finding.severity != "error" for finding in findings)
        notes = [{"kind": one.severity, "where": f"baris {one.line}", "text": f"{one.what}; {one.advice} [{one.code}]"} for one in findings]
        self._world.state.note({"title": self._file.name, "state": SHOWN if good else otherwise, "good": good, "notes": notes})
        return good

    async def _change(self) -> None:
        while (now := self._fingerprint()) == self._seen:  # noqa: ASYNC110 - nobody tells when a file is saved
            await asyncio.sleep(LOOK_SECONDS)
        self._seen = now

    def _fingerprint(self) -> frozenset[tuple[str, int, int]]:
        """Return what tells that the file or a medium was saved."""
        found = set()
        for path in (self._root / "modules" / self._file.name, *(self._root / "media").resolve().rglob("*")):
            try:
                stat = path.stat()
            except OSError:  # an editor is replacing the file at this moment
                continue
            found.add((str(path), stat.st_size, stat.st_mtime_ns))
        return frozenset(found)


def _welcome(file: Path, address: str) -> str:
    return (
        f"\n{file.name} as a learner sees it:\n\n    {address}/?person={SARI_ID}\n\n"
        "Save the file, and the chat opens the module anew; what is wrong with it stands beside the chat. Ctrl+C ends the preview."
    )
