# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which commits a check is about: the ends of a range, the branch that it is meant for, the repository's name."""

import re

from bot.checkout.git import CheckoutError, Git

_BRANCHES = ("refs/remotes/origin/", "refs/heads/")
# https://host/owner/name, ssh://git@host:22/owner/name and git@host:owner/name, each with or without .git
_ORIGIN = re.compile(
    r"(?:(?:https?|ssh|git)://[^/\s]+/|(?:[\w.-]+@)?[\w.-]+:)(?P<owner>[\w.-]+)/(?P<name>[\w.-]+?)(?:\.git)?/?",
    re.ASCII,
)


def commit(git: Git, ref: str) -> str:
    """The full SHA of the commit that a reference names. Raises `CheckoutError` if it names none."""
    sha = _commit(git, ref)
    if sha is None and ref == "HEAD":
        raise CheckoutError("nothing is committed here yet: --staged judges what is staged")
    if sha is None:
        raise CheckoutError(f"{ref} is not a commit, branch or tag of this repository{_partly(git)}")
    return sha


def head(git: Git) -> str | None:
    """The commit that is checked out, or None in a repository that has no commit yet."""
    return _commit(git, "HEAD")


def merged(git: Git) -> str | None:
    """The commit that is being merged into the one that is checked out, or None where no merge is in the making."""
    return _commit(git, "MERGE_HEAD")


def default_branch(git: Git) -> str | None:
    """The full reference of the default branch: what origin says it is, else main, master or the configured name."""
    found = _first(git, "refs/remotes/origin/HEAD", *_places("main"), *_places("master"))
    return found or _first(git, *_places(git.line("config", "--get", "init.defaultBranch") or "main"))


def base(git: Git, ref: str | None) -> str:
    """The reference to compare with: this one, or the default branch. Raises `CheckoutError` if there is none."""
    found = ref or default_branch(git)
    if found is None:
        otherwise = "name one with --base, or use --all"
        raise CheckoutError(f"there is no default branch here to compare with: {otherwise}{_partly(git)}")
    return found


def branch_name(git: Git, ref: str) -> str:
    """The name of the branch that a reference stands for, as a policy's `branches` would match it, or "" for none."""
    return short_name(git.line("rev-parse", "--symbolic-full-name", ref) or "")


def short_name(full: str) -> str:
    """The name of a branch by its full reference, or "" for what is no branch."""
    return next((full.removeprefix(place) for place in _BRANCHES if full.startswith(place)), "")


def shown(ref: str) -> str:
    """A reference as people call it: a branch by its name, one of a remote with the remote's before it."""
    return ref.removeprefix("refs/heads/").removeprefix("refs/remotes/")


def has_remote(git: Git) -> bool:
    """Whether the repository knows another one."""
    return bool(git.output("remote").strip())


def merge_base(git: Git, base: str, head: str) -> str:
    """The commit where two histories part. Raises `CheckoutError` if none is known here."""
    found = git.line("merge-base", base, head)
    if found:
        return found
    if _is_shallow(git):
        raise CheckoutError(f"BASE and HEAD have no commit in common that is known here{_partly(git)}")
    raise CheckoutError("BASE and HEAD have no commit in common")


def _partly(git: Git) -> str:
    """What to do about a clone that holds only a part of its repository, in words to put behind an error."""
    if _is_shallow(git):
        return "; this clone is shallow: git fetch --unshallow, or fetch-depth: 0 for actions/checkout"
    fetched = (git.line("config", "--get-all", "remote.origin.fetch") or "*").splitlines()
    if not any("*" in one for one in fetched):
        every = "git remote set-branches origin '*' and git fetch"
        return f"; this clone has a single branch: {every}, or fetch-depth: 0 for actions/checkout"
    return ""


def _is_shallow(git: Git) -> bool:
    return git.line("rev-parse", "--is-shallow-repository") == "true"


def empty_tree(git: Git) -> str:
    """The id of the tree that holds nothing, which depends on the repository's hash."""
    return git.output("hash-object", "-t", "tree", "--stdin").decode("ascii").strip()


def repository(git: Git) -> str | None:
    """`owner/name` as the address of the remote `origin` says, or None."""
    address = git.line("remote", "get-url", "origin") or ""
    match = _ORIGIN.fullmatch(address)
    return f"{match['owner']}/{match['name']}" if match else None


def _commit(git: Git, ref: str) -> str | None:
    return git.line("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")


def _places(name: str) -> tuple[str, ...]:
    return tuple(f"{place}{name}" for place in _BRANCHES)


def _first(git: Git, *refs: str) -> str | None:
    """The first of these references that exists, or what it points to if it is a symbolic one."""
    rows = git.output("for-each-ref", "--format=%(refname) %(symref)", *refs).decode("utf-8", "replace").splitlines()
    target_of = dict(row.split(" ", 1) for row in rows)
    return next((target_of[ref] or ref for ref in refs if ref in target_of), None)
