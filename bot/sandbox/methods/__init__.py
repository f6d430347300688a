"""The methods of the Bot API, a module a group; METHODS is the table of them all, by lower-case name."""

from bot.sandbox.methods import chats, editing, media, messages, polling, profile
from bot.sandbox.methods.method import Method

METHODS: dict[str, Method] = {
    name.lower(): method for module in (chats, editing, media, messages, polling, profile) for name, method in module.METHODS.items()
}
