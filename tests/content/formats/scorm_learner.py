"""Somebody who opens a package in a browser: from a learning management system's page, or straight from a disk."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from shutil import copy
from typing import Any
from zipfile import ZipFile

from playwright.sync_api import Browser, ConsoleMessage, Frame, Locator, Page, expect

from bot.content.formats.answers import right
from bot.content.formats.scorm import write
from bot.content.items.item import Item
from bot.content.items.numeric import Numeric
from bot.content.items.scenario import Scenario
from bot.content.items.short_text import ShortText
from bot.content.model import Module
from bot.content.prompts import Arrange, Pair, TypeNumber, TypeText

LMS = Path(__file__).parent / "scorm_lms.html"
WIDTH = 390


class _Silent(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the signature is the library's
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback, and give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def unpack(module: Module, folder: Path, media: Path) -> None:
    """Put a module's package into a folder, beside the page of the system."""
    with ZipFile(BytesIO(write(module, media).data)) as archive:
        archive.extractall(folder / "package")
    copy(LMS, folder / "lms.html")


class Learner:
    """A person with a phone. `complaints` is what the browser was unhappy about."""

    def __init__(self, browser: Browser, module: Module) -> None:
        self.page = browser.new_page(viewport={"width": WIDTH, "height": 844})
        self.module = module
        self.shown: Page | Frame = self.page
        self.complaints: list[str] = []
        self.page.set_default_timeout(10_000)
        self.page.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page.context.on("console", self._heard)

    def open_file(self, folder: Path) -> None:
        """Open the package from the disk."""
        self.page.goto((folder / "package" / "index.html").as_uri())

    def visit(self, address: str) -> None:
        """Open the system's page."""
        self.page.goto(f"{address}/lms.html")

    def launch(self) -> None:
        """Open the module inside the system's page, or once again."""
        self.page.evaluate("lms.launch()")
        frame = self.page.locator("iframe").element_handle().content_frame()
        assert frame
        self.shown = frame
        expect(self.heading).to_be_visible()

    def leave(self) -> None:
        """Close the module."""
        self.page.locator("iframe").evaluate("frame => frame.remove()")
        self.page.wait_for_function("!lms.running")

    def lms(self, what: str) -> Any:
        """Return something of the system's."""
        return self.page.evaluate(f"lms.{what}")

    def kept(self, name: str) -> Any:
        """Return what the system keeps of the module under a name."""
        return self.lms(f"kept['cmi.{name}']")

    @property
    def heading(self) -> Locator:
        """The title of what is shown."""
        return self.shown.locator("h1")

    def text(self) -> str:
        """Return all that is seen."""
        return " ".join(self.shown.locator("main").inner_text().split())

    def tap(self, name: str) -> None:
        self.shown.get_by_role("button", name=name, exact=True).click()

    def read(self) -> None:
        """Read all cards, skipping their questions, as far as the quiz."""
        self.tap("Mulai")
        for card in self.module.cards:
            expect(self.heading).to_have_text(card.title)
            self.tap("Lanjut")
            if card.check:
                self.tap("Lewati")
        expect(self.heading).to_have_text("Kuis")

    def item(self) -> Item:
        """Return the question that is shown."""
        asked = self.shown.locator("#question").inner_html()
        return next(item for item in self.module.items if unescape(item.prompt(item.choices).text) == unescape(asked))

    def take(self, *, missing: Sequence[str] = ()) -> None:
        """Answer the questions up to the result, those with these ids wrongly."""
        while not self.heading.get_by_text("Selesai", exact=True).is_visible():
            item = self.item()
            self.respond(item, wrongly=item.id in missing)
            self.send()
            self.shown.locator(".outcome .buttons .main").click()

    def send(self) -> None:
        self.tap("Kirim jawaban")

    def respond(self, item: Item, *, wrongly: bool = False) -> None:
        """Answer a question in the form below it, the right way or a wrong one."""
        prompt = item.prompt(item.choices)
        match prompt:
            case TypeText() | TypeNumber():
                self.shown.locator("#typed").fill("999" if wrongly else typed(item))
            case Arrange():
                self.arrange([step.id for step in prompt.options][:: -1 if wrongly else 1], item)
            case Pair():
                for place, (slot, one) in enumerate(zip(prompt.slots, right(item), strict=True)):
                    word = next(option.id for option in slot.options if (option.id == one) != wrongly)
                    self.shown.locator(f"#slot-{place}").select_option(word)
            case _ if isinstance(item, Scenario):
                self.walk(item, wrongly=wrongly)
            case _:
                self.choose(chosen(item, wrongly=wrongly))

    def choose(self, ids: Sequence[str]) -> None:
        for one in ids:
            self.shown.locator(f'fieldset:not(:disabled) input[value="{one}"]').check()

    def walk(self, item: Scenario, *, wrongly: bool) -> None:
        """Do the best of the first scene, which ends the story, or the worst, scene by scene."""
        for scene in item.scenes if wrongly else item.scenes[:1]:
            best = max(scene.options, key=lambda option: -option.score if wrongly else option.score)
            self.choose([f"{scene.id}.{best.id}"])
            if best.next:
                self.send()

    def arrange(self, wanted: Sequence[str], item: Item) -> None:
        """Move each step up to its place."""
        options = item.prompt(item.choices)
        assert isinstance(options, Arrange)
        texts = {option.id: option.text for option in options.options}
        for place, one in enumerate(wanted):
            steps = self.shown.locator(".steps li")
            while texts[one] not in steps.nth(place).inner_text():
                self.shown.get_by_role("button", name=f"Naikkan: {texts[one]}", exact=True).click()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


def chosen(item: Item, *, wrongly: bool) -> Sequence[str]:
    """Return what answers a question with options; wrongly: as few right ones as it takes."""
    if not item.graded:
        return item.choices[-1:]
    by_rightness = sorted(item.choices, key=lambda one: one in right(item))
    return next(by_rightness[:count] for count in range(1, 9) if item.takes(by_rightness[:count])) if wrongly else right(item)


def typed(item: Item) -> str:
    """Return what answers a question that is answered by typing."""
    match item:
        case ShortText():
            return item.answers[0]
        case Numeric():
            return f"{item.answer:g} {item.unit}".replace(".", ",")
    return "Saya akan memakai pengelola sandi."
