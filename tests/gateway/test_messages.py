from hypothesis import given
from hypothesis import strategies as st

from bot import actions
from bot.gateway.incoming import PollAnswer
from bot.gateway.members import is_admin
from bot.gateway.messages import MAX_UNITS, Messages, keyboard, plain
from bot.gateway.wire import Wire
from bot.sandbox.cast import ANDI_ID, COORDINATOR_ID, GROUP_ID, SARI_ID
from bot.sandbox.world import World
from bot.screen import Button, Poll, Screen
from tests.gateway.test_presenter import Arrivals

QUIZ = Poll("Kapan kata sandi diganti?", ("Tiap Senin", "Sesudah bocor"), 1, "Ganti bila ada sebab.")


def test_plain_text_has_no_markup_left() -> None:
    assert plain('<b>Satu</b> &amp; <a href="https://example.org/?a=1&amp;b=2">dua</a>') == "Satu & dua"
    assert plain("3 < 5 dan 7 > 2") == "3 < 5 dan 7 > 2"


@given(st.text(alphabet=st.characters() | st.sampled_from("<>&;/b😀"), max_size=50), st.integers(1, 400))
def test_plain_text_always_fits_into_a_message(text: str, times: int) -> None:
    assert len(plain(text * times).encode("utf-16-le", "surrogatepass")) // 2 <= MAX_UNITS


def test_buttons_keep_their_rows_and_empty_rows_vanish() -> None:
    rows = ((Button("Lanjut", actions.Resume()),), (), (Button("Situs", url="https://example.org/"),))
    assert keyboard(rows) == {
        "inline_keyboard": [[{"text": "Lanjut", "callback_data": "go"}], [{"text": "Situs", "url": "https://example.org/"}]]
    }


async def test_a_question_is_a_quiz_whose_answers_come_back_with_who_gave_them(
    messages: Messages, world: World, arrivals: Arrivals
) -> None:
    world.add_bot(COORDINATOR_ID, GROUP_ID)
    message_id, poll_id = await messages.ask(GROUP_ID, QUIZ)
    poll = world.last(GROUP_ID).poll
    assert poll is not None
    assert (world.last(GROUP_ID).id, poll.id) == (message_id, poll_id)
    assert (poll.type, poll.anonymous, poll.correct) == ("quiz", False, [1])
    await arrivals()
    world.vote(SARI_ID, message_id, [0], GROUP_ID)
    answer = next(each for each in await arrivals() if isinstance(each.event, PollAnswer))
    assert answer.event == PollAnswer(poll_id, (0,))
    assert answer.person is not None
    assert answer.person.id == SARI_ID


async def test_what_belongs_to_a_topic_goes_there(messages: Messages, world: World) -> None:
    world.add_bot(COORDINATOR_ID, GROUP_ID)
    await messages.ask(GROUP_ID, QUIZ, thread_id=12)
    await messages.send(GROUP_ID, Screen("Rekap"), thread_id=12)
    await messages.send(GROUP_ID, Screen("Rekap"))
    assert [call.parameters.get("message_thread_id") for call in world.calls] == [12, 12, None]


async def test_who_runs_a_group_is_asked_of_telegram(wire: Wire, dead_wire: Wire, world: World) -> None:
    world.add_bot(COORDINATOR_ID, GROUP_ID)
    assert await is_admin(wire, GROUP_ID, COORDINATOR_ID) is True
    assert await is_admin(wire, GROUP_ID, SARI_ID) is False
    assert await is_admin(wire, GROUP_ID, 999) is False  # no member at all
    assert await is_admin(dead_wire, GROUP_ID, ANDI_ID) is None
