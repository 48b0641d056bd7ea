"""The agenda of a weekly review: made, made again, and the next one found.

    agenda.make(review=review, by=user)       # everybody who has a reason
    agenda.refresh(review=review, by=user)    # the same again; what people have done to it stands
    rows = agenda.items_in_order(review, user)
"""

from casework.review.rows import Row, items_in_order

__all__ = ["Row", "items_in_order"]
