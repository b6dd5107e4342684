"""The names of the formats: the command line knows them before any format is loaded."""

from typing import Final

ENDINGS: Final = {
    "xliff": ".xlf", "xliff2": ".xliff", "xlsx": ".xlsx", "docx": ".docx", "csv": ".csv",
    "html": ".html", "tmx": ".tmx", "tbx": ".tbx",
}  # fmt: skip
