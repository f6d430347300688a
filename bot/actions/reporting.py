"""What a coordinator presses about reports."""

from bot.actions.action import Action, button


@button("rf")
class ReportFile(Action):
    """Send the report as a file of this style: xlsx, pdf or csv."""

    style: str
