"""What is wrong with a file, said to its author."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault of one file, in plain Indonesian: where, what, and what to do. Only errors keep content from being used."""

    file: str
    line: int
    what: str
    advice: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """Return the finding as one line."""
        label = "peringatan: " if self.severity == "warning" else ""
        return f"{self.file}:{self.line}: {label}{self.what}; {self.advice}"
