# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The files that may govern a contribution, out of GitHub's words for a repository and its owner."""

from dataclasses import dataclass, replace
from typing import Any

POLICY_PATH = ".github/governance.yml"
SIGN_OFFS_PATH = ".github/dco.yml"
"""Where the DCO App is configured; it holds where the policy does not speak of sign-offs."""


@dataclass(frozen=True)
class PolicyFile:
    """What stands at `.github/governance.yml` on one branch, or at another path of its kind.

    `readable` is false where GitHub does not show the repository, so that nothing is known; `text` is None where
    there is no such file; `problem` says why a file that is there cannot be taken as text. `shared` marks the
    organization's own file.
    """

    repository: str
    branch: str
    commit: str
    readable: bool = True
    text: str | None = None
    problem: str | None = None
    shared: bool = False
    path: str = POLICY_PATH

    @property
    def place(self) -> str:
        """Where the file stands, for people: `owner/name:path`."""
        return f"{self.repository}:{self.path}"

    @property
    def source(self) -> str:
        """The place and the commit: `owner/name:path@SHA`."""
        return f"{self.place}@{self.commit}"

    @property
    def key(self) -> str:
        """What one such file is remembered by; the organization's has one branch, known or not."""
        return self.place if self.shared else f"{self.place}@{self.branch}"


Raw = dict[str, Any]


def policies_of(repository: Raw, owner: Raw | None, branch: str, tip: Raw) -> tuple[PolicyFile, ...]:
    """The policies that may govern, the nearest first: of a branch with this tip, the default branch, the owner's."""
    full_name, default = repository["nameWithOwner"], repository["defaultBranchRef"]
    found = [policy_file(full_name, branch, tip)]
    if default and default["name"] != branch:
        found.append(policy_file(full_name, default["name"], target(default)))
    if full_name.endswith("/.github"):
        return tuple(found)
    shared = (owner or {}).get("repository")
    if shared is None:
        place = full_name.partition("/")[0] + "/.github"
        return (*found, PolicyFile(place, "", "", readable=False, shared=True))
    ref = shared["defaultBranchRef"] or {"name": ""}
    return (*found, replace(policy_file(shared["nameWithOwner"], ref["name"], target(ref)), shared=True))


def sign_offs_of(repository: Raw, owner: Raw | None, branch: str, tip: Raw) -> tuple[PolicyFile, ...]:
    """The DCO App's files that there are: on a branch with this tip, the default branch, in the owner's repository."""
    shared = (owner or {}).get("repository") or {"nameWithOwner": "", "defaultBranchRef": None}
    places = ((repository["nameWithOwner"], branch, tip), *map(_default, (repository, shared)))
    files = (policy_file(place, its_branch, commit, "signOffs") for place, its_branch, commit in places)
    return tuple(replace(file, path=SIGN_OFFS_PATH) for file in files if file.text is not None or file.problem)


def target(ref: Raw | None) -> Raw:
    """The commit that a branch points to; nothing where there is no branch."""
    return (ref or {}).get("target") or {}


def policy_file(repository: str, branch: str, commit: Raw, field: str = "file") -> PolicyFile:
    """The file that a commit has at a path, as the query asked for it under the name `field`."""
    entry, sha = commit.get(field), commit.get("oid", "")
    if entry is None:
        return PolicyFile(repository, branch, sha)
    blob = entry["object"] or {}
    if entry["mode"] not in (0o100644, 0o100755) or blob.get("text") is None:
        return PolicyFile(repository, branch, sha, problem="it is not a text file")
    if blob["isTruncated"]:
        return PolicyFile(repository, branch, sha, problem="it is too large for GitHub to show whole")
    return PolicyFile(repository, branch, sha, text=blob["text"])


def _default(repository: Raw) -> tuple[str, str, Raw]:
    ref = repository["defaultBranchRef"] or {"name": ""}
    return repository["nameWithOwner"], ref["name"], target(ref)
