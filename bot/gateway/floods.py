"""Keeps a person who floods the bot from slowing down the others: a bucket of tokens for each, in this process."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MOST_PEOPLE: Final = 10_000
NOTICE_SECONDS: Final = 60.0


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float
    told_at: float = float("-inf")


class Floods:
    """Lets each person do `burst` things at once and `per_second` in the long run; what is over is to be dropped.

    Those who were quiet for longest are forgotten first when there are more than `most` people: they start anew with a full bucket.
    """

    def __init__(self, burst: int, per_second: float, seconds: Callable[[], float], most: int = MOST_PEOPLE) -> None:
        """Measure time by `seconds()`, which never goes back."""
        self._burst = float(burst)
        self._per_second = per_second
        self._seconds = seconds
        self._most = most
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    @property
    def people(self) -> int:
        """How many people are kept in mind."""
        return len(self._buckets)

    def admit(self, person_id: int) -> bool:
        """Take one of the person's tokens; False when there is none."""
        bucket = self._filled(person_id)
        if bucket.tokens < 1:
            return False
        bucket.tokens -= 1
        return True

    def give_back(self, person_id: int) -> None:
        """Return a token: what it was taken for has not been stored, and comes again."""
        bucket = self._filled(person_id)
        bucket.tokens = min(self._burst, bucket.tokens + 1)

    def is_to_be_told(self, person_id: int) -> bool:
        """Tell whether to say to the person that they are too fast: once a minute."""
        bucket = self._filled(person_id)
        if bucket.filled_at - bucket.told_at < NOTICE_SECONDS:
            return False
        bucket.told_at = bucket.filled_at
        return True

    def was_not_told(self, person_id: int) -> None:
        """Take back that the person was told: there was no room for it."""
        self._filled(person_id).told_at = float("-inf")

    def _filled(self, person_id: int) -> _Bucket:
        now = self._seconds()
        bucket = self._buckets.get(person_id)
        if bucket is None:
            bucket = self._buckets[person_id] = _Bucket(self._burst, now)
            if len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
            return bucket
        self._buckets.move_to_end(person_id)
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.filled_at) * self._per_second)
        bucket.filled_at = now
        return bucket
