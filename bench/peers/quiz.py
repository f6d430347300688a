"""The work of both Python peers: look the prompt up, grade it, store the attempt, and say how it went."""

from datetime import UTC, datetime

from models import Attempt, Prompt


async def answer(sessions, prompt_id: int, option: str) -> str:
    """Store an answer in a transaction of its own; return the text that the message is to show."""
    async with sessions() as session:
        prompt = await session.get(Prompt, prompt_id)
        item = prompt.snapshot["item"]
        right = [each["id"] for each in item["options"] if each["correct"]]
        correct = [option] == right
        session.add(
            Attempt(
                prompt_id=prompt.id,
                learner_id=prompt.learner_id,
                module_id=prompt.module_id,
                item_id=prompt.item_id,
                response=[option],
                score=float(correct),
                correct=correct,
                unsure=False,
                at=datetime.now(UTC),
            )
        )
        await session.commit()
    verdict = "Tepat" if correct else "Belum tepat"
    return f"<b>{verdict}</b>\n\n{item['text']}\n\n{item['explanation']}"
