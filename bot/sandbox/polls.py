"""Native polls: what Telegram accepts, votes, and closing.

Limits: https://core.telegram.org/bots/api#sendpoll
"""

import secrets
from typing import Any

from bot.sandbox.errors import NotPossibleError, bad_request
from bot.sandbox.formatted import units
from bot.sandbox.parameters import Parameters
from bot.sandbox.records import JsonObject, Message, Person, Poll
from bot.sandbox.state import State
from bot.sandbox.texts import read_text

MAX_QUESTION = 300
MAX_OPTIONS = 12
MAX_OPTION = 100
MAX_EXPLANATION = 200
MAX_EXPLANATION_LINES = 3
MIN_OPEN = 5
MAX_OPEN = 2_628_000


def read_poll(parameters: Parameters, now: int) -> Poll:
    """Read a new poll from a call of sendPoll; raises BotApiError 400 for what Telegram refuses. `now` is a Unix time."""
    options = [_option(option) for option in parameters.array("options") or []]
    _check_options(options)
    quiz = parameters.text("type", "regular") == "quiz"
    multiple = parameters.boolean("allows_multiple_answers")
    return Poll(
        id=str(secrets.randbits(62)),
        question=_question(parameters),
        options=options,
        type="quiz" if quiz else "regular",
        anonymous=parameters.boolean("is_anonymous", default=True),
        multiple=multiple,
        revoting=parameters.boolean("allows_revoting", default=not quiz),
        correct=_correct(parameters, len(options), multiple=multiple) if quiz else [],
        extra=_explanation(parameters) if quiz else {},
        closes_at=_closing(parameters, now),
        closed=parameters.boolean("is_closed"),
    )


def _question(parameters: Parameters) -> JsonObject:
    question = read_text(parameters, "question").fields("question", "question_entities")
    if not question:
        raise bad_request("poll question must be non-empty")
    if units(question["question"]) > MAX_QUESTION:
        raise bad_request(f"poll question length must not exceed {MAX_QUESTION}")
    return {"question": question["question"]}


def _option(option: Any) -> JsonObject:
    text = option.get("text") if isinstance(option, dict) else option
    if not isinstance(text, str):
        raise bad_request("can't parse poll option: option text must be of type String")
    return {"persistent_id": secrets.token_urlsafe(6), "text": text.strip()}


def _check_options(options: list[JsonObject]) -> None:
    if not options:
        raise bad_request("poll must have at least 1 option")
    if len(options) > MAX_OPTIONS:
        raise bad_request(f"poll can't have more than {MAX_OPTIONS} options")
    if not all(option["text"] for option in options):
        raise bad_request("poll options must be non-empty")
    if any(units(option["text"]) > MAX_OPTION for option in options):
        raise bad_request(f"poll options length must not exceed {MAX_OPTION}")


def _correct(parameters: Parameters, options: int, *, multiple: bool) -> list[int]:
    chosen = parameters.integers("correct_option_ids") or [parameters.integer("correct_option_id", -1)]
    known = all(0 <= position < options for position in chosen)
    if not known or (len(chosen) > 1 and not multiple):
        raise bad_request("wrong correct option ID specified")
    return sorted(set(chosen))


def _explanation(parameters: Parameters) -> JsonObject:
    explanation = read_text(parameters, "explanation")
    if units(explanation.text) > MAX_EXPLANATION:
        raise bad_request("message caption is too long")
    if explanation.text.count("\n") >= MAX_EXPLANATION_LINES:
        raise bad_request("poll explanation has too many line feeds")
    return explanation.fields("explanation", "explanation_entities")


def _closing(parameters: Parameters, now: int) -> int | None:
    period, date = parameters.integer("open_period"), parameters.integer("close_date")
    if not period and not date:
        return None
    seconds = period or date - now
    if not MIN_OPEN <= seconds <= MAX_OPEN:
        raise bad_request("POLL_CLOSE_PERIOD_INVALID" if period else "POLL_CLOSE_DATE_INVALID")
    return now + seconds


def check_vote(poll: Poll, person: int, options: list[int]) -> None:
    """Raise NotPossibleError for a vote that a Telegram app would not let through."""
    if poll.closed:
        raise NotPossibleError("the poll is closed")
    if any(position not in range(len(poll.options)) for position in options):
        raise NotPossibleError(f"the poll has options 0 to {len(poll.options) - 1}")
    if len(options) > 1 and not poll.multiple:
        raise NotPossibleError("the poll takes one answer only")
    if person in poll.votes and not poll.revoting:
        raise NotPossibleError("the vote cannot be changed")


def vote(state: State, message: Message, person: Person, options: list[int]) -> None:
    """Count a vote and tell the bot."""
    poll = message.poll
    if poll is None:
        raise NotPossibleError(f"message {message.id} is no poll")
    close_due(state)
    check_vote(poll, person.id, options)
    poll.votes.pop(person.id, None)
    if options:
        poll.votes[person.id] = options
    if not poll.anonymous:
        persistent = [poll.options[position]["persistent_id"] for position in options]
        payload = {"poll_id": poll.id, "user": person.user(), "option_ids": options, "option_persistent_ids": persistent}
        state.updates.add("poll_answer", payload, message.chat.id)
    _tell(state, message, poll)


def close(state: State, message: Message, poll: Poll) -> None:
    """Close a poll and tell the bot."""
    poll.closed = True
    _tell(state, message, poll)


def close_due(state: State) -> None:
    """Close the polls whose time is over."""
    now = state.now()
    for message in [message for message in state.polls.values() if message.poll and not message.poll.closed]:
        if message.poll and message.poll.closes_at and message.poll.closes_at <= now:
            close(state, message, message.poll)


def _tell(state: State, message: Message, poll: Poll) -> None:
    state.updates.add("poll", poll.json(), message.chat.id)
    state.changed(message)
