"""Files that people take away: the same tables that they see, as CSV, JSON, a workbook, or paper."""

from bot.documents.table import Cell, Column, Table, shown

__all__ = ["Cell", "Column", "Table", "shown"]
