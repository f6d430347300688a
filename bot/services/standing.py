"""What a person is to others, as the database and the settings have it at this moment."""

from collections.abc import Collection

from sqlalchemy import Connection

from bot.domain.learner import Learner
from bot.domain.roles import Standing
from bot.storage import coordination, people, units


def of(db: Connection, admins: Collection[int], learner: Learner) -> Standing:
    """Return a learner's standing; `admins` are the Telegram accounts that the settings name."""
    given = coordination.units_of(db, learner.id)
    below = units.subtree(db, [each for each in given if each is not None])
    place, supervises = people.place_of(db, learner.id)
    return Standing(learner.telegram_id in admins, None in given, below, place, supervises)
