"""What the rest of the program asks the catalogue."""

from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from bot.content.model import Catalogue
    from tests.content.conftest import Folder


@pytest.fixture
def catalogue(folder: "Folder") -> "Catalogue":
    for name in ("satu", "dua", "tiga", "lepas"):
        folder.changed_module("id: contoh", f"id: {name}", name)
    folder.changed_path("[contoh]", "[dua, satu]")
    folder.path("id: z\ntitle: Z\nsummary: Lain.\nlanguage: id\nmodules: [tiga, dua]\n", "z")
    return folder.catalogue()


def test_modules_are_found_by_id(catalogue: "Catalogue") -> None:
    module = catalogue.module("satu")
    assert module is not None
    assert module.id == "satu"
    assert catalogue.module("tiada") is None


def test_cards_and_items_are_found_by_id(catalogue: "Catalogue") -> None:
    module = catalogue.modules["satu"]
    assert module.card("satu") is module.cards[0]
    assert module.card("tiada") is None
    assert catalogue.item("satu", "nilai") is module.quiz.items[1]
    assert catalogue.item("satu", "tiada") is None
    assert catalogue.item("tiada", "nilai") is None


@pytest.mark.parametrize(("module", "after"), [("dua", "satu"), ("satu", None), ("tiga", "dua"), ("lepas", None), ("tiada", None)])
def test_the_next_module_is_the_one_that_follows_in_the_first_path(catalogue: "Catalogue", module: str, after: str | None) -> None:
    following = catalogue.next_after(module)
    assert (following.id if following else None) == after


def test_paths_come_by_file_name_and_loose_modules_are_listed(catalogue: "Catalogue") -> None:
    assert [path.id for path in catalogue.paths] == ["jalur", "z"]
    assert [module.id for module in catalogue.outside_paths()] == ["lepas"]


def test_nothing_in_a_catalogue_can_be_changed(catalogue: "Catalogue") -> None:
    modules: Any = catalogue.modules
    with pytest.raises(TypeError):
        modules["satu"] = None
    with pytest.raises(FrozenInstanceError):
        catalogue.modules["satu"].title = "Lain"  # type: ignore[misc]  # this is what must fail


def test_the_version_follows_the_meaning_and_not_the_spelling(folder: "Folder") -> None:
    text = folder.module().read_text()
    version = folder.catalogue().modules["contoh"].version
    folder.module("# catatan\n" + text.replace("title: Contoh\n", "").replace("minutes: 5", 'minutes: 5\ntitle: "Contoh"'))
    assert folder.catalogue().modules["contoh"].version == version
    folder.changed_module("Baris kedua.", "Baris ketiga.")
    assert folder.catalogue().modules["contoh"].version != version
