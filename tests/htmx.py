"""Test the swap, not only the fragment: what the browser ends up with equals the page loaded afresh."""

from copy import deepcopy
from xml.etree.ElementTree import Element, tostring

from tinyhtml5 import parse

# The new token of each answer, and marks htmx itself puts on a page, say nothing about its content.
FLEETING = {"csrfmiddlewaretoken", "once_key"}


def assert_swap_gives_page(client, url: str, *, start: str, target: str) -> None:
    """Open `start`, let htmx fetch `url` into `target` (an id), compare with `url` loaded afresh.

    Only the target and elements swapped out of band may change, so a page that shows the same fact
    in a second place must swap that too.
    """
    page = client.get(start).content
    fragment = client.get(url, headers={"HX-Request": "true", "HX-Target": target})
    assert "HX-Request" in fragment["Vary"]
    assert b"<html" not in fragment.content, "The fragment is a whole page."
    swapped = after_swap(page, fragment.content, target)
    fresh = _document(client.get(url).content)
    for name in {target, *swapped.ids}:
        assert comparable(swapped.tree, name) == comparable(fresh, name)
    assert text_of(swapped.tree, "main") == text_of(fresh, "main")


class Swapped:
    """A page after a swap, and the ids that were swapped out of band."""

    def __init__(self, tree: Element):
        self.tree = tree
        self.ids: list[str] = []


def after_swap(page, fragment, target: str) -> Swapped:
    """Return the page with the fragment swapped in as outerHTML, and its out-of-band parts in place."""
    result = Swapped(_document(page))
    body = _document(fragment).find("body")
    for part in [part for part in body.iter() if part.get("hx-swap-oob")]:
        _parent(body, part).remove(part)
        part.attrib.pop("hx-swap-oob")
        replace(result.tree, part.get("id"), part)
        result.ids.append(part.get("id"))
    main = next((part for part in body.iter() if part.get("id") == target), None)
    assert main is not None, f"The fragment has no element with the id {target}."
    replace(result.tree, target, main)
    return result


def replace(tree: Element, name: str, new: Element) -> None:
    """Put an element in the place of the one with the id; it has to be there."""
    old = by_id(tree, name)
    new = deepcopy(new)
    new.tail = old.tail
    parent = _parent(tree, old)
    parent[list(parent).index(old)] = new


def by_id(tree: Element, name: str) -> Element:
    """Return the one element with the id."""
    found = [element for element in tree.iter() if element.get("id") == name]
    assert len(found) == 1, f"{len(found)} elements have the id {name}."
    return found[0]


def comparable(tree: Element, name: str) -> str:
    """Return an element's markup with spaces levelled and fleeting values left out."""
    element = deepcopy(by_id(tree, name))
    element.tail = None
    for field in element.iter():
        if field.get("name") in FLEETING:
            field.set("value", "")
    return " ".join(tostring(element, encoding="unicode").split())


def text_of(tree: Element, tag: str) -> str:
    """Return what can be read in the first element of a kind."""
    return " ".join("".join(next(tree.iter(tag)).itertext()).split())


def _document(markup) -> Element:
    text = markup.decode() if isinstance(markup, bytes) else markup
    return parse(text, namespace_html_elements=False)


def _parent(tree: Element, child: Element) -> Element:
    return next(element for element in tree.iter() if child in list(element))
