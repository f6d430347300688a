"""The way into the dashboard."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DashboardLink:
    """A link that lets a coordinator into the dashboard once, within so many `minutes`."""

    token: str
    minutes: int
