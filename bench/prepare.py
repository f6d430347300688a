"""Installs the peers' packages below bench/.peers, once; what can't be had here is left out."""

import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Final

from programs import INSTALLED, PEERS

STEP_SECONDS: Final = 900.0
NODE_HEADERS: Final = Path("/usr/include/node")


def peers() -> list[str]:
    """Make every peer ready that this machine can run; return a sentence for each group that is left out."""
    INSTALLED.mkdir(exist_ok=True)
    return [reason for reason in (_python(), _node()) if reason]


def _python() -> str | None:
    wanted = PEERS / "requirements.txt"
    if _is_done("python", wanted):
        return None
    print("Installing PTB's and aiogram's packages into bench/.peers …", flush=True)
    folder = INSTALLED / "venv"
    venv.create(folder, clear=True, with_pip=True)
    fault = _run(str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", str(wanted))
    return f"PTB and aiogram are left out: {fault}" if fault else _mark_done("python", wanted)


def _node() -> str | None:
    lock = PEERS / "package-lock.json"
    for source in PEERS.glob("*.mjs"):
        shutil.copy(source, INSTALLED)  # Node looks for packages beside the file that imports them
    if _is_done("node", lock):
        return None
    npm = shutil.which("npm")
    if npm is None:
        return "grammY is left out: there is no Node on this machine (node and npm 20 or newer)."
    print("Installing grammY's packages into bench/.peers; better-sqlite3 may have to be compiled, which takes minutes …", flush=True)
    for source in (PEERS / "package.json", lock, PEERS / ".npmrc"):
        shutil.copy(source, INSTALLED)
    # Where the headers are installed, as Debian does it, the compiler need not fetch them.
    headers = [f"--nodedir={NODE_HEADERS.parent.parent}"] if NODE_HEADERS.is_dir() else []
    fault = _run(npm, "ci", "--prefix", str(INSTALLED), "--no-audit", "--no-fund", *headers)
    return f"grammY is left out: {fault}" if fault else _mark_done("node", lock)


def _run(*command: str) -> str | None:
    """Run a step of an installation; return what went wrong."""
    try:
        done = subprocess.run(command, cwd=INSTALLED, capture_output=True, text=True, timeout=STEP_SECONDS, check=False)  # noqa: S603 - pip and npm
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{Path(command[0]).name} did not finish ({type(error).__name__})"
    last = next((line for line in reversed(done.stderr.splitlines()) if line.strip()), "no reason given")
    return f"{Path(command[0]).name} failed: {last}" if done.returncode else None


def _is_done(name: str, wanted: Path) -> bool:
    stamp = INSTALLED / f"{name}.done"
    return stamp.exists() and stamp.read_bytes() == _stamp(wanted)


def _mark_done(name: str, wanted: Path) -> None:
    (INSTALLED / f"{name}.done").write_bytes(_stamp(wanted))


def _stamp(wanted: Path) -> bytes:
    return wanted.read_bytes() + sys.version.encode()
