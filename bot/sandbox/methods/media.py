"""Sending files, alone and as albums, and giving them back."""

import secrets
from functools import partial

from bot.sandbox.errors import bad_request
from bot.sandbox.files import MAX_DOWNLOAD, WITHOUT_CAPTION, StoredFile, describe
from bot.sandbox.methods.method import Method, open_chat, send
from bot.sandbox.parameters import Parameters
from bot.sandbox.records import JsonObject
from bot.sandbox.state import State
from bot.sandbox.texts import read_caption

ALBUM = range(2, 11)
_ALONE = frozenset({"audio", "document"})  # albums of these hold nothing else


def send_media(kind: str, state: State, parameters: Parameters) -> JsonObject:
    """Send one file of a kind, given as an upload or by the file_id of an earlier one."""
    content = describe(_file(state, parameters, kind, kind), parameters)
    if kind not in WITHOUT_CAPTION:
        content |= _caption(parameters)
    return send(state, parameters, content).json()


def _caption(parameters: Parameters) -> JsonObject:
    above = {"show_caption_above_media": True} if parameters.boolean("show_caption_above_media") else {}
    spoiler = {"has_media_spoiler": True} if parameters.boolean("has_spoiler") else {}
    return read_caption(parameters).fields("caption", "caption_entities") | above | spoiler


def _file(state: State, parameters: Parameters, kind: str, name: str) -> StoredFile:
    upload = parameters.upload(name)
    if upload:
        return state.files.add(kind, upload)
    given = parameters.text(name)
    if not given:
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    return _known(state, given, kind)


def _known(state: State, given: str, kind: str) -> StoredFile:
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content: the sandbox fetches nothing from the network; upload the file")
    file = state.files.get(given)
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def read_input_media(state: State, parameters: Parameters) -> JsonObject:
    """Return the content that an InputMedia object describes; raises BotApiError 400 for an unknown type."""
    kind = parameters.text("type")
    if kind not in {"photo", "video", "audio", "document", "animation"}:
        raise bad_request("can't parse InputMedia: unsupported type specified")
    if not parameters.text("media"):
        raise bad_request("can't parse InputMedia: media not found")
    return describe(_file(state, parameters, kind, "media"), parameters) | _caption(parameters)


def send_media_group(state: State, parameters: Parameters) -> list[JsonObject]:
    """Send an album."""
    items = parameters.objects("media")
    if len(items) not in ALBUM:
        raise bad_request(f"wrong number of media in the album: {ALBUM.start} to {ALBUM.stop - 1} are allowed")
    kinds = {str(item.get("type")) for item in items}
    if (kinds & _ALONE and len(kinds) > 1) or "animation" in kinds:
        raise bad_request("can't mix these types of media in an album")
    contents = [read_input_media(state, parameters.within(item)) for item in items]
    open_chat(state, parameters)
    album = {"media_group_id": str(secrets.randbits(62))}
    return [send(state, parameters, content, context=album).json() for content in contents]


def get_file(state: State, parameters: Parameters) -> JsonObject:
    """Say where a file can be downloaded."""
    file = state.files.get(parameters.text("file_id"))
    if len(file.data) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return file.common() | {"file_path": file.path}


METHODS: dict[str, Method] = {
    "sendPhoto": partial(send_media, "photo"),
    "sendAudio": partial(send_media, "audio"),
    "sendVideo": partial(send_media, "video"),
    "sendDocument": partial(send_media, "document"),
    "sendVoice": partial(send_media, "voice"),
    "sendSticker": partial(send_media, "sticker"),
    "sendAnimation": partial(send_media, "animation"),
    "sendVideoNote": partial(send_media, "video_note"),
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
