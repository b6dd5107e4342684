"""Task lists: `- [ ] text` is an item with a box to tick, `- [x] text` one that is ticked.

The box becomes part of the item before its text becomes a message, so that translators see the
text alone. (`mdit_py_plugins.tasklists` puts it into the text.) The marks are those of GitHub
Flavored Markdown 0.29, 5.3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token

BOX: Final = re.compile(r"\[([ xX])\]\s+(?=\S)")
KEY: Final = "task"  # in the `meta` of an item: True if its box is ticked, False if it is empty


def mark_tasks(tokens: Sequence[Token]) -> None:
    """Take the box from the text of each item that begins with one, and note it in the item."""
    for item, paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open":
            continue
        box = BOX.match(inline.content)
        if box:
            inline.content = inline.content[box.end() :]
            item.meta[KEY] = box[1] != " "
