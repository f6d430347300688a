"""A process that sends reminders, for the test beside it: `python replica.py NAME DATABASE HOLIDAYS`.

It reads moments from its input, one a line, does at each what a running bot's ticks do, and answers with the chats that got a reminder.
"""

import json
import sys
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Engine

from bot.core import make_rules
from bot.domain.reminders import LAST_STEP, silent_days
from bot.services import reminders
from bot.services.turn import Rules
from bot.settings import ReminderSettings, Settings
from bot.storage import deliveries, learners
from bot.storage.engine import make_engine


def rules_with(holidays_file: Path) -> Rules:
    return make_rules(Settings(cache_dir=holidays_file.parent, reminders=ReminderSettings(holidays_file=holidays_file)))


def send(db: Connection, name: str, rules: Rules, now: datetime) -> int | None:
    """Let one reminder leave as the sender does, but for its text; return the chat, None when nothing is due."""
    claimed = deliveries.claim(db, name, now)
    if claimed is None:
        return None
    deliveries.finish(db, claimed, "sent", now)
    learner = learners.find(db, claimed.chat_id)
    if learner and silent_days(learner, learner.today(now), rules.calendar) == LAST_STEP:
        learners.fell_silent(db, learner, now)
    return claimed.chat_id


def tick(engine: Engine, name: str, rules: Rules, now: datetime) -> list[int]:
    """Queue what is due, and send what nobody else sends."""
    due = reminders.BATCH
    while due == reminders.BATCH:
        with engine.begin() as db:
            due = reminders.queue_due(db, rules, now)
    sent = list[int]()
    while True:
        with engine.begin() as db:  # a few at a time: as many commits as messages took most of the test's time
            chats = list(islice(iter(lambda: send(db, name, rules, now), None), 10))
        if not chats:
            return sent
        sent += chats


def main() -> None:
    name, url, holidays_file = sys.argv[1:]
    rules, engine = rules_with(Path(holidays_file)), make_engine(url)
    for line in sys.stdin:
        sent = tick(engine, name, rules, datetime.fromisoformat(line.strip()))
        sys.stdout.write(f"{json.dumps(sent)}\n")
        sys.stdout.flush()
    engine.dispose()


if __name__ == "__main__":
    main()
