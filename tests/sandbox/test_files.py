import struct
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bot.sandbox.cast import SARI_ID
from bot.sandbox.samples import sample
from bot.sandbox.wire import multipart
from bot.sandbox.world import World

if TYPE_CHECKING:
    from tests.sandbox.conftest import Api

PNG = sample("photo").data


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height)


def jpeg(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08" + struct.pack(">HH", height, width)


async def send(api: "Api", token: str, kind: str, data: bytes, **fields: str) -> dict[str, Any]:
    files = {kind: (f"a {kind}.bin", data, "application/x-made-up")}
    answer: dict[str, Any] = (
        await api.client.post(f"/bot{token}/send{kind}", data={"chat_id": str(SARI_ID), **fields}, files=files)
    ).json()
    return answer


@pytest.fixture(autouse=True)
def sari_started(world: World) -> None:
    world.start(SARI_ID)


@pytest.mark.parametrize("kind", ["document", "audio", "video", "voice", "animation", "sticker"])
async def test_an_upload_can_be_downloaded_and_sent_again(api: "Api", token: str, kind: str) -> None:
    data = bytes(range(256)) * 40 + b"\r\n--\r\n"
    message = (await send(api, token, kind, data))["result"]
    file = message[kind]
    assert file["file_size"] == len(data)
    path = (await api.result("getFile", file_id=file["file_id"]))["file_path"]
    downloaded = await api.client.get(f"/file/bot{token}/{path}")
    assert downloaded.content == data
    again = await api.result(f"send{kind}", chat_id=SARI_ID, **{kind: file["file_id"]})
    assert again[kind]["file_unique_id"] == file["file_unique_id"]


@pytest.mark.parametrize(
    ("data", "size"), [(png(640, 480), (640, 480)), (jpeg(800, 600), (800, 600)), (b"GIF89a" + struct.pack("<HH", 32, 16), (32, 16))]
)
async def test_a_photo_is_measured(api: "Api", token: str, data: bytes, size: tuple[int, int]) -> None:
    sizes = (await send(api, token, "photo", data))["result"]["photo"]
    assert (sizes[-1]["width"], sizes[-1]["height"]) == size


@pytest.mark.parametrize(
    ("kind", "data", "problem"),
    [
        ("photo", b"no picture", "IMAGE_PROCESS_FAILED"),
        ("photo", png(9_000, 2_000), "PHOTO_INVALID_DIMENSIONS"),
        ("photo", png(2_100, 100), "PHOTO_INVALID_DIMENSIONS"),
        ("photo", PNG + bytes(10 * 1024 * 1024), "file is too big"),
        ("document", b"", "file must be non-empty"),
    ],
)
async def test_a_file_against_the_rules_is_refused(api: "Api", token: str, kind: str, data: bytes, problem: str) -> None:
    answer = await send(api, token, kind, data)
    assert (answer["error_code"], answer["description"]) == (400, f"Bad Request: {problem}")


async def test_more_than_fifty_megabytes_are_refused_before_they_are_read(api: "Api", token: str) -> None:
    headers = {"Content-Length": str(60 * 1024 * 1024), "Content-Type": "application/json"}
    answer = (await api.client.post(f"/bot{token}/sendDocument", content=b"{}", headers=headers)).json()
    assert (answer["error_code"], answer["description"]) == (413, "Request Entity Too Large")


async def test_a_file_keeps_its_kind(api: "Api", token: str) -> None:
    document = (await send(api, token, "document", b"x"))["result"]["document"]
    assert await api.error("sendPhoto", chat_id=SARI_ID, photo=document["file_id"]) == (
        400,
        "Bad Request: can't use file of type Document as Photo",
    )


async def test_captions_are_formatted_and_limited(api: "Api", token: str) -> None:
    message = (await send(api, token, "photo", PNG, caption="<b>a</b>", parse_mode="HTML"))["result"]
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("a", "bold")
    answer = await send(api, token, "photo", PNG, caption="x" * 1025)
    assert answer["description"] == "Bad Request: message caption is too long"


async def test_an_album_shares_one_group(api: "Api", token: str) -> None:
    media = '[{"type":"photo","media":"attach://one","caption":"x"},{"type":"photo","media":"attach://two"}]'
    files = {"one": ("1.png", PNG, "image/png"), "two": ("2.png", PNG, "image/png")}
    response = await api.client.post(f"/bot{token}/sendMediaGroup", data={"chat_id": str(SARI_ID), "media": media}, files=files)
    messages = response.json()["result"]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert messages[0]["caption"] == "x"


async def test_media_can_be_replaced(api: "Api", token: str, world: World) -> None:
    message = (await send(api, token, "photo", PNG))["result"]
    place = {
        "chat_id": str(SARI_ID),
        "message_id": str(message["message_id"]),
        "media": '{"type":"document","media":"attach://f","caption":"y"}',
    }
    response = await api.client.post(f"/bot{token}/editMessageMedia", data=place, files={"f": ("a.txt", b"x", "text/plain")})
    assert response.json()["result"]["document"]["file_name"] == "a.txt"
    assert world.last(SARI_ID).text == "y"


def test_multipart_keeps_every_byte() -> None:
    data = b"\r\n--x\r\n\0\xff--"
    request = httpx.Request("POST", "http://x", data={"a": "é"}, files={"f": ('na"me.bin', data)})
    fields, uploads = multipart(request.read(), request.headers["content-type"])
    assert fields == {"a": "é"}
    assert uploads["f"].data == data
