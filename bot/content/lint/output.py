"""Findings as `sinau check` prints them: for people, for programs, and for GitHub to show beside the lines of a change."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from bot.content.findings import Finding

# github.com/actions/toolkit, packages/core/src/command.ts: what would end a message, and what would end a property.
_IN_MESSAGES: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES: Final = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


def as_text(findings: Sequence[Finding], modules: int) -> str:
    """Return a line for each finding, and how many there are."""
    return "\n".join([*map(str, findings), _counted(findings, modules)])


def as_json(findings: Sequence[Finding], _: int) -> str:
    """Return the findings as a JSON list."""
    keys = ("file", "line", "code", "severity", "what", "advice")
    return json.dumps([{key: getattr(finding, key) for key in keys} for finding in findings], ensure_ascii=False)


def as_github(findings: Sequence[Finding], modules: int) -> str:
    """Return the findings as annotations of GitHub Actions (workflow commands), and how many there are."""
    return "\n".join([*map(_annotation, findings), _counted(findings, modules)])


OUTPUTS: Final[Mapping[str, Callable[[Sequence[Finding], int], str]]] = {"text": as_text, "json": as_json, "github": as_github}


def _counted(findings: Sequence[Finding], modules: int) -> str:
    return f"{modules} modul dimuat, {len(findings)} temuan."


def _annotation(finding: Finding) -> str:
    properties = {"file": _in_repository(finding.file), "line": str(finding.line), "title": finding.code}
    written = ",".join(f"{name}={value.translate(_IN_PROPERTIES)}" for name, value in properties.items())
    return f"::{finding.severity} {written}::{f'{finding.what}; {finding.advice}'.translate(_IN_MESSAGES)}"


def _in_repository(file: str) -> str:
    """Return a file's name as GitHub knows it: from the top of the checkout, wherever the check runs."""
    top, absolute = Path(os.environ.get("GITHUB_WORKSPACE", Path.cwd())), Path.cwd() / file
    return absolute.relative_to(top).as_posix() if absolute.is_relative_to(top) else file
