"""Leaflets in Markdown: parsed once into blocks, segmented once for all stages."""

from ankl_i18n.source.parse import parse
from ankl_i18n.source.records import Document, LinkTitle, Section, Segment, Slot

__all__ = ["Document", "LinkTitle", "Section", "Segment", "Slot", "parse"]
