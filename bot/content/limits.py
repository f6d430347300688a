"""Limits of texts and files: Telegram's own, with their source, and the house's, which keep a phone's screen readable."""

from typing import Final

from bot.actions import MAX_BYTES

# Telegram. Lengths are counted in UTF-16 code units after the HTML is read.
MESSAGE: Final = 4096  # core.telegram.org/bots/api#sendmessage: text, 1-4096 characters after entities parsing
PHOTO_BYTES: Final = 10 * 1024 * 1024  # core.telegram.org/bots/api#sending-files: photos, 10 MB
POLL_QUESTION: Final = 300  # core.telegram.org/bots/api#sendpoll, as the two that follow
POLL_OPTION: Final = 100
POLL_EXPLANATION: Final = 200  # with at most two line feeds
UPLOAD_BYTES: Final = 50 * 1024 * 1024  # core.telegram.org/bots/api#sending-files: other files, 50 MB

# The house. A module's id fits a deep link (m-<id>) and, with a card's id, the callback data of a button.
ID: Final = 32
OPTION_ID: Final = 16
IDS_IN_CALLBACK: Final = MAX_BYTES - 6  # the rest carries a button's code and the separators
TITLE: Final = 60
SUMMARY: Final = 300
CARD_TEXT: Final = 1200
QUESTION_TEXT: Final = 700
EXPLANATION: Final = 700
OPTION_TEXT: Final = 200
FEEDBACK: Final = 300
ALT: Final = 300
REFERENCE: Final = 200
ANSWER: Final = 100  # a typed answer of a word or two
ANSWERS: Final = 20  # accepted variants, and wrong answers that were foreseen
REFLECTION: Final = 1500  # what a learner writes: it has to fit a message beside its question
PAIR_TEXT: Final = 100
UNIT: Final = 16
UNITS: Final = 10
SCENES: Final = 6
SCENE_TEXT: Final = 500
DEEDS: Final = 5
SCENE_SCORE: Final = 5  # as the situational tests for ASN have it
OPTIONS: Final = 8  # one row of letters as buttons
CARDS: Final = 20
ITEMS: Final = 60
TAGS: Final = 10
KEYWORDS: Final = 500  # letters
SOURCES: Final = 30
CITATIONS: Final = 700  # all that a card or an item cites, written out below it
MODULE_CITATIONS: Final = 2500  # all sources of a module, written out where it is introduced
PATH_MODULES: Final = 50
MINUTES: Final = 20
SCREEN_FRAME: Final = 200  # what a screen says around a question: module, place, the verdict
BANK_BYTES: Final = 50 * 1024 * 1024  # a question bank with its pictures
FILE_BYTES: Final = 256 * 1024
DEPTH: Final = 12
NODES: Final = 20_000
