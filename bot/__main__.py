"""`python -m bot`, the same as `sinau`."""

import os
import signal
import sys


def main() -> None:
    """Run the command that the arguments name."""
    if sys.argv[1:2] == ["run"]:
        _heed_signals()
    from bot.cli import main as run_command  # noqa: PLC0415 - it takes a second, in which signals come already

    run_command()


def _heed_signals() -> None:
    """Mean by each signal, from the first moment on, what it means later: read again what is not read yet, or end with nothing begun."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(0))


if __name__ == "__main__":
    main()
