"""What a sender and the rest of the program agree on about deliveries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.screen import Copy, Poll, Screen
from bot.storage.deliveries import Delivery

Settle = Callable[[Connection, datetime], object]


@dataclass(frozen=True, slots=True)
class Noted:
    """A screen that goes out, and what is to be noted in the database once it was sent, or may have been."""

    screen: Screen
    note: Settle


Outgoing = Screen | Copy | Poll | Noted
Compose = Callable[[Connection, Delivery, datetime], Outgoing | None]
Unreachable = Callable[[Connection, int], object]
Asked = Callable[[Connection, Delivery, str], object]
Refused = Callable[[Connection, Delivery, str, datetime], object]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rest of the program decides about deliveries; the functions run in the sender's transactions.

    Attributes:
        compose: returns what a delivery says at this moment, or None to cancel it.
        unreachable: notes that a chat can't be written to.
        asked: notes under which name Telegram knows the poll that a delivery was.
        refused: decides what follows when Telegram refuses a delivery, for a reason in a word.
        replica: the name under which deliveries are claimed.
        at_once: how many are sent at the same time, at most.
        paid: whether Telegram may take a fee for what goes over the free number a second.

    """

    compose: Compose
    unreachable: Unreachable
    asked: Asked
    refused: Refused
    replica: str
    at_once: int
    paid: bool = False
