"""Moodle XML, the format in which Moodle's question bank goes out and in: reading and writing.

Source: docs.moodle.org/en/Moodle_XML_format, and where that is silent Moodle's own code (question/format/xml/format.php).
"""

from bot.content.formats.moodle_xml.reading import read
from bot.content.formats.moodle_xml.writing import write

__all__ = ["read", "write"]
