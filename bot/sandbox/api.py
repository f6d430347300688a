"""One call of the Bot API: faults, the method, the answer, the log."""

import asyncio
from inspect import isawaitable
from typing import Any

from bot.sandbox.errors import NOT_FOUND, BotApiError
from bot.sandbox.limits import Fault
from bot.sandbox.methods import METHODS
from bot.sandbox.parameters import Parameters
from bot.sandbox.records import Call, JsonObject
from bot.sandbox.state import State

_POLLING = frozenset({"getupdates"})
_SILENT = frozenset({"sendchataction"})


class ConnectionBrokenError(Exception):
    """The answer never reaches the bot, as ordered by a fault."""


async def call(state: State, method: str, parameters: Parameters) -> JsonObject:
    """Carry a call out, log it and return the body of the answer; raises ConnectionBrokenError when a fault orders that."""
    record = Call(method, parameters.recorded(), state.clock.now())
    state.calls.append(record)
    if method.lower() in _POLLING:
        return await _logged(state, record, parameters)
    state.busy += 1
    state.serial += 1
    state.signal.ring()
    try:
        await asyncio.sleep(state.faults.latency)
        return await _logged(state, record, parameters)
    finally:
        state.busy -= 1
        _note_answered(state, method.lower(), parameters)
        state.signal.ring()


async def _logged(state: State, record: Call, parameters: Parameters) -> JsonObject:
    fault = state.faults.take(record.method, parameters.integer("chat_id"))
    try:
        _fail(fault, late=False)
        record.answer = {"ok": True, "result": await _result(state, record.method, parameters)}
        if fault:
            _fail(fault, late=True)
    except BotApiError as error:
        record.answer = error.json()
    return record.answer


def _fail(fault: Fault | None, *, late: bool) -> None:
    if fault and fault.late == late:
        raise fault.error or ConnectionBrokenError


async def _result(state: State, method: str, parameters: Parameters) -> Any:
    function = METHODS.get(method.lower())
    if function is None:
        raise BotApiError(NOT_FOUND, "Not Found")
    result = function(state, parameters)
    return await result if isawaitable(result) else result


def _note_answered(state: State, method: str, parameters: Parameters) -> None:
    """Note that the bot reacted, however the call ended."""
    if method == "answercallbackquery":
        state.updates.query_answered(parameters.text("callback_query_id"))
    elif method not in _SILENT and parameters.integer("chat_id"):
        state.updates.chat_answered(parameters.integer("chat_id"))
