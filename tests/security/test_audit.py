"""The audit of packages fails for what is known, says so where nothing can be known, and never calls that a pass."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "audit.py"
SOUND = {"name": "aiohttp", "version": "9.9", "vulns": []}
SKIPPED = {"name": "babel", "skip_reason": "Dependency not found on PyPI"}
VULNERABLE = {"name": "x", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}, {"id": "PYSEC-2", "fix_versions": []}]}


@pytest.fixture
def audit() -> Any:
    spec = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("dependencies", "status", "words"),
    [
        ([SOUND], 0, "1 locked packages have no known vulnerability."),
        ([SOUND, SKIPPED], 0, "no known vulnerability; 1 could not be looked up."),
        ([SKIPPED], 0, "The packages were NOT audited: the index here tells nothing of vulnerabilities."),
        ([], 0, "The packages were NOT audited: no network."),
        ([SOUND, VULNERABLE], 1, "x 1.0: PYSEC-1 (fixed in 1.1), PYSEC-2 (fixed in no version yet)"),
    ],
)
def test_the_verdict(audit: Any, dependencies: list[Any], status: int, words: str) -> None:
    found, said = audit.verdict(dependencies, "" if dependencies else "no network")
    assert found == status
    assert words in said
