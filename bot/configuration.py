"""Reads the settings, from a file and the environment, and explains what is wrong with them."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError as UnreadableVariableError

from bot.section import Section
from bot.settings import PREFIX, Settings, SettingsError

DEFAULT_FILE = Path("config.yaml")


def load_settings(path: Path | None) -> Settings:
    """Read the settings from `path` (config.yaml in this folder when not given, if it exists) and the environment.

    Raises:
        SettingsError: naming all that is wrong at once.

    """
    values = _read(path)
    faults = _misnamed_variables()
    try:
        settings = Settings(**values)
    except ValidationError as error:
        faults += _explain(error)
    except UnreadableVariableError as error:
        faults.append(f"{error}; set its settings one by one, such as SINAU_WEB__PORT=8080")
    if faults:
        heading = f"The settings ({path or DEFAULT_FILE} and the environment) have {len(faults)} fault(s):"
        raise SettingsError("\n  ".join([heading, *faults]))
    return settings


def _read(path: Path | None) -> dict[str, Any]:
    chosen = path or DEFAULT_FILE
    if path is None and not chosen.exists():
        return {}
    try:
        values = yaml.safe_load(chosen.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{chosen}: {error.strerror}; name the settings file with --config") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{chosen}: this is not valid YAML{_place(error)}; compare it with the config.yaml that Sinau ships") from error
    if values is not None and not isinstance(values, dict):
        raise SettingsError(f"{chosen}: must hold settings by name, such as `web:` with `port: 8080` below it")
    # A section whose lines are all commented out is there, but empty. What may be null has it for a value.
    return {str(name): value for name, value in (values or {}).items() if value is not None or _may_be_null(name)}


def _may_be_null(name: object) -> bool:
    field = Settings.model_fields.get(str(name))
    return field is not None and type(None) in get_args(field.annotation)


def _place(error: Exception) -> str:
    # Only the place: the parser's own words quote the line, which may hold the token.
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    return f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""


def _misnamed_variables() -> list[str]:
    """Return a fault for each variable that was meant for us but names no setting: else it would have no effect, silently."""
    faults = []
    known = {name.replace(".", "_"): name for name in _all_names()}
    for variable in sorted(os.environ):
        if not variable.upper().startswith(PREFIX):
            continue
        name = variable[len(PREFIX) :].lower().split("__")
        if name[0] in Settings.model_fields:
            continue
        if meant := known.get("_".join(name)):
            right = PREFIX + meant.replace(".", "__").upper()
            faults.append(f"{variable}: there is no such setting; did you mean {right}, with two underscores? (set by the environment)")
        elif len(name) > 1 or get_close_matches(name[0], known, n=1, cutoff=0.8):
            faults.append(f"{variable}: {_no_such(name)} (set by the environment)")
    return faults


def _explain(error: ValidationError) -> list[str]:
    return [_explain_one(fault) for fault in error.errors(include_url=False, include_input=False)]


def _explain_one(fault: ErrorDetails) -> str:
    name = [str(part) for part in fault["loc"]]
    problem = _no_such(name) if fault["type"] == "extra_forbidden" else fault["msg"].removeprefix("Value error, ")
    variables = [PREFIX + "__".join(name[:depth]).upper() for depth in range(len(name), 0, -1)]
    variable = next((variable for variable in variables if os.environ.get(variable)), None)
    return f"{'.'.join(name)}: {problem} ({f'set by {variable}' if variable else 'see the comments in config.yaml'})"


def _no_such(name: list[str]) -> str:
    """Say that a setting does not exist, and which one may have been meant."""
    known = {setting.rpartition(".")[2]: setting for setting in _all_names()} | {setting: setting for setting in _all_names()}
    similar = get_close_matches(".".join(name), known, n=1) or get_close_matches(name[-1], known, n=1)
    return (
        f"there is no such setting; did you mean {known[similar[0]]}?"
        if similar
        else "there is no such setting; config.yaml lists them all"
    )


def _all_names() -> list[str]:
    names = []
    for name, field in Settings.model_fields.items():
        section = field.annotation
        inner = section.model_fields if isinstance(section, type) and issubclass(section, Section) else {}
        names += [name, *(f"{name}.{key}" for key in inner)]
    return names
