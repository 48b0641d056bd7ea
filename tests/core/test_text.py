import pytest

from core.text import digits, fold, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [("  ÅSA  Öberg ", "åsa öberg"), ("Åsa", "åsa"), ("Émile", "émile"), ("", "")],
)
def test_text_is_folded_with_swedish_letters_kept(text, folded):
    assert fold(text) == folded


def test_a_swedish_list_ends_with_a_ring_a_dots_and_o_dots():
    names = ["Örn", "Zorn", "Ärla", "Åsa", "Émile", "Eva", "vilhelm", "Wahl", "Öberg Ek", "Öberg"]
    assert sorted(names, key=sort_key) == [
        "Émile", "Eva", "vilhelm", "Wahl", "Zorn", "Åsa", "Ärla", "Öberg", "Öberg Ek", "Örn",
    ]  # fmt: skip


def test_a_letter_from_elsewhere_sorts_by_its_base():
    assert sort_key("Yılmaz") == sort_key("yilmaz")


def test_only_digits_are_left_of_a_telephone_number():
    assert digits("070-174 06 05") == "0701740605"
