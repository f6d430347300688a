"""The files of deploy/ fit the program: its settings, its commands, its routes, its folders."""

import os
import pwd
import re
import shlex
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from bot.cli import app
from bot.configuration import load_settings
from bot.settings import PREFIX
from bot.web.webhook import PATH as WEBHOOK

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "UMask": "0077",
    "User": "sinau",
}


def unit(name: str) -> dict[str, list[str]]:
    """Return what a unit says, by key; a key may stand several times."""
    said = defaultdict(list)
    for line in (DEPLOY / "systemd" / name).read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            said[key].append(value)
    return said


def compose() -> dict[str, Any]:
    described: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return described


def bots() -> dict[str, dict[str, Any]]:
    return {name: service for name, service in compose()["services"].items() if service.get("image") == "sinau"}


def dockerfile() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile with their arguments."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def is_command(words: list[str]) -> bool:
    """Tell whether `sinau` has a command that is called so."""
    command: Any = get_command(app)
    while words and hasattr(command, "commands"):
        command = command.commands.get(words.pop(0))
    return command is not None and not hasattr(command, "commands")


@pytest.mark.parametrize("name", ["sinau.service", "sinau-backup.service"])
def test_a_service_has_no_more_rights_than_it_needs(name: str) -> None:
    said = unit(name)
    assert {key: said[key] for key in HARDENED} == {key: [value] for key, value in HARDENED.items()}


def test_the_bot_is_started_again_whatever_ended_it() -> None:
    assert unit("sinau.service")["Restart"] == ["always"]
    assert unit("sinau.service")["StartLimitIntervalSec"] == ["0"]
    restarts = {service.get("restart") for service in bots().values() if "SINAU_REPLICA" in service.get("environment", {})}
    assert restarts == {"unless-stopped"}


def test_the_services_run_commands_that_exist() -> None:
    assert is_command(shlex.split(unit("sinau.service")["ExecStart"][0].split("/sinau ")[1]))
    backup = re.search(r"\.venv/bin/sinau (db backup) ", unit("sinau-backup.service")["ExecStart"][0])
    assert backup
    assert is_command(backup[1].split())


def test_the_token_comes_as_a_credential_and_other_settings_have_names_that_exist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = unit("sinau.service")
    assert said["LoadCredential"] == ["token:/etc/sinau/token"]
    monkeypatch.chdir(tmp_path)
    for setting in said["Environment"]:
        monkeypatch.setenv(*setting.split("=", 1))
    assert str(load_settings(None).telegram.token_file) == "%d/token"


def test_backups_are_kept_where_the_service_may_write_and_the_timer_starts_it() -> None:
    said = unit("sinau-backup.service")
    (folder,) = said["ReadWritePaths"]
    assert f'"{folder}/sinau-' in said["ExecStart"][0]
    assert folder in said["ExecStartPost"][0]
    assert {path.stem for path in UNITS if path.suffix == ".timer"} <= {path.stem for path in UNITS if path.suffix == ".service"}


@pytest.fixture
def by_hand(tmp_path: Path) -> Path:
    """The command for the operator, of a machine whose folders are those of the test."""
    own = {"user": pwd.getpwuid(os.geteuid()).pw_name, "home": str(tmp_path), "environment": str(tmp_path / "environment")}
    text = (DEPLOY / "sinau").read_text(encoding="utf-8")
    for name, value in own.items():
        text = re.sub(rf"^{name}=.*$", f"{name}='{value}'", text, flags=re.MULTILINE)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / "sinau").write_text(text, encoding="utf-8")
    (tmp_path / "sinau").chmod(0o755)
    return tmp_path / "sinau"


