import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ValidationError

from bot.configuration import load_settings
from bot.settings import FSRS_6, LearningSettings, Settings, SettingsError, require_token

SHIPPED = Path(__file__).parent.parent / "config.yaml"
TOKEN = "7310119:made-up_TOKEN_of_nobody-0123456789"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper().startswith("SINAU_"):
            monkeypatch.delenv(name)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.yaml"


def load(config: Path, text: str) -> Settings:
    config.write_text(text, encoding="utf-8")
    return load_settings(config)


def fault(config: Path, text: str = "") -> str:
    with pytest.raises(SettingsError) as caught:
        load(config, text)
    return str(caught.value)


def leaves(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from leaves(field.annotation, f"{name}.")
        else:
            yield prefix + name


def test_the_shipped_file_says_the_defaults() -> None:
    assert load_settings(SHIPPED) == Settings()


def test_the_shipped_file_has_every_setting() -> None:
    content = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    written = {f"{name}.{key}" for name, section in content.items() if isinstance(section, dict) for key in section}
    written |= {name for name, value in content.items() if not isinstance(value, dict)}
    assert written == set(leaves(Settings))


def test_every_setting_is_explained_above_it() -> None:
    previous = ""
    for line in SHIPPED.read_text(encoding="utf-8").splitlines():
        if re.match(r" *[a-z_]+:(?! *$)", line):
            assert previous.lstrip().startswith("#"), f"no comment above: {line}"
        previous = line


def test_no_file_means_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(None) == Settings()


def test_the_file_in_this_folder_is_read_when_none_is_named(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text("web: {port: 9000}", encoding="utf-8")
    monkeypatch.chdir(config.parent)
    assert load_settings(None).web.port == 9000


def test_a_named_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"No such file .* --config"):
        load_settings(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "web:\n  # port: 9000\n"])
def test_what_is_left_out_keeps_its_default(config: Path, text: str) -> None:
    assert load(config, text) == Settings()


def test_a_cache_dir_of_null_is_none_and_one_left_out_the_default(config: Path) -> None:
    assert load(config, "cache_dir: null\nadmins:\ncontact:\n") == Settings(cache_dir=None)
    assert load(config, "replica: dua\n").cache_dir == Path("var/cache")


