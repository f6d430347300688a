"""The time, as something that is handed in: nobody else in the program asks the machine what time it is."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the present moment."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


class AdjustableClock:
    """A running clock that can be moved forward: for the sandbox and the tests.

    It can also be frozen at a start, so that a test sees exact times.
    """

    def __init__(self, start: datetime | None = None, *, running: bool = True) -> None:
        """Start at `start` (aware; the machine's time when not given), standing still unless `running`."""
        self._system = SystemClock()
        self._running = running
        self._origin = self._system.now()
        self._start = (start or self._origin).astimezone(UTC)

    def now(self) -> datetime:
        """Return the present moment of this clock, aware, in UTC."""
        elapsed = self._system.now() - self._origin if self._running else timedelta()
        return self._start + elapsed

    def advance(self, step: timedelta) -> datetime:
        """Move forward by `step` and return the new present.

        Raises:
            ValueError: `step` is negative; a clock that people rely on never goes back.

        """
        if step < timedelta():
            message = "a clock only moves forward"
            raise ValueError(message)
        self._start += step
        return self.now()
