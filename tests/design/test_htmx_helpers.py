import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from core.htmx import wants_fragment
from tests.htmx import after_swap, comparable, text_of


def request(**headers):
    made = RequestFactory().get("/", headers=headers)
    made.htmx = HtmxDetails(made)
    return made


def test_htmx_gets_the_fragment():
    assert wants_fragment(request(**{"HX-Request": "true"}))


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_boosted_link_and_restored_history_get_the_page(header):
    assert not wants_fragment(request(**{"HX-Request": "true", header: "true"}))


def test_plain_request_gets_the_page():
    assert not wants_fragment(request())


def test_swap_puts_fragment_and_out_of_band_parts_in_place():
    page = "<main><p id=antal>1</p><div id=lista>a</div></main>"
    fragment = "<div id=lista>b</div><p id=antal hx-swap-oob=true>2</p>"
    swapped = after_swap(page, fragment, "lista")
    assert text_of(swapped.tree, "main") == "2b"
    assert comparable(swapped.tree, "antal") == '<p id="antal">2</p>'
    assert swapped.ids == ["antal"]


def test_swap_into_nothing_is_an_error():
    with pytest.raises(AssertionError, match="0 elements have the id lista"):
        after_swap("<main></main>", "<div id=lista>b</div>", "lista")