def test_all_faults_are_named_at_once(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINAU_SENDING__PER_SECOND", "fast")
    text = fault(
        config, "web: {port: 70000}\ndatabase: {url: mysql://x}\nlearning: {zone: Asia/Bandung}\nlog: {level: loud}\nlanguage: id\n"
    )
    assert "6 fault(s)" in text
    for name in ("web.port", "database.url", "learning.zone", "log.level", "language", "sending.per_second"):
        assert f"  {name}: " in text


def test_what_telegram_takes_money_for_has_to_be_agreed_to(config: Path) -> None:
    assert "paid_broadcast" in fault(config, "sending: {per_second: 31}")
    assert load(config, "sending: {per_second: 1000, paid_broadcast: true}").sending.per_second == 1000
    assert load(config, "sending: {per_second: 30}").sending.per_second == 30


def test_each_fault_says_where_it_was_set(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINAU_WEB__PORT", "70000")
    monkeypatch.setenv("SINAU_ADMINS", "Sari")
    text = fault(config, "log: {level: loud}")
    assert "(set by SINAU_WEB__PORT)" in text
    assert "(set by SINAU_ADMINS)" in text
    assert text.count("see the comments in config.yaml") == 1


@pytest.mark.parametrize("written", ["8:30", "21:00", "0", "8.5"])
def test_a_time_that_yaml_reads_as_a_number_is_told_to_be_quoted(config: Path, written: str) -> None:
    text = fault(config, f"reminders:\n  at: {written}\n")
    assert "reminders.at: write the time in quotes" in text


@pytest.mark.parametrize("written", ['"08:30"', '"8:30"', "08:30", '"08:30:00"'])
def test_a_time_may_be_written_in_the_usual_ways(config: Path, written: str) -> None:
    assert load(config, f"reminders:\n  at: {written}\n").reminders.at == time(8, 30)


@pytest.mark.parametrize("written", ["8:30", "08:30"])
def test_a_time_in_the_environment_needs_no_quotes(config: Path, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("SINAU_REMINDERS__AT", written)
    assert load(config, "").reminders.at == time(8, 30)


@pytest.mark.parametrize(
    "written",
    ["{at: '22:00'}", "{at: '21:00'}", "{at: '05:59'}", "{quiet_from: '08:00', quiet_until: '09:00'}"],
)
def test_a_reminder_in_the_quiet_hours_is_refused_since_it_would_never_go_out(config: Path, written: str) -> None:
    text = fault(config, f"reminders: {written}")
    assert "is within the quiet hours" in text
    assert "change at, or quiet_from and quiet_until" in text


def test_the_hour_at_which_the_quiet_ones_end_is_none_of_them(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(config, "reminders: {at: '06:00'}").reminders.at == time(6)
    monkeypatch.setenv("SINAU_REMINDERS__AT", "23:00")
    assert "reminders: at (23:00) is within the quiet hours (21:00 to 06:00)" in fault(config, "")


@pytest.mark.parametrize("written", ["08:30+07:00", "08:30Z"])
def test_a_time_with_a_zone_is_refused_with_the_reason(config: Path, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    assert "reminders.at: write the time without a zone" in fault(config, f"reminders: {{at: '{written}'}}")
    monkeypatch.setenv("SINAU_REMINDERS__QUIET_FROM", written)
    assert "reminders.quiet_from: write the time without a zone" in fault(config)


@pytest.mark.parametrize("written", ["half past eight", "25:00", "[8, 30]"])
def test_a_time_that_is_none_is_refused(config: Path, written: str) -> None:
    assert "reminders.at" in fault(config, f"reminders:\n  at: {written}\n")


def test_the_environment_wins_over_the_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINAU_DATABASE__URL", "postgresql://localhost/sinau")
    monkeypatch.setenv("SINAU_TELEGRAM__TOKEN", TOKEN)
    settings = load(config, "database: {url: 'sqlite:///other.db', threads: 7}\ntelegram: {token: other}\n")
    assert settings.database.url == "postgresql://localhost/sinau"
    assert settings.database.threads == 7
    assert settings.token == TOKEN


def test_an_empty_variable_counts_as_not_set(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SINAU_TELEGRAM__TOKEN_FILE", "SINAU_WEB__PORT", "SINAU_ADMINS", "SINAU_DATABASE__URL"):
        monkeypatch.setenv(name, "")
    assert load(config, "web: {port: 9000}\nadmins: [1001]\n") == load_settings(config)
    assert load_settings(config).web.port == 9000
    assert load_settings(config).token == ""


def test_a_section_given_as_one_variable_that_cannot_be_read_is_told(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINAU_WEB", "port 9000")
    text = fault(config)
    assert '"web"' in text
    assert "SINAU_WEB__PORT=8080" in text


@pytest.mark.parametrize(
    ("written", "expected"),
    [("1001", {1001}), ("1001,1002", {1001, 1002}), (" 1001 , 1002, ", {1001, 1002}), ("1001,1001", {1001})],
)
def test_admins_are_a_list_in_the_environment(config: Path, monkeypatch: pytest.MonkeyPatch, written: str, expected: set[int]) -> None:
    monkeypatch.setenv("SINAU_ADMINS", written)
    assert load(config, "admins: [7]").admins == expected


@pytest.mark.parametrize("written", ["[1001, 1002]", '"1001,1002"', "\n  - 1001\n  - 1002"])
def test_admins_are_a_list_in_the_file(config: Path, written: str) -> None:
    assert load(config, f"admins: {written}").admins == {1001, 1002}


def test_one_admin_needs_no_list(config: Path) -> None:
    assert load(config, "admins: 1001").admins == {1001}


def test_an_admin_that_is_no_number_is_refused(config: Path) -> None:
    assert "admins" in fault(config, "admins: [Sari]")


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("web: {prot: 9000}", "web.prot: there is no such setting; did you mean web.port?"),
        ("port: 9000", "port: there is no such setting; did you mean web.port?"),
        ("reminder: {at: '08:30'}", "reminder: there is no such setting; did you mean reminders?"),
        ("telegram: {tokenfile: x}", "did you mean telegram.token_file?"),
        ("quux: 1", "quux: there is no such setting; config.yaml lists them all"),
    ],
)
def test_an_unknown_setting_comes_with_a_suggestion(config: Path, text: str, suggestion: str) -> None:
    assert suggestion in fault(config, text)


@pytest.mark.parametrize(
    ("variable", "suggestion"),
    [
        ("SINAU_WEB__PROT", "web.port"),
        ("SINAU_WBE__PORT", "web.port"),
        ("SINAU_ADMIN", "admins"),
        ("SINAU_REMINDER__AT", "reminders.at"),
        ("SINAU_TELEGRAM_TOKNE", "telegram.token"),
    ],
)
def test_a_misspelt_variable_is_told_instead_of_being_passed_over(
    config: Path, monkeypatch: pytest.MonkeyPatch, variable: str, suggestion: str
) -> None:
    monkeypatch.setenv(variable, "1")
    text = fault(config)
    assert f"did you mean {suggestion}?" in text
    assert variable in text


@pytest.mark.parametrize("name", [name for name in leaves(Settings) if "." in name])
def test_a_variable_with_one_underscore_for_the_dot_is_told_with_its_right_name(
    config: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    wrong, right = (f"SINAU_{name.replace('.', dot).upper()}" for dot in ("_", "__"))
    monkeypatch.setenv(wrong, "1")
    assert f"{wrong}: there is no such setting; did you mean {right}, with two underscores?" in fault(config)


def test_variables_of_other_tools_are_left_alone(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINAU_CHROMIUM", "/usr/bin/chromium")
    assert load(config, "") == Settings()


def test_the_token_may_be_in_a_file(config: Path, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    assert load(config, f"telegram: {{token_file: '{tmp_path}/token'}}").token == TOKEN


@pytest.mark.parametrize("space", [" ", "\n", "\r\n", "\t", "\u00a0"])
def test_the_space_around_a_token_is_none_of_it(config: Path, monkeypatch: pytest.MonkeyPatch, space: str) -> None:
    monkeypatch.setenv("SINAU_TELEGRAM__TOKEN", f"{space}{TOKEN}{space}")
    assert load(config, "").token == TOKEN


@pytest.mark.parametrize(
    "wrong", ["7310119:made up", "7310119:made?up", "7310119:mäde-up", "7310119", ":made-up", "7310119:made\nup", "x:y"]
)
def test_what_can_be_no_token_is_told_at_the_start_without_quoting_it(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    (tmp_path / "token").write_text(wrong, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"telegram\.token_file: ") as told:
        require_token(load(config, f"telegram: {{token_file: '{tmp_path}/token'}}"))
    monkeypatch.setenv("SINAU_TELEGRAM__TOKEN", wrong)
    text = fault(config)
    assert "telegram.token: is no token" in text
    assert "(set by SINAU_TELEGRAM__TOKEN)" in text
    assert wrong not in text + str(told.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_token_file_that_cannot_be_read_is_told(config: Path, tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "token").write_bytes(content)
    settings = load(config, f"telegram: {{token_file: '{tmp_path}/token'}}")
    with pytest.raises(SettingsError, match=r"telegram\.token_file: .*name a file that holds the secret"):
        _ = settings.token


def test_the_token_is_never_shown(config: Path) -> None:
    text = f"telegram: {{token: '{TOKEN}', webhook_secret: made-up-secret}}"
    shown = repr(load(config, text)) + str(load(config, text)) + fault(config, text + "\nweb: {port: 70000}\n")
    assert TOKEN not in shown
    assert "made-up-secret" not in shown


@pytest.mark.parametrize("text", [f"telegram: {{token: {TOKEN}", f"telegram:\n token: {TOKEN}\n\tmode: polling", f"{TOKEN} {TOKEN}"])
def test_a_broken_file_is_told_without_quoting_it(config: Path, text: str) -> None:
    assert TOKEN not in fault(config, text)


def test_a_broken_file_is_told_with_the_place(config: Path) -> None:
    assert "(line 2, column 9)" in fault(config, "web:\n  port: : 9000\n")


def test_a_file_that_is_no_text_is_told(config: Path) -> None:
    config.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="not valid YAML"):
        load_settings(config)


@pytest.mark.parametrize("text", ["- web", "just words", "7"])
def test_a_file_without_names_is_told_how_one_looks(config: Path, text: str) -> None:
    assert "`port: 8080` below it" in fault(config, text)


def test_webhook_mode_needs_address_and_secret(config: Path) -> None:
    assert "needs webhook_url and webhook_secret" in fault(config, "telegram: {mode: webhook}")
    address = "webhook_url: 'https://bot.example.go.id/telegram/webhook', webhook_secret: made-up_1"
    assert load(config, f"telegram: {{mode: webhook, {address}}}").telegram.mode == "webhook"


@pytest.mark.parametrize("secret", ["two words", "é", "x" * 257, "a.b"])
def test_a_secret_that_telegram_would_refuse_is_refused_here(config: Path, secret: str) -> None:
    assert "telegram.webhook_secret" in fault(config, f"telegram: {{webhook_secret: '{secret}'}}")


def test_addresses_are_kept_without_a_slash_at_the_end(config: Path) -> None:
    assert load(config, "telegram: {api_url: 'http://127.0.0.1:8081/'}").telegram.api_url == "http://127.0.0.1:8081"


@pytest.mark.parametrize("name", ["api_url", "webhook_url"])
def test_an_address_needs_its_scheme(config: Path, name: str) -> None:
    assert f"telegram.{name}: must begin with https://" in fault(config, f"telegram: {{{name}: api.example.org}}")


def test_a_replica_is_named_after_its_machine_unless_it_is_named(config: Path) -> None:
    assert load(config, "").replica == socket.gethostname()
    assert load(config, "replica: dua").replica == "dua"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("retention", 0.69, "greater than or equal to 0.7"),
        ("retention", 0.98, "less than or equal to 0.97"),
        ("memory_parameters", FSRS_6[:20], "Expected 21 parameters, got 20"),
        ("memory_parameters", (*FSRS_6[:20], 5), "out of bounds"),
    ],
)
def test_a_memory_that_can_not_be_reckoned_is_refused(name: str, value: object, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        LearningSettings.model_validate({name: value})


def test_a_start_with_the_settings_that_ship_loads_no_fsrs() -> None:
    load = "import sys; from pathlib import Path; import bot.app; from bot.configuration import load_settings; "
    told = f"{load}load_settings(Path('config.yaml')); print('fsrs' in sys.modules)"
    root = Path(__file__).parents[1]
    environment = os.environ | {"PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", told], cwd=root, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


ON = "endpoint: 'https://llm.example.go.id/v1', model: kecil"


def test_answers_are_off_until_an_endpoint_and_a_model_are_named(config: Path) -> None:
    assert Settings().answers.endpoint is None
    assert load(config, "answers: {endpoint: ''}").answers.endpoint is None
    assert "endpoint needs model" in fault(config, "answers: {endpoint: 'https://llm.example.go.id/v1'}")
    assert load(config, f"answers: {{{ON}}}").answers.endpoint == "https://llm.example.go.id/v1"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://llm.example.go.id/v1", "must begin with https://"),
        ("https://kunci@llm.example.go.id/v1", "no user and password"),
        ("http://169.254.169.254/v1", "link-local"),
        ("ftp://llm.example.go.id", "must begin with"),
    ],
)
def test_an_endpoint_that_would_let_others_read_is_refused(config: Path, address: str, words: str) -> None:
    told = fault(config, f"answers: {{model: kecil, endpoint: '{address}'}}")
    assert "answers.endpoint: " in told
    assert words in told
    assert "kunci" not in told


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000/v1", "http://llm:8000/v1", "http://10.0.0.7/v1/"])
def test_an_endpoint_of_the_own_network_needs_no_encryption(config: Path, address: str) -> None:
    assert load(config, f"answers: {{model: kecil, endpoint: '{address}'}}").answers.endpoint == address.rstrip("/")


@pytest.mark.parametrize("text", ["price_in: 2.5", "price_out: 2.5", "budget_per_month: 20"])
def test_a_price_without_a_budget_and_a_budget_without_a_price_are_refused(config: Path, text: str) -> None:
    assert "belong together" in fault(config, f"answers: {{{ON}, {text}}}")
    assert load(config, f"answers: {{{ON}, price_in: 2.5, budget_per_month: 20}}").answers.budget_per_month == 20


@pytest.mark.parametrize(
    "text", ["price_in: -1", "budget_per_month: 0", "budget_per_month: .inf", "per_day: 0", "max_tokens: 0", "timeout_seconds: 0"]
)
def test_a_cap_that_caps_nothing_is_refused(config: Path, text: str) -> None:
    assert f"answers.{text.partition(':')[0]}: " in fault(config, f"answers: {{{ON}, {text}}}")


def test_the_key_comes_from_the_environment_and_is_never_shown(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINAU_ANSWERS__KEY", "kunci-rahasia-7")
    settings = load(config, "answers: {key: dari-berkas}")
    assert settings.answers_key == "kunci-rahasia-7"
    assert "kunci" not in repr(settings)
    assert "kunci" not in str(settings.model_dump())
    monkeypatch.setenv("SINAU_ANSWERS__KEY", "kunci\nX-Jahat: 1")
    told = fault(config)
    assert "answers.key: may hold" in told
    assert "X-Jahat" not in told


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://bot.example.go.id/dasbor", "must hold nothing after the host"),
        ("http://bot.example.go.id", "must begin with https://"),
        ("bot.example.go.id", "must begin with https://"),
        ("https://ratna:rahasia@bot.example.go.id", "must hold no user and password"),
    ],
)
def test_the_dashboards_address_is_a_host_that_people_reach_by_tls(config: Path, url: str, told: str) -> None:
    assert told in fault(config, f"web: {{public_url: '{url}'}}")
    for good in ("", "https://bot.example.go.id", "http://127.0.0.1:8080", "http://sinau.lan"):
        assert load(config, f"web: {{public_url: '{good}'}}").web.public_url == good
    for written in ("https://bot.example.go.id/", "https://Bot.Example.go.id"):
        assert load(config, f"web: {{public_url: '{written}'}}").web.public_url == "https://bot.example.go.id"
