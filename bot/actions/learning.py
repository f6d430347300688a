"""What a learner presses on the way through paths, modules and cards."""

from bot.actions.action import Action, button


@button("lib")
class Library(Action):
    """Show the paths and modules."""


@button("lp")
class LibraryPage(Action):
    """Show another page of a long list of modules; 0 is the first."""

    page: int


@button("mo")
class OpenModule(Action):
    """Begin a module, or go on where the learner left it."""

    module: str


@button("md")
class ModuleDetails(Action):
    """Show what a module is about, before it is begun."""

    module: str


@button("ca")
class OpenCard(Action):
    """Show a card of a module, as the learner's place."""

    module: str
    card: str


@button("cf")
class OpenFound(Action):
    """Show a card that a search found, without making it the learner's place."""

    module: str
    card: str


@button("sf")
class ShowFound(Action):
    """Show a page of what a search found; 0 is the first."""

    search: int
    page: int


@button("rv")
class RevealCard(Action):
    """Show what a card keeps hidden until the learner asks."""

    module: str
    card: str


@button("cm")
class CardMedia(Action):
    """Send the file of a card."""

    module: str
    card: str


@button("sl")
class SaveForLater(Action):
    """Leave the module for now, and keep the place."""

    module: str


@button("lv")
class LeaveForNow(Action):
    """Stop here; everything is kept."""


@button("go")
class Resume(Action):
    """Show where the learner is now."""


@button("pg")
class Progress(Action):
    """Show the learner's progress."""


@button("pc")
class ProgressChart(Action):
    """Send the progress as a picture."""
