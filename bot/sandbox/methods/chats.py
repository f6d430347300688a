"""Who is where: chats and their members."""

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.method import Method, known_chat, open_chat
from bot.sandbox.parameters import Parameters
from bot.sandbox.records import Chat, JsonObject
from bot.sandbox.state import State, member


def get_chat(state: State, parameters: Parameters) -> JsonObject:
    """Return all about a chat."""
    chat = known_chat(state, parameters)
    gifts = dict.fromkeys(("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False)
    body = chat.json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    return body | {"pinned_message": chat.messages[chat.pinned[-1]].json()} if chat.pinned else body


def get_chat_member(state: State, parameters: Parameters) -> JsonObject:
    """Return how somebody stands in a chat."""
    chat, user_id = open_chat(state, parameters), parameters.integer("user_id")
    if user_id == state.bot["id"]:
        return state.standing(chat)
    if user_id not in chat.members:
        raise bad_request("user not found" if user_id not in state.people else "member not found")
    return member(chat.members[user_id].user(), _status(chat, user_id))


def _status(chat: Chat, user_id: int) -> str:
    return "creator" if user_id in chat.admins else "member"


def get_chat_member_count(state: State, parameters: Parameters) -> int:
    """Count the people and the bot."""
    return len(open_chat(state, parameters).members) + 1


def get_chat_administrators(state: State, parameters: Parameters) -> list[JsonObject]:
    """Return those who run a group."""
    chat = open_chat(state, parameters)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    people = [member(chat.members[user_id].user(), "creator") for user_id in sorted(chat.admins)]
    return people + ([state.standing(chat)] if chat.bot == "administrator" else [])


def leave_chat(state: State, parameters: Parameters) -> bool:
    """Leave a group."""
    chat = open_chat(state, parameters)
    if chat.private:
        raise bad_request("can't leave private chat")
    state.post(chat, state.bot, {"left_chat_member": state.bot})
    chat.bot = "left"
    state.updates.forget_chat(chat.id)
    return True


def get_user_profile_photos(state: State, parameters: Parameters) -> JsonObject:
    """Made-up people have no photos."""
    if parameters.integer("user_id") not in state.people:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
    "getUserProfilePhotos": get_user_profile_photos,
}
