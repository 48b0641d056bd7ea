from django.template import Context, Template


def test_a_key_above_a_thousand_is_written_as_a_key():
    page = Template('<input value="{{ pk }}">').render(Context({"pk": 1717}))
    assert page == '<input value="1717">'
