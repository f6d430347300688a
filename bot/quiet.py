"""The hours of the night, in which nothing is pushed to anybody."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local hours in which nothing is pushed; `begins` may be later in the day than `ends`. None at all when both are the same."""

    begins: time
    ends: time

    def cover(self, moment: time) -> bool:
        """Tell whether a local time of day is in them."""
        if self.begins <= self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends
