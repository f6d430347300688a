"""From an HTTP request to parameters: query, JSON, forms and multipart."""

import re
from email.message import Message as Headers
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request

from bot.sandbox.errors import TOO_LARGE, BotApiError, bad_request
from bot.sandbox.parameters import Parameters, Upload
from bot.sandbox.records import JsonObject

MAX_BODY = 52 * 1024 * 1024
_NAME = re.compile(r'[\s;]name="((?:[^"\\]|\\.)*)"')
_FILENAME = re.compile(r'filename="((?:[^"\\]|\\.)*)"')


async def parameters_of(request: Request) -> Parameters:
    """Read a call's parameters; raises BotApiError 413 above 52 MB and 400 for a body that cannot be read."""
    values: JsonObject = dict(parse_qsl(request.url.query, keep_blank_values=True))
    body = await body_of(request)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        return Parameters(values | _json_values(body))
    if kind.startswith("multipart/form-data"):
        fields, uploads = multipart(body, kind)
        return Parameters(values | fields, uploads)
    return Parameters(values | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)))


async def body_of(request: Request) -> bytes:
    """Return the request's body; raises BotApiError 413 when it is larger than Telegram takes."""
    if int(request.headers.get("content-length") or 0) > MAX_BODY:
        raise BotApiError(TOO_LARGE, "Request Entity Too Large")
    return await request.body()


def _json_values(body: bytes) -> JsonObject:
    if not body.strip():
        return {}
    try:
        values = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise bad_request("can't parse request JSON object") from error
    if not isinstance(values, dict):
        raise bad_request("request must be a JSON object")
    return values


def multipart(body: bytes, content_type: str) -> tuple[JsonObject, dict[str, Upload]]:
    """Split a multipart form into its fields and its files; raises BotApiError 400 without a boundary."""
    boundary = _boundary(content_type)
    fields: JsonObject = {}
    uploads: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:]:
        head, separator, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        if separator:
            _add_part(head.decode("utf-8", "replace"), data, fields, uploads)
    return fields, uploads


def _boundary(content_type: str) -> bytes:
    headers = Headers()
    headers["content-type"] = content_type
    boundary = headers.get_param("boundary")
    if not isinstance(boundary, str) or not boundary:
        raise bad_request("can't find the boundary of the multipart form")
    return boundary.encode()


def _add_part(head: str, data: bytes, fields: JsonObject, uploads: dict[str, Upload]) -> None:
    lines = dict(line.split(":", 1) for line in head.split("\r\n") if ":" in line)
    lines = {name.strip().lower(): value.strip() for name, value in lines.items()}
    disposition = " " + lines.get("content-disposition", "")
    name = _NAME.search(disposition)
    filename = _FILENAME.search(disposition)
    if name and filename:
        uploads[name.group(1)] = Upload(filename.group(1), lines.get("content-type", "application/octet-stream"), data)
    elif name:
        fields[name.group(1)] = data.decode("utf-8", "replace")
