"""Names of the formats of forms, without the libraries that write them."""

from typing import Final

ENDINGS: Final = {"xlsx": ".xlsx", "docx": ".docx", "html": ".html"}
# What comes back: a page saves what was written into it in a file of its own.
BACK: Final = {"xlsx": ".xlsx", "docx": ".docx", "html": ".json"}
