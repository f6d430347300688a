"""A browser for what our formats make, and somebody who learns with it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.content.model import Module
from tests.chromium import CHROMIUM, FLAGS
from tests.content.formats.everything import everything
from tests.content.formats.scorm_learner import Learner, served, unpack

if TYPE_CHECKING:
    from tests.content.conftest import Folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def whole(folder: "Folder") -> Module:
    return everything(folder, ("draw: 9", "draw: 10"))


@pytest.fixture
def at_lms(browser: Browser, whole: Module, tmp_path: Path) -> Iterator[Learner]:
    """Give a learner at the system's page; in the end nobody has anything to complain about."""
    unpack(whole, tmp_path, Path("content/media"))
    with served(tmp_path) as address:
        learner = Learner(browser, whole)
        learner.visit(address)
        yield learner
        refused = learner.lms("refused")
        learner.page.close()
    assert (refused, learner.complaints) == ([], [])
