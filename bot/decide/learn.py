# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""When a repository is added, or its policy changes: learn which agreement it asks for, so that people may sign it
before they open their first pull request.
"""

from bot.decide.agreements import agreement_asked, likely_place, no_terms, terms_of
from bot.decide.evaluate import StoredPolicies
from bot.decide.policies import choose
from bot.decide.world import World
from bot.github.client import Client
from bot.github.governance import read_governance
from bot.github.repository_name import RepositoryName
from bot.store.repositories import RepositoryFacts


def learn_agreement(world: World, client: Client, facts: RepositoryFacts, name: RepositoryName) -> None:
    """Pin the text that the policy of the default branch wants signed, if it asks for any. Raises GitHubError."""
    governance = read_governance(client, name, likely_place(world, facts))
    governing = choose(governance.policies, StoredPolicies(world))
    options = agreement_asked(governing.policy, governance.base_ref)
    if options is not None and governing.file is not None:
        terms_of(world, client, governance, governing.file, options, keep=True)
    else:
        no_terms(world, governance)
