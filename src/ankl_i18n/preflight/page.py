"""A web page as browsers read it, whatever its markup looks like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import tinyhtml5

from ankl_i18n.preflight.reading import squeezed
from ankl_i18n.preflight.records import Output

# Elements whose text nobody sees.
UNSEEN: Final = frozenset({"head", "script", "style", "template"})
# The attributes of a block of data.
DATA: Final = {"type": "application/ld+json"}
# The namespace of attributes such as xlink:href (HTML 13.2.6.5).
XLINK: Final = "http://www.w3.org/1999/xlink"


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its name in lower case, its attributes by their names in lower case."""

    tag: str
    attributes: Mapping[str, str]


class Page:
    """A finished page, parsed by the rules of the HTML standard (13.2)."""

    def __init__(self, output: Output) -> None:
        self.output = output
        source = output.file.read_text(encoding="utf-8")
        self._tree = _parsed(source, scripting=False)
        self._if_scripts_ran = _parsed(source, scripting=True)  # <noscript> is text then

    @cached_property
    def elements(self) -> list[Element]:
        """The elements of the page, in its order."""
        return [_element(node) for node in _nodes(self._tree)]

    @cached_property
    def every_element(self) -> list[Element]:
        """The elements that any browser finds, whether it runs scripts or not."""
        return [*self.elements, *(_element(node) for node in _nodes(self._if_scripts_ran))]

    @property
    def root(self) -> Mapping[str, str]:
        """The attributes of the element `html`."""
        return self.elements[0].attributes

    @cached_property
    def head(self) -> list[Element]:
        """The elements of the head, in its order."""
        return [_element(node) for node in self._tree[0] if isinstance(node.tag, str)]

    @cached_property
    def styles(self) -> list[str]:
        """The style sheets that are in the page."""
        return ["".join(node.itertext()) for node in _nodes(self._tree) if _name(node) == "style"]

    @cached_property
    def data(self) -> list[str]:
        """The blocks of data for machines, which no browser runs (HTML 4.12.1)."""
        return ["".join(node.itertext()) for node in _nodes(self._tree) if is_data(_element(node))]

    @cached_property
    def text(self) -> str:
        """What can be read."""
        return squeezed("".join(_seen(self._tree)))

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of its elements."""
        return frozenset(
            element.attributes["id"] for element in self.elements if "id" in element.attributes
        )


def _parsed(source: str, *, scripting: bool) -> Any:
    return tinyhtml5.parse(source, namespace_html_elements=False, scripting=scripting)


def _nodes(tree: Any) -> Iterator[Any]:
    """Yield the elements of a tree, without comments."""
    return (node for node in tree.iter() if isinstance(node.tag, str))


def is_data(element: Element) -> bool:
    """Tell whether an element holds data that is never run: it says so, and nothing else."""
    return element.tag == "script" and element.attributes == DATA


def _seen(node: Any) -> Iterator[str]:
    if isinstance(node.tag, str) and _name(node) not in UNSEEN:
        yield node.text or ""
        for child in node:
            yield from _seen(child)
            yield child.tail or ""


def _element(node: Any) -> Element:
    return Element(_name(node), {_attribute(name): value for name, value in node.attrib.items()})


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2].lower()


def _attribute(name: str) -> str:
    space, _, own = name.removeprefix("{").rpartition("}")
    return f"xlink:{own}".lower() if space == XLINK else own.lower()
