# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`/steward sign`, or the sentence that says the same: sign the agreement that the pull request's branch asks for."""

from sqlalchemy import Connection

from bot.decide.commands.asked import Asked, Response, accepted, refused
from bot.decide.commands.grammar import Command
from bot.decide.commands.said import Said
from bot.decide.render.markdown import code
from bot.store import signatures
from bot.store.agreements import InForce, find_in_force
from bot.store.database import reading
from bot.work.look_again import look_again

_NO_MORE_WORDS = "`/steward sign` takes nothing behind it, and nothing was signed. Write it alone on a line."
_EDITED = "A comment that was edited signs nothing. Write a new one."
_NOT_ASKED = "Nobody is asked to sign an agreement here, and nothing was signed."
_NOT_THEIRS = (
    "Only who contributes to this pull request can sign here: its opener, and whom GitHub links to its commits. Did "
    "you write one of them? Add its e-mail address to your account on GitHub, and write `/steward sign` once more."
)


def sign(asked: Asked, command: Command) -> Response | None:
    """For those whom the pull request's agreement is asked of, where the policy lets a comment sign. Raises Retry."""
    with reading(asked.world.engine) as connection:
        agreement = find_in_force(connection, asked.repository.id, asked.branch)
    if agreement is None and command.is_phrase:
        return None  # another program asks for it here
    if command.arguments:
        return refused(_NO_MORE_WORDS)
    if asked.said.edited:
        return refused(_EDITED)
    return refused(_NOT_ASKED) if agreement is None else _sign_here(asked, agreement)


def may(asked: Asked) -> bool:
    """Whether who asks could sign here by a comment."""
    with reading(asked.world.engine) as connection:
        agreement = find_in_force(connection, asked.repository.id, asked.branch)
    return agreement is not None and "comment" in agreement.ways and asked.contributes


def _sign_here(asked: Asked, agreement: InForce) -> Response:
    if not asked.is_open:
        return refused(f"This pull request is closed, and nothing was signed. {_where(asked)}")
    if _has_signed(asked, agreement):
        return accepted()
    if not asked.contributes:
        asked.look_first()
        return refused(_NOT_THEIRS)
    if "comment" not in agreement.ways:
        return refused(f"This agreement is not signed by a comment. {_where(asked)}")
    if asks := [code(field.label) for field in agreement.fields if field.required]:
        return refused(f"This agreement asks for more than a comment can say: {', '.join(asks)}. {_where(asked)}")
    return accepted(lambda connection: _sign(connection, asked, agreement))


def _has_signed(asked: Asked, agreement: InForce) -> bool:
    with reading(asked.world.engine) as connection:
        signed = signatures.standing(connection, agreement.document, [asked.said.by.id])
    return any(one.version == agreement.version for one in signed[asked.said.by.id])


def _sign(connection: Connection, asked: Asked, agreement: InForce) -> None:
    """Sign the text that was pinned, whatever stands in its place now."""
    said = asked.said
    new = signatures.NewSignature(
        document=agreement.document,
        version=agreement.version,
        account_id=said.by.id,
        login=said.by.login,
        sha256=agreement.sha256,
        how="comment",
        signed_at=asked.world.clock(),
        evidence={"comment": said.remark.id, "url": said.address, "pull": asked.number, **_written(said)},
    )
    if signatures.sign(connection, new) is not None:
        look_again(connection, asked.world.queue, agreement.document.owner_id, [said.by.id])


def _written(said: Said) -> dict[str, str]:
    """When they wrote it, which may be long before it was read here."""
    return {"written": said.written} if said.written else {}


def _where(asked: Asked) -> str:
    page = asked.signing_page
    return f"[Sign it here]({page})." if page else "Its maintainers can say where it is signed."
