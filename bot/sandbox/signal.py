"""A bell that wakes everybody who waits for something to change."""

import asyncio
from collections.abc import Callable


class Signal:
    """Rings at each change; nobody needs to poll."""

    def __init__(self) -> None:
        """Start with nobody waiting."""
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake all who wait."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def heard(self) -> None:
        """Wait for the next ring."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)

    async def until(self, condition: Callable[[], object], timeout: float) -> bool:  # noqa: ASYNC109 - callers outside of tasks need a plain limit
        """Wait until `condition` holds, looking again at each ring; return False when `timeout` seconds pass first."""
        try:
            async with asyncio.timeout(timeout):
                while not condition():
                    await self.heard()
        except TimeoutError:
            return False
        return True
