"""What the bot says about itself."""

from functools import partial

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.method import Method, known_chat
from bot.sandbox.parameters import Parameters
from bot.sandbox.profile import check_language, scope_key
from bot.sandbox.records import JsonObject
from bot.sandbox.state import State

_LONGEST = {"name": 64, "description": 512, "short_description": 120}
_MENU_BUTTONS = frozenset({"default", "commands", "web_app"})


def get_me(state: State, _: Parameters) -> JsonObject:
    """Return the bot's own User object."""
    rights = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return state.bot | rights | {"can_connect_to_business": False, "has_main_web_app": False}


def set_my_commands(state: State, parameters: Parameters) -> bool:
    """Replace the commands of a scope and a language."""
    scope = scope_key(parameters.object("scope"))
    state.profile.set_commands(scope, check_language(parameters.text("language_code")), parameters.objects("commands"))
    state.journal.write("profile", 0, {})
    return True


def get_my_commands(state: State, parameters: Parameters) -> list[JsonObject]:
    """Return the commands of exactly this scope and language."""
    return state.profile.commands.get((scope_key(parameters.object("scope")), parameters.text("language_code")), [])


def delete_my_commands(state: State, parameters: Parameters) -> bool:
    """Remove the commands of a scope and a language."""
    state.profile.commands.pop((scope_key(parameters.object("scope")), parameters.text("language_code")), None)
    state.journal.write("profile", 0, {})
    return True


def set_text(field: str, state: State, parameters: Parameters) -> bool:
    """Replace one of the bot's texts in a language; an empty one removes it."""
    text = parameters.text(field)
    if len(text) > _LONGEST[field]:
        raise bad_request(f"{field.replace('_', ' ')} is too long")
    language = check_language(parameters.text("language_code"))
    state.profile.texts[field, language] = text
    if field == "name" and text and not language:
        state.bot["first_name"] = text
    state.journal.write("profile", 0, {})
    return True


def get_text(field: str, state: State, parameters: Parameters) -> JsonObject:
    """Return one of the bot's texts."""
    return {field: state.profile.text(field, parameters.text("language_code"))}


def set_chat_menu_button(state: State, parameters: Parameters) -> bool:
    """Choose the button beside the input field, in one chat or in all."""
    button = parameters.object("menu_button") or {"type": "default"}
    if str(button.get("type")) not in _MENU_BUTTONS:
        raise bad_request("can't parse MenuButton: unsupported type specified")
    state.profile.menu_buttons[_menu_chat(state, parameters)] = button
    return True


def get_chat_menu_button(state: State, parameters: Parameters) -> JsonObject:
    """Return the button beside the input field."""
    buttons = state.profile.menu_buttons
    return buttons.get(_menu_chat(state, parameters)) or buttons.get(0) or {"type": "commands"}


def _menu_chat(state: State, parameters: Parameters) -> int:
    return known_chat(state, parameters).id if parameters.text("chat_id") else 0


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": partial(set_text, "name"),
    "getMyName": partial(get_text, "name"),
    "setMyDescription": partial(set_text, "description"),
    "getMyDescription": partial(get_text, "description"),
    "setMyShortDescription": partial(set_text, "short_description"),
    "getMyShortDescription": partial(get_text, "short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
