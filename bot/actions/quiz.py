"""What a learner presses in a quiz."""

from typing import Final

from bot.actions.action import Action, button

MOST_PLACES: Final = 100


@button("qz")
class StartQuiz(Action):
    """Begin the quiz of a module, or go on with the one under way."""

    module: str


@button("rm")
class RepeatMissed(Action):
    """Ask again what was missed in a finished sitting."""

    sitting: int


@button("dq")
class StartDaily(Action):
    """Begin today's quiz, or go on with the one under way."""


@button("sw")
class Mistakes(Action):
    """Show the items at which the learner was sure but wrong."""


@button("pr")
class ShowPrompt(Action):
    """Show a prompt, answered or not."""

    prompt: int


@button("an")
class Answer(Action):
    """Choose the one option of a prompt."""

    prompt: int
    option: str


@button("ti")
class Tick(Action):
    """Tick or untick one of several options of a prompt."""

    prompt: int
    option: str


@button("pu")
class Put(Action):
    """Choose an option for the place that comes next; `place` is how many are filled, so that a second tap finds it filled."""

    prompt: int
    place: int
    option: str

    def __post_init__(self) -> None:
        if not 0 <= self.place < MOST_PLACES:
            raise ValueError("no question has so many places")


@button("tb")
class TakeBack(Action):
    """Take back what was chosen for a place and all after it."""

    prompt: int
    place: int


@button("su")
class Submit(Action):
    """Send in what is marked or typed at a prompt."""

    prompt: int


@button("un")
class Unsure(Action):
    """Say, or take back, that the coming answer is a doubtful one."""

    prompt: int


@button("ck")
class OpenCheck(Action):
    """Ask the question that belongs to a card."""

    module: str
    card: str


@button("sh")
class Share(Action):
    """Send what was written at a prompt to the coordinators."""

    prompt: int


@button("ra")
class ReadAgain(Action):
    """Show the card that an answered prompt came from, with the way back to the prompt."""

    prompt: int


@button("re")
class Result(Action):
    """Show the result of a finished sitting."""

    sitting: int
