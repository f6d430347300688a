"""What a learner presses in a quiz."""

from bot.actions.action import Action, button


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


@button("su")
class Submit(Action):
    """Send in the ticked options of a prompt."""

    prompt: int


@button("un")
class Unsure(Action):
    """Say, or take back, that the coming answer is a doubtful one."""

    prompt: int


@button("ra")
class ReadAgain(Action):
    """Show the card that an answered prompt came from, with the way back to the prompt."""

    prompt: int


@button("re")
class Result(Action):
    """Show the result of a finished sitting."""

    sitting: int
