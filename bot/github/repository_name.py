# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Where a repository is to be found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RepositoryName:
    """Where to call: GitHub's numeric id, the owner's login and the name that it has now."""

    id: int
    owner: str
    name: str

    @property
    def full(self) -> str:
        """`owner/name`."""
        return f"{self.owner}/{self.name}"

    @property
    def path(self) -> str:
        """The beginning of the repository's REST paths."""
        return f"/repos/{self.owner}/{self.name}"
