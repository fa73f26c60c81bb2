# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What governs a repository as a whole, before anybody opens a pull request."""

from dataclasses import dataclass

from bot.github.client import Client
from bot.github.documents import DocumentPlace, SeenDocument, seen_document
from bot.github.errors import Gone
from bot.github.policy_files import POLICY_PATH, SIGN_OFFS_PATH, PolicyFile, policies_of, target
from bot.github.queries import query
from bot.github.repository_name import RepositoryName


@dataclass(frozen=True)
class Governance:
    """The policies for a repository's default branch, the nearest first, and the agreement that was asked for along."""

    repository: RepositoryName
    owner_id: int
    default_branch: str
    policies: tuple[PolicyFile, ...]
    document: SeenDocument

    @property
    def base_ref(self) -> str:
        """The branch that all of this is about."""
        return self.default_branch


def read_governance(client: Client, repository: RepositoryName, document: DocumentPlace) -> Governance:
    """Read what governs a repository. Raises Gone where it is not to be seen, and GitHubError."""
    variables = {
        "owner": repository.owner, "name": repository.name, "policy": POLICY_PATH, "signOffs": SIGN_OFFS_PATH,
        **document.variables,
    }  # fmt: skip
    data = client.graphql(query("governance", "policy_file", "agreement"), variables)
    raw = data["repository"]
    if raw is None:
        raise Gone(f"{repository.full} is not to be seen", 404)
    default = raw["defaultBranchRef"] or {"name": ""}
    policies = policies_of(raw, data["repositoryOwner"], default["name"], target(default))
    seen = seen_document(document, data["agreement"])
    return Governance(repository, raw["owner"]["databaseId"], default["name"], policies, seen)
