"""An author who edits the content while people learn from it, at times carelessly."""

import copy
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import yaml

Module = dict[str, Any]


class Author:
    """Changes modules in a folder by the throw of the dice, one thing at a time."""

    def __init__(self, dice: random.Random, source: Path, folder: Path) -> None:
        """Begin with a copy of `source` in `folder`."""
        shutil.copytree(source, folder)
        self._dice = dice
        self._folder = folder
        self._original = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((folder / "modules").iterdir())}
        self._modules: dict[str, Module] = copy.deepcopy(self._original)
        self._before = self._modules
        self._count = 0
        self._publish()

    def edit(self) -> str:
        """Make an edit and save it; return its name."""
        change = self._dice.choice(_CHANGES)
        self._count += 1
        self._before = copy.deepcopy(self._modules)
        change(self)
        if change is not Author.break_the_yaml:
            self._publish()
        return change.__name__

    def take_back(self) -> None:
        """Take back the last edit, as whoever is told of a fault in it."""
        self._modules = self._before
        self._publish()

    def reword(self) -> None:
        item = self._item()
        item["text"] = f"Pertanyaan {self._count}?"
        item["explanation"] = f"Penjelasan {self._count}."

    def reword_an_option(self) -> None:
        if options := self._options():
            self._dice.choice(options)["text"] = f"Pilihan {self._count}"

    def remove_an_option(self) -> None:
        if options := self._options():
            options.pop(self._dice.randrange(len(options)))

    def add_an_option(self) -> None:
        if options := self._options():
            options.insert(self._dice.randrange(len(options) + 1), {"text": f"Pilihan baru {self._count}"})

    def shuffle_options(self) -> None:
        self._dice.shuffle(self._options())

    def swap_what_is_correct(self) -> None:
        item = self._item()
        if "answer" in item:
            item["answer"] = not item["answer"]
        if options := item.get("options"):
            right = [option.get("correct", False) for option in options]
            self._dice.shuffle(right)
            for option, correct in zip(options, right, strict=True):
                option["correct"] = correct

    def let_several_be_chosen(self) -> None:
        item = self._item()
        if item["type"] != "true_false":
            item["type"] = "multiple_choice" if item["type"] == "single_choice" else "single_choice"

    def remove_an_item(self) -> None:
        quiz = self._module()["quiz"]
        quiz["items"].remove(self._dice.choice(quiz["items"]))
        quiz["draw"] = max(1, min(quiz["draw"], len(quiz["items"])))

    def rename_an_item(self) -> None:
        self._item()["id"] = f"soal-{self._count}"

    def remove_a_card(self) -> None:
        module = self._module()
        card = self._dice.choice(module["cards"])
        module["cards"].remove(card)
        for item in module["quiz"]["items"]:
            if item.get("card") == card["id"]:
                del item["card"]

    def rename_a_card(self) -> None:
        module = self._module()
        card = self._dice.choice(module["cards"])
        for item in module["quiz"]["items"]:
            if item.get("card") == card["id"]:
                item["card"] = f"kartu-{self._count}"
        card["id"] = f"kartu-{self._count}"

    def rename_a_module(self) -> None:
        name = self._dice.choice(list(self._modules))
        module = self._modules.pop(name)
        self._modules[f"modul-{self._count}"] = module | {"id": f"modul-{self._count}"}

    def remove_a_module(self) -> None:
        if len(self._modules) > 1:
            self._modules.pop(self._dice.choice(list(self._modules)))

    def bring_back_a_module(self) -> None:
        name = self._dice.choice(list(self._original))
        self._modules[name] = copy.deepcopy(self._original[name])

    def change_the_rules_of_a_quiz(self) -> None:
        quiz = self._module()["quiz"]
        quiz |= {"pass_mark": self._dice.choice((0, 50, 70, 100)), "attempts": self._dice.randrange(4)}
        quiz |= {"draw": self._dice.randrange(1, len(quiz["items"]) + 1), "shuffle": self._dice.random() < 0.5}

    def break_the_yaml(self) -> None:
        path = self._dice.choice(sorted((self._folder / "modules").iterdir()))
        text = path.read_text(encoding="utf-8")
        path.write_text(text[: self._dice.randrange(len(text))] + "\n: [", encoding="utf-8")

    def _module(self) -> Module:
        return self._modules[self._dice.choice(list(self._modules))]

    def _item(self) -> Module:
        item: Module = self._dice.choice(self._module()["quiz"]["items"])
        return item

    def _options(self) -> list[Module]:
        options: list[Module] = self._item().get("options", [])
        return options

    def _publish(self) -> None:
        """Save the modules, and a path that leads through them; a module that has become impossible is brought back as it was."""
        self._modules = {name: self._sound(name, module) for name, module in self._modules.items()}
        for folder in ("modules", "paths"):
            shutil.rmtree(self._folder / folder)
            (self._folder / folder).mkdir()
        for name, module in self._modules.items():
            (self._folder / "modules" / f"{name}.yaml").write_text(json.dumps(module), encoding="utf-8")  # all JSON is YAML
        path = {"id": "semua", "title": "Semua", "summary": "Jalur rekaan.", "language": "id", "modules": list(self._modules)}
        (self._folder / "paths" / "semua.yaml").write_text(json.dumps(path), encoding="utf-8")

    def _sound(self, name: str, module: Module) -> Module:
        sound = module["cards"] and module["quiz"]["items"]
        return module if sound else copy.deepcopy(self._original.get(name, next(iter(self._original.values())))) | {"id": name}


_CHANGES: Final[tuple[Callable[[Author], None], ...]] = (
    Author.reword, Author.reword_an_option, Author.remove_an_option, Author.add_an_option, Author.shuffle_options,
    Author.swap_what_is_correct, Author.let_several_be_chosen, Author.remove_an_item, Author.rename_an_item, Author.remove_a_card,
    Author.rename_a_card, Author.rename_a_module, Author.remove_a_module, Author.bring_back_a_module, Author.change_the_rules_of_a_quiz,
    Author.break_the_yaml,
)  # fmt: skip
