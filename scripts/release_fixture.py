"""Keeps what a release leaves in its database, for tests/storage/test_upgrades.py. Usage: release_fixture.py VERSION [COMMIT].

The code of that release makes it: a conversation is played on a checkout of the commit (HEAD when not given), on both databases.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = Path("tests/storage/releases")
TOOLS = (FOLDER / "play.py", FOLDER / "play.txt", Path("tests/backup/filling.py"))


def main(version: str, commit: str = "HEAD") -> None:
    """Write VERSION-sqlite.sql and VERSION-postgresql.sql."""
    with tempfile.TemporaryDirectory(prefix="sinau-release-") as name:
        tree = Path(name) / "tree"
        git("worktree", "add", "--detach", "--quiet", str(tree), commit)
        try:
            for tool in TOOLS:
                (tree / tool).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / tool, tree / tool)
            play(tree, version)
            for dump in sorted((tree / FOLDER).glob(f"{version}-*.sql")):
                shutil.copy(dump, ROOT / FOLDER)
                print(f"{FOLDER / dump.name}: {dump.stat().st_size} bytes")
        finally:
            git("worktree", "remove", "--force", str(tree))


def play(tree: Path, version: str) -> None:
    """Play on a checkout, whose code stands before that of this one on Python's path."""
    environment = os.environ | {"PYTHONPATH": str(tree), "SINAU_FIXTURE_RELEASE": version}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(FOLDER / "play.py")]
    subprocess.run(command, cwd=tree, env=environment, check=True)  # noqa: S603 - the pytest of this environment


def git(*arguments: str) -> None:
    """Run git in this checkout."""
    subprocess.run(["git", *arguments], cwd=ROOT, check=True)  # noqa: S603, S607 - the git of whoever releases


if __name__ == "__main__":
    if len(sys.argv) not in {2, 3}:
        sys.exit(__doc__)
    main(*sys.argv[1:])