def run(command: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    done = subprocess.run([command, *arguments], env=others | variables, cwd="/", capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_command_by_hand_takes_the_user_folder_and_settings_of_the_service() -> None:
    text, said = (DEPLOY / "sinau").read_text(encoding="utf-8"), unit("sinau.service")
    assert f"\nuser={said['User'][0]}\nhome={said['WorkingDirectory'][0]}\n" in text
    assert f"\nenvironment={said['EnvironmentFile'][0].removeprefix('-')}\n" in text
    assert f"SINAU_CACHE_DIR:-/var/cache/{said['CacheDirectory'][0]}}}" in text


def test_a_command_by_hand_acts_on_the_database_of_the_service_or_on_the_one_named_in_front_of_it(by_hand: Path, tmp_path: Path) -> None:
    (folder := tmp_path / "two $(words) & more").mkdir()
    lines = ["# ours", 'SINAU_CONTACT="Bagian Kepegawaian"', f"SINAU_DATABASE__URL=sqlite:///{folder}/own.db"]
    (tmp_path / "environment").write_text("\n".join(lines), encoding="utf-8")
    assert run(by_hand, "db", "upgrade")[0] == 0
    assert (folder / "own.db").exists()
    assert run(by_hand, "db", "upgrade", SINAU_DATABASE__URL=f"sqlite:///{folder}/other.db")[0] == 0
    assert (folder / "other.db").exists()


@pytest.mark.parametrize("line", [r"SINAU_CONTACT=a\b", 'SINAU_CONTACT="a" b', "SINAU_CONTACT=it's", "export SINAU_CONTACT=a"])
def test_what_the_service_may_read_otherwise_is_refused(by_hand: Path, tmp_path: Path, line: str) -> None:
    (tmp_path / "environment").write_text(line, encoding="utf-8")
    status, said = run(by_hand, "check")
    assert status == 1
    assert f"{tmp_path}/environment: write " in said


@pytest.mark.parametrize("name", ["satu", "dua", "upgrade", "tools"])
def test_the_containers_settings_exist_and_their_secrets_are_files(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    service = bots()[name]
    monkeypatch.chdir(tmp_path)
    for variable, value in service["environment"].items():
        if variable.startswith(PREFIX):
            monkeypatch.setenv(variable, re.sub(r"\$\{BOT_HOST[^}]*\}", "bot.example.go.id", value).replace("${BOT_ADMINS:-}", ""))
    settings = load_settings(None)
    assert settings.telegram.webhook_url == f"https://bot.example.go.id{WEBHOOK}"
    named = {Path(value).name for value in service["environment"].values() if value.startswith("/run/secrets/")}
    assert named == set(service["secrets"]) <= set(compose()["secrets"])
    assert not settings.telegram.token.get_secret_value()
    assert is_command(list(service.get("command", ["run"])))


def test_two_processes_share_a_database_that_the_world_does_not_reach() -> None:
    services = compose()["services"]
    replicas = [service["environment"].get("SINAU_REPLICA") for service in bots().values()]
    assert sorted(filter(None, replicas)) == ["dua", "satu"]
    assert services["database"]["networks"] == ["inside"]
    open_to_the_world = {
        name for name, service in services.items() for port in service.get("ports", []) if not port.startswith("127.0.0.1:")
    }  # fmt: skip
    assert open_to_the_world == {"proxy"}


def test_the_containers_are_closed() -> None:
    for name, service in bots().items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name


def test_the_image_runs_what_was_tested_as_a_user_without_rights() -> None:
    instructions = dockerfile()
    words = dict(instructions)
    assert words["USER"] == "sinau"
    assert "HEALTHCHECK" in words
    assert "/healthz" in words["HEALTHCHECK"]
    assert any("--require-hashes" in rest and "requirements.txt" not in rest for word, rest in instructions if word == "RUN")
    sources = [source for word, rest in instructions if word == "COPY" and "--from" not in rest for source in rest.split()[:-1]]
    assert [source for source in sources if not (ROOT / source).exists()] == []
    sent = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert {f"!{source.removeprefix('./')}" for source in sources} == {line for line in sent if line.startswith("!")}


def test_the_image_has_the_python_that_the_tests_have() -> None:
    wanted = re.search(r'python_version = "([\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert wanted
    assert {rest.split("-")[0] for word, rest in dockerfile() if word == "FROM"} == {f"python:{wanted[1]}"}


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_lets_the_webhook_and_the_dashboard_through_and_nothing_else(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    let_through = re.findall(r"(?:path|location =|location \^~) (/\S+)(?: (/\S+))?", text)
    assert {address.rstrip("/*") for found in let_through for address in found if address not in {"", "{"}} == {WEBHOOK, "/dasbor"}
    assert "404" in text
