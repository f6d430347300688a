"""Every number that an alert or the dashboard reads is there in a running bot, or it would be silent for ever."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.clock import AdjustableClock
from tests.conversation.stage import open_stage

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
ALERTS = DEPLOY / "prometheus" / "alerts.yml"
DASHBOARD = DEPLOY / "grafana" / "sinau.json"
OF_PROMETHEUS = {"up"}
SAMPLES = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    return list(group["rules"])


def panels() -> list[dict[str, Any]]:
    return list(json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"])


def expressions() -> Iterator[tuple[str, str]]:
    """Yield what is asked of Prometheus, with who asks it."""
    yield from ((rule["alert"], rule["expr"]) for rule in rules())
    yield from ((panel["title"], target["expr"]) for panel in panels() for target in panel["targets"])


def metrics(expression: str) -> set[str]:
    return set(re.findall(r"\b(?:sinau|process|python)_[a-z_]+|\bup\b", expression))


async def test_a_running_bot_has_every_metric_that_is_asked_for(clock: AdjustableClock, sqlite_url: str, tmp_path: Path) -> None:
    async with open_stage(clock, sqlite_url, tmp_path) as stage, aiohttp.ClientSession() as session:
        assert stage.bot
        async with session.get(f"http://127.0.0.1:{stage.bot.port}/metrics") as answer:
            families = list(text_string_to_metric_families(await answer.text()))
    there = {f"{each.name}{suffix}" for each in families for suffix in SAMPLES.get(each.type, ("",))}
    asked = set().union(*(metrics(expression) for _, expression in expressions()))
    assert asked - there == OF_PROMETHEUS


@pytest.mark.parametrize(("who", "expression"), list(expressions()), ids=[who for who, _ in expressions()])
def test_each_asks_for_something_and_only_for_outcomes_that_exist(who: str, expression: str) -> None:
    assert metrics(expression), who
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    documented = {line.split("`")[1]: line for line in text.splitlines() if line.startswith("| `sinau_")}
    for metric, outcome in re.findall(r'(sinau_\w+)\{outcome="(\w+)"', expression):
        assert re.search(rf"\b{outcome}\b", documented[metric]), f"{who}: {metric} has no outcome {outcome}"


def test_every_alert_says_how_urgent_it_is_what_happened_and_what_to_do() -> None:
    for rule in rules():
        assert rule["labels"]["severity"] in {"page", "ticket"}, rule["alert"]
        assert rule["annotations"]["summary"], rule["alert"]
        assert rule["annotations"]["description"].endswith("."), rule["alert"]


def test_the_dashboard_takes_any_prometheus_and_draws_each_panel_in_a_place_of_its_own() -> None:
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels()]
    assert len(set(places)) == len(places)
    assert len({panel["id"] for panel in panels()}) == len(places)
    assert {target["datasource"]["uid"] for panel in panels() for target in panel["targets"]} == {"${datasource}"}


def test_prometheus_reads_the_alerts_and_asks_the_processes_of_compose() -> None:
    config = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text(encoding="utf-8"))
    assert config["rule_files"] == [ALERTS.name]
    (job,) = config["scrape_configs"]
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    hosts = {target.partition(":")[0] for static in job["static_configs"] for target in static["targets"]}
    assert hosts == {name for name, service in services.items() if "SINAU_REPLICA" in service.get("environment", {})}
