"""From plain data to the YAML that an author would write: long texts as blocks, and nothing that reads back as something else."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import yaml

from bot.content.scalars import value_of

SCHEMA_LINE: Final = "# yaml-language-server: $schema=../schema/module.schema.json\n"
_WIDTH: Final = 4096  # an author's editor folds lines, not we


class _Writer(yaml.SafeDumper):
    """PyYAML's writer with our habits."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        """Write everything out: the reader takes no aliases."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as above
        """Indent lists, as the examples do."""
        super().increase_indent(flow, indentless=False)


def _text(writer: yaml.SafeDumper, text: str) -> yaml.Node:
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str | None:
    """Choose a block for lines, quotes for what would be read as a number or the like, and else what PyYAML thinks best."""
    lines = text.split("\n")
    if not all(line.isprintable() for line in lines):
        return '"'
    if len(lines) > 1:
        return '"' if text[0].isspace() or any(line.endswith(" ") for line in lines) else "|"
    return '"' if not text.strip() or value_of(text) != text else None


def _number(writer: yaml.SafeDumper, number: float) -> yaml.Node:
    text = f"{Decimal(f'{number:.12g}'):f}"
    return writer.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Writer.add_representer(str, _text)
_Writer.add_representer(float, _number)


def to_yaml(data: Mapping[str, Any]) -> str:
    """Return a mapping as YAML that the loader reads back as the same data, its keys in their order."""
    written: str = yaml.dump(dict(data), Dumper=_Writer, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=False)
    return written
