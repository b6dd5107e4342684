"""What is loaded once, before workers are forked: they share it."""

from ankl_i18n.render import fonts, pdf

fonts.configuration()

__all__ = ["pdf"]
