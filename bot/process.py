"""One process: runs the bot until it is told to stop."""

import asyncio
import gc
import signal
from collections.abc import Callable

from bot.app import Running, running
from bot.clock import Clock
from bot.errors import StartError
from bot.settings import Settings


async def serve(settings: Settings, clock: Clock, ready: Callable[[Running], object], *, watch_content: bool = False) -> None:
    """Run the bot until SIGINT or SIGTERM; SIGHUP makes it read its content again. `ready` is called when it takes updates.

    Raises:
        StartError: it can't start, or a part of it ended unexpectedly.

    """
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("to be run in a task")
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    # While it is starting there is nothing to bring to an end, and Telegram may never answer: a signal ends it at once.
    _on_stop_signals(loop, task.cancel)
    loop.add_signal_handler(signal.SIGHUP, lambda: None)  # its content is being read anyway
    try:
        async with running(settings, clock, stop, watch_content=watch_content) as bot:
            _on_stop_signals(loop, stop.set)
            loop.add_signal_handler(signal.SIGHUP, lambda: loop.run_in_executor(None, bot.shelf.reload))
            _spare_the_collector()
            ready(bot)
            await stop.wait()
            if bot.broken.is_set():
                raise StartError(
                    "A part of the bot ended unexpectedly; the log says which. Nothing that was stored is lost: start it again."
                )
    except asyncio.CancelledError:
        if task.uncancel():
            raise


def _spare_the_collector() -> None:
    """Keep the collector from what lives as long as the process, and let it look for rings less often.

    Code, content and texts are a million objects that it would walk through again and again: a tenth of an answer's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _on_stop_signals(loop: asyncio.AbstractEventLoop, act: Callable[[], object]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, act)
