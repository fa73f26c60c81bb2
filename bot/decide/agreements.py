# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which agreement a policy asks for, and which text of it counts: the first that was ever seen of a version."""

from dataclasses import dataclass
from urllib.parse import quote

from bot.decide.world import World
from bot.github.client import Client
from bot.github.documents import DEFAULT_BRANCH, DocumentPlace, SeenDocument, read_document
from bot.github.pull import PolicyFile, Pull
from bot.store import agreements
from bot.store.agreements import Corporate, Document, InForce, Pinned, SigningField
from bot.store.database import reading, writing
from bot.store.repositories import RepositoryFacts
from rules.agreement import Agreement, major
from rules.agreement_options import ClaOptions

_CUSTOMARY = "CLA.md"


@dataclass(frozen=True)
class Terms:
    """The agreement that people are held to, what their signatures are kept under, and the one for companies.

    `document` is None where there is none that anybody could have signed.
    """

    agreement: Agreement
    document: Document | None = None
    corporate: Corporate | None = None


def likely_place(world: World, repository: RepositoryFacts) -> DocumentPlace:
    """Where the agreement stands as far as is known, so that it can be asked for along with the pull request."""
    with reading(world.engine) as connection:
        known = agreements.find_in_force(connection, repository.id, repository.default_branch or "")
    if known is None:
        return DocumentPlace(repository.owner, repository.name, _CUSTOMARY)
    where, _, path = known.place.partition(":")
    owner, _, name = where.partition("/")
    return DocumentPlace(owner, name, path)


def terms_of(world: World, client: Client, pull: Pull, file: PolicyFile, options: ClaOptions, *, keep: bool) -> Terms:
    """The agreement of a policy. With `keep` its text is pinned, if it is the first of its version. Raises GitHubError.

    A policy that is only proposed keeps nothing.
    """
    place = _place(options.document, file, pull)
    seen = pull.document if pull.document.place == place else read_document(client, place)
    refusal = _refusal(seen, pull)
    if refusal or seen.repository_id is None:
        return Terms(Agreement(place.full, options.version, missing=refusal))
    document = Document(pull.owner_id, seen.repository_id, place.path)
    pinned = _pinned(world, document, options.version, seen, keep=keep)
    if pinned is None and seen.text is None:
        return Terms(Agreement(place.full, options.version, missing=f"{seen.problem} at {place.full}"))
    corporate = _corporate(world, client, pull, file, options) if keep else None
    terms = Terms(_agreement(world, pull, place, options, document, pinned), document, corporate)
    if keep and pinned is not None:
        _keep(world, pull, options, terms, place.full, pinned)
    return terms


def no_terms(world: World, pull: Pull) -> None:
    """The policy asks nobody to sign (any more)."""
    with reading(world.engine) as connection:
        known = agreements.find_in_force(connection, pull.repository.id, pull.base_ref)
    if known is not None:
        with writing(world.engine) as connection:
            agreements.forget_in_force(connection, pull.repository.id, pull.base_ref)


# -- where it stands ----------------------------------------------------------------------------------------------


def _place(document: str, file: PolicyFile, pull: Pull) -> DocumentPlace:
    """A path is one in the repository, and on the branch, that the policy itself was read from."""
    where, colon, path = document.rpartition(":")
    if colon:
        owner, _, name = where.partition("/")
        return DocumentPlace(owner, name, path)
    owner, _, name = file.repository.partition("/")
    own_branch = not file.shared and file.branch != pull.default_branch
    return DocumentPlace(owner, name, document, f"refs/heads/{file.branch}" if own_branch else DEFAULT_BRANCH)


def _refusal(seen: SeenDocument, pull: Pull) -> str | None:
    """Why nobody could be held to a document that stands there; None if they can."""
    if seen.repository_id is None:
        return f"{seen.problem} ({seen.place.full})"
    if seen.owner_id != pull.owner_id:
        return f"{seen.place.full} belongs to another owner"
    if seen.private and seen.repository_id != pull.repository.id:
        return f"{seen.place.full} is not public, so that its signers could not read it"
    return None


# -- which text counts --------------------------------------------------------------------------------------------


def _pinned(world: World, document: Document, version: str, seen: SeenDocument, *, keep: bool) -> Pinned | None:
    with reading(world.engine) as connection:
        pinned = agreements.find_pinned(connection, document, version)
    if not keep or seen.text is None or _stands(pinned, agreements.digest(seen.text)):
        return pinned
    with writing(world.engine) as connection:
        return agreements.pin(connection, document, version, seen.text, seen.commit, world.clock())


def _stands(pinned: Pinned | None, digest: str) -> bool:
    """Whether what is known of a version already says what was seen now."""
    if pinned is None:
        return False
    return pinned.drifted == (None if pinned.sha256 == digest else digest)


def _agreement(
    world: World, pull: Pull, place: DocumentPlace, options: ClaOptions, document: Document, pinned: Pinned | None
) -> Agreement:
    with reading(world.engine) as connection:
        since = agreements.major_since(connection, document, major(options.version))
    return Agreement(
        place=place.full,
        version=options.version,
        since=world.clock() if since is None else since,
        page=_page(world, pull),
        drifted=pinned is not None and pinned.drifted is not None,
    )


def _page(world: World, pull: Pull) -> str | None:
    if world.url is None:
        return None
    branch = "" if pull.base_ref == pull.default_branch else f"?branch={quote(pull.base_ref, safe='')}"
    return f"{world.url}/agreements/{pull.repository.full}{branch}"


def _corporate(world: World, client: Client, pull: Pull, file: PolicyFile, options: ClaOptions) -> Corporate | None:
    """The agreement for companies, whose text is read once for a version. None if there is none that can be had."""
    asked = options.corporate
    if asked.document is None:
        return None
    with reading(world.engine) as connection:
        known = agreements.find_in_force(connection, pull.repository.id, pull.base_ref)
    place = _place(asked.document, file, pull)
    if known and known.corporate and (known.corporate.place, known.corporate.version) == (place.full, asked.version):
        return known.corporate
    seen = read_document(client, place)
    if _refusal(seen, pull) or seen.repository_id is None:
        return None
    document = Document(pull.owner_id, seen.repository_id, place.path)
    pinned = _pinned(world, document, asked.version, seen, keep=True)
    return Corporate(document, place.full, asked.version, pinned.sha256) if pinned else None


def _keep(world: World, pull: Pull, options: ClaOptions, terms: Terms, place: str, pinned: Pinned) -> None:
    """Let the signing page know what is asked, and of which text."""
    assert terms.document is not None  # noqa: S101 - whoever keeps terms has them
    fields = tuple(SigningField(field.name, field.label, field.required) for field in options.fields)
    asked = InForce(
        pull.repository.id, pull.base_ref, terms.document, place, options.version, pinned.sha256, options.sign, fields,
        options.record_ip, terms.corporate, terms.agreement.drifted,
    )  # fmt: skip
    with reading(world.engine) as connection:
        if agreements.find_in_force(connection, pull.repository.id, pull.base_ref) == asked:
            return
    with writing(world.engine) as connection:
        agreements.keep_in_force(connection, asked, world.clock())
