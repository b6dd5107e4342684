"""One Markdown patient leaflet in; a web page and a PDF in every reader's language out."""

__version__ = "0.9.0"
__all__ = ["__version__"]
