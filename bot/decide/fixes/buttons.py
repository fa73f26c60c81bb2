# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The buttons that mend, and what each does."""

from bot.decide.fixes import cards, mend, review
from bot.decide.fixes.cards import CardsClicked
from bot.decide.fixes.clicked import Button, files
from bot.decide.fixes.headers import HeadersClicked
from bot.store.fixes import Kind

BUTTONS = {
    Kind.HEADERS: Button(
        HeadersClicked,
        "Add license headers",
        lambda count: f"the headers that the policy asks for to {files(count)}",
        mend.mend,
        review.review,
        review.tell_what_is_left,
    ),
    Kind.CARD: Button(
        CardsClicked,
        "Add cards to be filled in",
        lambda count: f"{'the card that is' if count == 1 else f'{count} cards that are'} missing, to be filled in",
        cards.mend,
        cards.review,
        cards.tell_what_is_left,
    ),
}
"""What to do with a press, by the kind of button."""
