"""What the reader says of each mistake: one table of messages and what to do about them."""

from __future__ import annotations

_ONE_MSGSTR = "A message has one msgstr; with msgid_plural it has msgstr[0], msgstr[1] and so on."
_SAME_PREFIX = "Give every line of the message the same prefix."
_CUT_OFF = "The file may have been cut off, or a line was deleted."

COMPLAINTS: dict[str, tuple[str, str]] = {
    "conflict": (
        "this line is a Git conflict marker",
        "Choose one of the two versions, then delete the marker lines.",
    ),
    "duplicate": (
        "the same message is already in line {}",
        "Compare the two, keep the right one and delete the other.",
    ),
    "escape": (
        "{} is not a valid escape",
        r"Write \\ for a backslash; the escapes are \n \t \r \a \b \f \v \" \\.",
    ),
    "header late": (
        "the header comes after other messages",
        'Move the message with the empty msgid "" to the beginning of the file.',
    ),
    "keyword": (
        '"{}" is not a keyword',
        "The keywords are msgctxt, msgid, msgid_plural and msgstr; a comment begins with #.",
    ),
    "msgid missing": ("this message has no msgid", _CUT_OFF),
    "msgstr missing": ("this msgid has no msgstr", _CUT_OFF),
    "msgstr alone": ("this msgstr has no msgid before it", _ONE_MSGSTR),
    "msgstr number": ("msgstr[{}] needs a msgid_plural before it", _ONE_MSGSTR),
    "msgstr order": ("found msgstr[{}] where msgstr[{}] was expected", _ONE_MSGSTR),
    "msgstr plain": ("msgid_plural needs msgstr[0], not msgstr", _ONE_MSGSTR),
    "msgstr second": ("the message has a second msgstr", _ONE_MSGSTR),
    "msgstr surplus": ("msgstr[{}] is one form too many", _ONE_MSGSTR),
    "order": (
        "{} is out of place",
        "The order is msgctxt, msgid, msgid_plural, msgstr, each once.",
    ),
    "orphan": (
        "this text belongs to no msgid or msgstr",
        "Remove the comment or the stray line before it, or add the missing keyword.",
    ),
    "plural forms": (
        "Plural-Forms: {}",
        "Copy the field from the gettext manual's table for the language.",
    ),
    "prefix mixed": ("one message mixes lines with #~ and without", _SAME_PREFIX),
    "prefix other": ("a line with {} continues one with {}", _SAME_PREFIX),
    "quote inside": (
        "text follows the closing quote",
        r"Write \" for a quotation mark inside the text.",
    ),
    "quote missing": (
        "the closing quote is missing",
        'End the line with "; the file may also have been cut off here.',
    ),
    "text missing": ("{} has no text in quotes", 'Write "" if it is empty.'),
    "unexpected": (
        "{} is not expected here",
        'Put text between quotes "…", or begin a comment with #.',
    ),
}
"""From a name to a message, with `{}` for what it is about, and a hint what to do."""

KINDS = {
    "duplicate": "po-duplicate",
    "header late": "po-header",
    "plural forms": "po-plural-forms",
}
"""Kinds of the problems that are not mistakes of syntax."""


def visible(text: str) -> str:
    """Return a text for the screen: without control and invisible characters, and short."""
    shown = (c if c.isprintable() or c == "\t" else f"<U+{ord(c):04X}>" for c in text[:200])
    return "".join(shown)
