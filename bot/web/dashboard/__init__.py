"""The coordinators' dashboard: pages over the same services and tables as the chat and the files."""

from bot.web.dashboard.app import make_dashboard
from bot.web.dashboard.desk import Desk

__all__ = ["Desk", "make_dashboard"]
