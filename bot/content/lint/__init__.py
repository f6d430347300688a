"""Rules of quality: what makes a module poor though it works, and what is too dear to look for at every start.

A new one is a small function in a module here and a row in `RULES`. They run in `sinau check` and in the preview, never when the bot loads
content: a start shows nobody a warning, and it would take longer.
"""

from collections.abc import Sequence
from typing import Final

from bot.content.lint import ignoring, library, options, sources, texts
from bot.content.lint.rule import Rule, each

RULES: Final[Sequence[Rule]] = (
    Rule("invisible-text", "error", "tulis isinya, atau hapus barisnya bila tidak wajib", each(texts.invisible)),
    Rule("correct-always-longest", "warning", "ringkas jawabannya, atau panjangkan pengecohnya", each(options.always_longest)),
    Rule("correct-always-first", "warning", "tulis shuffle: true, atau ubah urutan pilihan", each(options.always_first)),
    Rule("one-letter-option", "warning", "tulis isi pilihannya; hurufnya diberi bot", each(options.one_letter)),
    Rule("explanation-missing", "warning", "tambahkan explanation: mengapa jawaban itu benar", each(texts.explanation_missing)),
    Rule("minutes-off", "warning", "tulis menit yang sebenarnya, atau ubah isinya", each(texts.minutes_off)),
    Rule("source-missing", "warning", "sebut aturan atau terbitan yang mendasarinya", each(sources.source_missing)),
    Rule("rule-expired", "warning", "ganti dengan aturan yang berlaku, lalu periksa pasal dan isinya", each(sources.rule_expired)),
    Rule("competency-unknown", "warning", "pilih dari content/competencies.yaml, atau tambahkan di sana", each(sources.competency_unknown)),
    Rule("duplicate-question", "warning", "hapus salah satu, atau tanyakan hal lain", library.duplicate_question),
    Rule("orphan-media", "warning", "hapus berkasnya, atau pakai di sebuah kartu", library.orphan_media),
    Rule(ignoring.UNUSED, "warning", ignoring.ADVICE, lambda _: ()),  # told last, of what the others have found
)
