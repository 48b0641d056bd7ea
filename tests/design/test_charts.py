from base64 import b64decode
from xml.etree import ElementTree

from core import charts

SVG = "{http://www.w3.org/2000/svg}"


def tree(chart):
    return ElementTree.fromstring(b64decode(chart.source.partition(",")[2]))


def bars(chart, name):
    return [
        float(bar.get("height"))
        for bar in tree(chart).iter(f"{SVG}rect")
        if bar.get("class") == name and bar.get("y") != "8"
    ]


def test_bars_are_as_high_as_their_values():
    chart = charts.grouped_bars("In och ut", ["jan", "feb"], {"In": [10, 20], "Ut": [5, 0]})
    first, second = bars(chart, "first")
    assert second == 2 * first
    assert bars(chart, "second") == [first / 2]


def test_table_holds_the_numbers_of_the_bars():
    chart = charts.grouped_bars("In och ut", ["jan", "feb"], {"In": [10, 1200], "Ut": [5, 0]})
    assert chart.head == ("", "In", "Ut")
    assert chart.rows == (("jan", "10", "5"), ("feb", "1\xa0200", "0"))
    assert chart.alt == "In och ut. Sammanlagt: In 1\xa0210 och Ut 5."


def test_scale_has_round_steps_above_the_largest_value():
    scale = charts.Scale.over([28, 3])
    assert (scale.top, scale.step) == (30, 10)
    assert charts.Scale.over([]).top == 1
    assert charts.Scale.over([40]).top == 40


def test_counts_have_whole_steps_even_when_small():
    scale = charts.Scale.over([2], smallest_step=1)
    assert scale.ticks() == [0, 1, 2]


def test_missing_value_leaves_a_gap_in_the_line():
    chart = charts.line_with_goal(
        "Andel", ["a", "b", "c"], [0.5, None, 0.7], goal=0.6, as_percent=True
    )
    assert (
        len([path for path in tree(chart).iter(f"{SVG}path") if path.get("class") == "line"]) == 2
    )
    assert chart.rows[1] == ("b", "–")
    assert chart.alt == "Andel. Senast 70\xa0%. Målet är 60\xa0%."


def test_chart_without_values_can_be_drawn():
    assert charts.grouped_bars("In", [], {"In": []}).rows == ()
    assert "inga uppgifter" in charts.line_with_goal("Andel", [], []).alt
    assert "0" in charts.goal_bar("Volym", 0, 0).alt


def test_bar_passes_the_mark_above_the_goal():
    chart = charts.goal_bar("Volym", 538, 465)
    [bar] = [rect for rect in tree(chart).iter(f"{SVG}rect") if rect.get("class") == "first"]
    [mark] = [path for path in tree(chart).iter(f"{SVG}path") if path.get("class") == "goal"]
    assert float(bar.get("width")) > float(mark.get("d")[1:].split()[0])


def test_words_from_outside_are_escaped():
    chart = charts.grouped_bars('<"x">', ["<b>"], {"<i>": [1]})
    assert "<b>" not in chart.svg
    assert "<i>" not in chart.svg
    assert '<"x">' not in chart.svg
