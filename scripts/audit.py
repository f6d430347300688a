"""Looks the locked packages up among the known vulnerabilities, where the data can be reached; says so where it can't.

Exits 1 for a vulnerability that is known, never for a network that is missing. The data is PyPI's, from packages' own pages of the index
that pip uses here, or of pypi.org.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
PATIENCE_SECONDS = 60
COMMAND = (sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner=off", "--timeout=5", "--format=json")


def ask() -> tuple[list[dict[str, object]], str]:
    """Return what is known of each locked package, and, where that is nothing, why."""
    line = [*COMMAND, f"--requirement={LOCK}"]
    try:
        done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS)  # noqa: S603 - our own words
    except subprocess.TimeoutExpired:
        return [], f"no answer within {PATIENCE_SECONDS} s"
    try:
        return json.loads(done.stdout)["dependencies"], ""
    except json.JSONDecodeError:
        return [], (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1].partition("(")[0]


def verdict(dependencies: list[dict[str, object]], trouble: str) -> tuple[int, str]:
    """Return the exit status and what to say."""
    known = [each for each in dependencies if "skip_reason" not in each]
    if not known:
        reason = trouble or "the index here tells nothing of vulnerabilities"
        return 0, f"The packages were NOT audited: {reason}. Run make audit where pypi.org can be reached."
    vulnerable = [f"{each['name']} {each['version']}: {_ids(each['vulns'])}" for each in known if each["vulns"]]
    unknown = len(dependencies) - len(known)
    rest = f"; {unknown} could not be looked up" if unknown else ""
    if vulnerable:
        advice = "Run make lock ARGS=--upgrade, or read what they are."
        return 1, "\n".join([f"Known vulnerabilities in {LOCK.name}{rest}:", *vulnerable, advice])
    return 0, f"{len(known)} locked packages have no known vulnerability{rest}."


def _ids(vulnerabilities: object) -> str:
    assert isinstance(vulnerabilities, list)  # noqa: S101 - the shape of pip-audit's answer
    return ", ".join(f"{each['id']} (fixed in {' or '.join(each['fix_versions']) or 'no version yet'})" for each in vulnerabilities)


def main() -> int:
    """Audit, print and return the exit status."""
    status, said = verdict(*ask())
    print(said)
    return status


if __name__ == "__main__":
    sys.exit(main())
