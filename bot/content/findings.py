"""What is wrong with a file, said to its author."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

Severity = Literal["error", "warning"]

# What loading finds, by its code. Authors write codes into their files (see lint/ignoring.py), so none is ever renamed.
ErrorCode = Literal[
    # folders and files
    "folder-unreadable",
    "no-modules",
    "file-unreadable",
    "file-too-large",
    "empty-file",
    "not-utf-8",
    # YAML
    "yaml",
    "yaml-mark",
    "control-character",
    "duplicate-key",
    "too-deep",
    # values
    "missing-key",
    "unknown-key",
    "empty-value",
    "wrong-type",
    "unknown-value",
    "bad-format",
    "out-of-range",
    "too-long",
    "too-few",
    "too-many",
    "invalid-value",
    "html",
    # cards and media
    "card-too-long",
    "alt-missing",
    "media-missing",
    "media-unusable",
    # questions
    "no-correct-option",
    "many-correct-options",
    "duplicate-option",
    "question-parts",
    "question-too-long",
    "nothing-graded",
    "draw-too-high",
    # what refers to something else
    "duplicate-id",
    "unknown-id",
    "id-not-file-name",
    "id-too-long",
    "citations-too-long",
]
WarningCode = Literal[
    "no-paths",
    "file-ignored",
    "byte-order-mark",
    "windows-line-ends",
    "html-in-plain-text",
    "other-language",
]
Code = ErrorCode | WarningCode
VALIDITY: Final[Mapping[str, Severity]] = {
    **dict.fromkeys(get_args(ErrorCode), "error"),
    **dict.fromkeys(get_args(WarningCode), "warning"),
}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault of one file, in plain Indonesian: where, its code, what, and what to do.

    Only errors keep content from being used.
    """

    file: str
    line: int
    code: str
    what: str
    advice: str
    severity: Severity

    @classmethod
    def of(cls, file: str, line: int, code: Code, what: str, advice: str) -> "Finding":
        """Return a finding of loading, as severe as its code is."""
        return cls(file, line, code, what, advice, VALIDITY[code])

    def __str__(self) -> str:
        """Return the finding as one line."""
        label = "peringatan: " if self.severity == "warning" else ""
        return f"{self.file}:{self.line}: {label}{self.what}; {self.advice} [{self.code}]"
