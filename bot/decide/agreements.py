# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which agreement a policy asks for, and which text of it counts: the first that was ever seen of a version."""

from dataclasses import dataclass, replace
from typing import Protocol

from bot.decide.world import World
from bot.github.client import Client
from bot.github.documents import DEFAULT_BRANCH, DocumentPlace, SeenDocument, read_document
from bot.github.policy_files import PolicyFile
from bot.github.repository_name import RepositoryName
from bot.store import agreements
from bot.store.agreements import Corporate, Document, InForce, Pinned, SigningField
from bot.store.database import reading, writing
from bot.store.digest import digest
from bot.store.repositories import RepositoryFacts
from rules.agreement import Agreement, major
from rules.agreement_options import ClaOptions
from rules.policy import Policy

_CUSTOMARY = "CLA.md"


class Where(Protocol):
    """What an agreement is asked for: a pull request, or a repository as a whole."""

    @property
    def repository(self) -> RepositoryName:
        """The repository."""
        ...

    @property
    def owner_id(self) -> int:
        """Whose it is."""
        ...

    @property
    def base_ref(self) -> str:
        """The branch that contributions are meant for."""
        ...

    @property
    def default_branch(self) -> str:
        """The repository's default branch."""
        ...

    @property
    def document(self) -> SeenDocument:
        """The agreement that GitHub was asked for along with the rest."""
        ...


@dataclass(frozen=True)
class Terms:
    """The agreement that people are held to, what their signatures are kept under, and the one for companies.

    `document` is None where there is none that anybody could have signed. `notes` are for maintainers.
    """

    agreement: Agreement
    document: Document | None = None
    corporate: Corporate | None = None
    notes: tuple[str, ...] = ()


def agreement_asked(policy: Policy | None, branch: str) -> ClaOptions | None:
    """What a policy asks of those who sign, where it asks for an agreement on contributions to a branch."""
    if policy is None or not policy.governs(branch):
        return None
    options = dict(policy.active()).get("cla")
    return options if isinstance(options, ClaOptions) and options.applies_to(branch) else None


def likely_place(world: World, repository: RepositoryFacts) -> DocumentPlace:
    """Where the agreement stands as far as is known, so that it can be asked for along with the pull request."""
    with reading(world.engine) as connection:
        known = agreements.find_in_force(connection, repository.id, repository.default_branch or "")
    if known is None:
        return DocumentPlace(repository.owner, repository.name, _CUSTOMARY)
    where, _, path = known.place.partition(":")
    owner, _, name = where.partition("/")
    return DocumentPlace(owner, name, path)


def terms_of(world: World, client: Client, where: Where, file: PolicyFile, options: ClaOptions, *, keep: bool) -> Terms:
    """The agreement of a policy. With `keep` its text is pinned, if it is the first of its version. Raises GitHubError.

    A policy that is only proposed keeps nothing.
    """
    place = _place(options.document, file, where)
    seen = where.document if where.document.place == place else read_document(client, place)
    if place.ref != DEFAULT_BRANCH:
        seen = replace(seen, commit=file.commit)
    refusal = _refusal(seen, where)
    if refusal or seen.repository_id is None:
        return Terms(Agreement(place.full, options.version, missing=refusal))
    document = _document(world, where.owner_id, seen, options.version)
    pinned = _pinned(world, document, options.version, seen, keep=keep)
    if pinned is None and seen.text is None:
        return Terms(Agreement(place.full, options.version, missing=f"{seen.problem} at {place.full}"))
    corporate, notes = _corporate(world, client, where, file, options) if keep else (None, ())
    agreement = _agreement(world, where, place, options, document, pinned)
    terms = Terms(agreement, document, corporate, (*_gone(seen, pinned), *notes))
    if keep and pinned is not None:
        _keep(world, where, options, terms, pinned)
    return terms


def no_terms(world: World, where: Where) -> None:
    """The policy asks nobody to sign (any more)."""
    with reading(world.engine) as connection:
        known = agreements.find_in_force(connection, where.repository.id, where.base_ref)
    if known is not None:
        with writing(world.engine) as connection:
            agreements.forget_in_force(connection, where.repository.id, where.base_ref)


# -- where it stands ----------------------------------------------------------------------------------------------


def _place(document: str, file: PolicyFile, where: Where) -> DocumentPlace:
    """A path is one in the repository, and on the branch, that the policy itself was read from."""
    repository, colon, path = document.rpartition(":")
    if colon:
        owner, _, name = repository.partition("/")
        return DocumentPlace(owner, name, path)
    owner, _, name = file.repository.partition("/")
    own_branch = not file.shared and file.branch != where.default_branch
    return DocumentPlace(owner, name, document, f"refs/heads/{file.branch}" if own_branch else DEFAULT_BRANCH)


