"""What is counted for the operator, on a registry of its own."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

_CALL_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Meters:
    """The gateway's counters. One instance a process, handed to whoever counts."""

    def __init__(self) -> None:
        """Make the counters at zero."""
        self.registry = CollectorRegistry()
        self.updates = Counter("sinau_updates", "Updates taken in, by what became of them", ["outcome"], registry=self.registry)
        self.sends = Counter("sinau_sends", "Deliveries tried, by what became of them", ["outcome"], registry=self.registry)
        self.screens = Counter("sinau_screens", "Screens shown as replies, by what became of them", ["outcome"], registry=self.registry)
        self.answers_asked = Counter("sinau_answers_asked", "Questions put to the endpoint that phrases answers", registry=self.registry)
        self.answers = Counter("sinau_answers", "Phrased answers by what became of them", ["outcome"], registry=self.registry)
        self.answer_tokens = Counter("sinau_answer_tokens", "Tokens that phrased answers used", ["direction"], registry=self.registry)
        for counter, outcomes in (
            (self.updates, ("stored", "not_stored", "dead", "malformed")),
            (self.sends, ("sent", "blocked", "chatnotfound", "refused", "failed", "unreachable", "silenced", "postponed")),
            (self.screens, ("shown", "lost")),
            (self.answers, ("shown", "refused", "late")),
        ):
            for outcome in outcomes:
                counter.labels(outcome)  # what is not there at zero can't be seen to rise
        self.queue = Gauge("sinau_deliveries", "Deliveries waiting, by state", ["state"], registry=self.registry)
        self.oldest_due = Gauge("sinau_oldest_due_seconds", "How long the oldest delivery has been due", registry=self.registry)
        self.held = Gauge("sinau_sending_held", "1 while nothing is pushed after a restore", registry=self.registry)
        self.last_poll = Gauge("sinau_last_poll_age_seconds", "Seconds since Telegram last answered a poll", registry=self.registry)
        self.webhook_lost = Gauge("sinau_webhook_lost", "1 while Telegram pushes updates elsewhere", registry=self.registry)
        self.dead = Gauge("sinau_dead_updates", "Updates that are parked, since they could not be handled", registry=self.registry)
        self.replicas = Gauge("sinau_replicas", "Processes that are alive on this database", registry=self.registry)
        self.database = Gauge("sinau_database_seconds", "Time that the last heartbeat's commit took", registry=self.registry)
        self.removed = Counter("sinau_rows_removed", "Rows that were kept long enough, by kind", ["kind"], registry=self.registry)
        self.tasks = Gauge("sinau_tasks", "Things under way side by side in the program", registry=self.registry)
        self.tasks.set_function(lambda: len(asyncio.all_tasks()))
        ProcessCollector(registry=self.registry)
        self._calls = Histogram(
            "sinau_api_call_seconds", "Time that calls of the Bot API take", ["method"], buckets=_CALL_SECONDS, registry=self.registry
        )

    def api_call(self, method: str) -> AbstractContextManager[object]:
        """Measure a call of the Bot API."""
        return self._calls.labels(method).time()

    def watch_poll(self, age: Callable[[], float]) -> None:
        """Report `age()` as the seconds since the last successful poll."""
        self.last_poll.set_function(age)
