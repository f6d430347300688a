"""Between Telegram's HTML, in which authors write, and the HTML of browsers and of other learning programs."""

import re
from typing import Final

_SPOILER: Final = re.compile(r"<(/?)tg-spoiler>", re.IGNORECASE)


def to_html(text: str) -> str:
    """Return a faultless text of ours as browsers show it: its line breaks as <br>, what is hidden in a span that can be focused."""
    shown = _SPOILER.sub(lambda tag: "</span>" if tag[1] else '<span class="tg-spoiler" tabindex="0">', text)
    return shown.strip("\n").replace("\n", "<br>")
