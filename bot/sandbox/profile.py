"""What the bot says about itself: commands, descriptions, names and menu buttons."""

import re
from collections.abc import Iterator

import orjson

from bot.sandbox.errors import bad_request
from bot.sandbox.records import Chat, JsonObject, Person

MAX_COMMANDS = 100
MAX_COMMAND_DESCRIPTION = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"|[a-z]{2}")
_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators", "chat_member"}
)


def scope_key(scope: JsonObject | None) -> str:
    """Return a key for a BotCommandScope; raises BotApiError 400 for an unknown one."""
    described = scope or {"type": "default"}
    if str(described.get("type")) not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return orjson.dumps(described, option=orjson.OPT_SORT_KEYS).decode()


def check_language(code: str) -> str:
    """Return a two-letter language code or nothing; raises BotApiError 400 otherwise."""
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


class Profile:
    """The bot's commands by scope and language, its texts by language, and the menu button of each chat (0 for all)."""

    def __init__(self, name: str) -> None:
        """Begin with a name and nothing else."""
        self.commands: dict[tuple[str, str], list[JsonObject]] = {}
        self.texts: dict[tuple[str, str], str] = {("name", ""): name}
        self.menu_buttons: dict[int, JsonObject] = {}

    def set_commands(self, scope: str, language: str, commands: list[JsonObject]) -> None:
        """Replace the commands of a scope and language; raises BotApiError 400 for a command that Telegram refuses."""
        if len(commands) > MAX_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self.commands[scope, language] = [_checked(command) for command in commands]

    def text(self, field: str, language: str) -> str:
        """Return a text in a language, else the one for all languages."""
        return self.texts.get((field, language)) or self.texts.get((field, ""), "")

    def commands_for(self, chat: Chat, person: Person) -> list[JsonObject]:
        """Return the commands that a person's phone lists in a chat: the narrowest scope wins, their language before none."""
        for scope in _narrowing(chat, person):
            for language in (person.language_code, ""):
                if commands := self.commands.get((scope_key(scope), language)):
                    return commands
        return []


def _narrowing(chat: Chat, person: Person) -> Iterator[JsonObject]:
    """Yield the scopes that apply, narrowest first: https://core.telegram.org/bots/api#determining-list-of-commands."""
    if chat.private:
        yield from ({"type": "chat", "chat_id": chat.id}, {"type": "all_private_chats"})
    else:
        yield {"type": "chat_member", "chat_id": chat.id, "user_id": person.id}
        if person.id in chat.admins:
            yield {"type": "chat_administrators", "chat_id": chat.id}
        yield {"type": "chat", "chat_id": chat.id}
        if person.id in chat.admins:
            yield {"type": "all_chat_administrators"}
        yield {"type": "all_group_chats"}
    yield {"type": "default"}


def _checked(command: JsonObject) -> JsonObject:
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= MAX_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
