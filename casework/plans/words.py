"""The parties of a plan in words. Pure."""

from casework.models import Party

WORDS = {
    Party.PARTICIPANT: "deltagaren",
    Party.PEDAGOGUE: "huvudkontakten",
    Party.OFFICER: "arbetsförmedlaren",
}


def party_words(party: str) -> str:
    """Return a party within a sentence: huvudkontakten."""
    return WORDS[Party(party)]