def _refusal(seen: SeenDocument, where: Where) -> str | None:
    """Why nobody could be held to a document that stands there; None if they can."""
    if seen.repository_id is None:
        return f"{seen.problem} ({seen.place.full})"
    if seen.owner_id != where.owner_id:
        return f"{seen.place.full} belongs to another owner"
    if seen.private and seen.repository_id != where.repository.id:
        return f"{seen.place.full} is not public, so that its signers could not read it"
    return None


def _document(world: World, owner_id: int, seen: SeenDocument, version: str) -> Document:
    """What signatures are kept under. A branch's own text is a document of its own.

    Else whoever may push any branch would decide which text people sign for the default branch.
    """
    document = Document(owner_id, seen.repository_id or 0, seen.place.path)
    if seen.place.ref == DEFAULT_BRANCH or seen.text is None:
        return document
    own = replace(document, path=f"{seen.place.path}@{seen.place.branch}")
    with reading(world.engine) as connection:
        shared = agreements.find_pinned(connection, document, version)
        apart = agreements.find_pinned(connection, own, version)
    same = shared is not None and shared.sha256 == digest(seen.text)
    return document if same and apart is None else own


# -- which text counts --------------------------------------------------------------------------------------------


def _pinned(world: World, document: Document, version: str, seen: SeenDocument, *, keep: bool) -> Pinned | None:
    with reading(world.engine) as connection:
        pinned = agreements.find_pinned(connection, document, version)
    if not keep or seen.text is None or _stands(pinned, digest(seen.text)):
        return pinned
    with writing(world.engine) as connection:
        return agreements.pin(connection, document, version, seen.text, seen.commit, world.clock())


def _stands(pinned: Pinned | None, sha256: str) -> bool:
    """Whether what is known of a version already says what was seen now."""
    if pinned is None:
        return False
    return pinned.drifted == (None if pinned.sha256 == sha256 else sha256)


def _gone(seen: SeenDocument, pinned: Pinned | None) -> tuple[str, ...]:
    """What maintainers should know where there is no text any more."""
    if pinned is None or seen.text is not None:
        return ()
    return (
        f"The agreement cannot be read any more ({seen.problem} at {seen.place.full}); the text as first seen counts.",
    )


def _agreement(
    world: World, where: Where, place: DocumentPlace, options: ClaOptions, document: Document, pinned: Pinned | None
) -> Agreement:
    number = major(options.version)
    with reading(world.engine) as connection:
        since = agreements.major_since(connection, document, number)
        previous = agreements.major_before(connection, document, number)
    return Agreement(
        place=place.full,
        version=options.version,
        since=world.clock() if since is None else since,
        previous=previous,
        page=world.signing_page(where.repository.full, where.base_ref, where.default_branch),
        text=world.file_page(place.repository, pinned.commit, place.path) if pinned else None,
        drifted=pinned is not None and pinned.drifted is not None,
    )


def _corporate(
    world: World, client: Client, where: Where, file: PolicyFile, options: ClaOptions
) -> tuple[Corporate | None, tuple[str, ...]]:
    """The agreement for companies, if there is one that can be had, and what maintainers should know of it.

    Its text is read once for a version.
    """
    asked = options.corporate
    if asked.document is None:
        return None, ()
    with reading(world.engine) as connection:
        known = agreements.find_in_force(connection, where.repository.id, where.base_ref)
    place = _place(asked.document, file, where)
    if known and known.corporate and (known.corporate.place, known.corporate.version) == (place.full, asked.version):
        return known.corporate, ()
    seen = read_document(client, place)
    problem = _refusal(seen, where) or (seen.text is None and f"{seen.problem} at {place.full}")
    if problem or seen.repository_id is None:
        return None, (f"No company can be covered: {problem}.",)
    document = _document(world, where.owner_id, seen, asked.version)
    pinned = _pinned(world, document, asked.version, seen, keep=True)
    return (Corporate(document, place.full, asked.version, pinned.sha256) if pinned else None), ()


def _keep(world: World, where: Where, options: ClaOptions, terms: Terms, pinned: Pinned) -> None:
    """Let the signing page know what is asked, and of which text."""
    if terms.document is None:
        return
    fields = tuple(SigningField(field.name, field.label, field.required) for field in options.fields)
    asked = InForce(
        where.repository.id, where.base_ref, terms.document, terms.agreement.place, options.version, pinned.sha256,
        options.sign, fields, options.record_ip, terms.corporate, terms.agreement.drifted,
    )  # fmt: skip
    with reading(world.engine) as connection:
        if agreements.find_in_force(connection, where.repository.id, where.base_ref) == asked:
            return
    with writing(world.engine) as connection:
        agreements.keep_in_force(connection, asked, world.clock())
