"""Checks, offline, that the locks fit pyproject.toml and one another. Says what does not and exits 1."""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?==(?P<version>[^\s;\\]+)", re.MULTILINE)

Pins = dict[str, set[str]]  # a package may be pinned twice, for different versions of Python


def read_pins(path: Path) -> Pins:
    """Return the versions pinned for each package."""
    pins: Pins = {}
    for match in PIN.finditer(path.read_text(encoding="utf-8")):
        pins.setdefault(canonicalize_name(match["name"]), set()).add(match["version"])
    return pins


def unmet(wanted: list[str], pins: Pins, lock: str) -> Iterator[str]:
    """Yield a sentence for each requirement that the pins don't meet."""
    for requirement in map(Requirement, wanted):
        versions = pins.get(canonicalize_name(requirement.name), set())
        if not versions or not all(requirement.specifier.contains(version, prereleases=True) for version in versions):
            yield f"{lock}: {requirement} is asked for, pinned is {', '.join(sorted(versions)) or 'nothing'}"


def untested(run: Pins, dev: Pins) -> Iterator[str]:
    """Yield a sentence for each package that would run in another version than the tests have."""
    for name, versions in run.items():
        if dev.get(name) != versions:
            yield f"requirements.lock: {name} {', '.join(sorted(versions))}, the tests have {', '.join(sorted(dev.get(name, {'none'})))}"


def main() -> int:
    """Compare, print and return the exit status."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run, dev = (read_pins(ROOT / name) for name in ("requirements.lock", "requirements-dev.lock"))
    dependencies = project["project"]["dependencies"]
    faults = [
        *unmet(dependencies, run, "requirements.lock"),
        *unmet(dependencies + project["dependency-groups"]["dev"], dev, "requirements-dev.lock"),
        *untested(run, dev),
    ]
    print("\n".join([*faults, "Run make lock." if faults else "The locks fit pyproject.toml."]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
