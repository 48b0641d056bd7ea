"""An address that is itself the key stands in no log, also when the request is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import SigningLink
from core.logs import hide
from tests.casework.signing_world import came, qr
from tests.cast import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    found = make_person()
    came(found, 1)
    return found


def test_a_link_that_has_changed_rows_or_run_out_is_refused_without_its_token_in_the_log(
    client, person, pedagogue, caplog
):
    made, url = qr(person, pedagogue)
    assert client.post(url, {"shown": "something else"}).status_code == 422
    SigningLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert client.get(url).status_code == 410
    assert "/u/…" in caplog.text
    assert made.token not in caplog.text


def test_a_calendar_feed_that_is_not_there_is_not_written_either(client, caplog):
    assert client.get("/aktiviteter/kalender/hemlig-adress.ics").status_code == 404
    assert "/kalender/…" in caplog.text
    assert "hemlig-adress" not in caplog.text


def test_other_words_stay():
    assert hide("/deltagare/12/narvaro/") == "/deltagare/12/narvaro/"
    assert hide(404) == 404
