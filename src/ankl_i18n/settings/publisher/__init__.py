"""Who publishes the leaflets: its name, its look, and how to reach it, from the settings."""

from ankl_i18n.settings.publisher.reader import problems, publisher
from ankl_i18n.settings.publisher.records import Colours, Contact, Helpline, Logo, Publisher

__all__ = ["Colours", "Contact", "Helpline", "Logo", "Publisher", "problems", "publisher"]
