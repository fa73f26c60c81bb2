# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which files are asked for a header, and why the others are not."""

import re
from dataclasses import dataclass

from rules import git_lfs
from rules.change import ChangedFile, Content, FileKind, FileStatus
from rules.licensing import generated
from rules.licensing.attributes import Attributes
from rules.licensing.comments import window
from rules.licensing.kinds import Kind, by_tools, kind_of, may_be_script, uncommentable
from rules.licensing.reuse import REUSE_TOML, SIDECAR
from rules.options import HeadersOptions

# LICENSE, LICENCE, COPYING, COPYRIGHT, NOTICE or UNLICENSE, alone or followed by a mark and more: a document, or
# without an extension, where a first line may tell that it is a script all the same.
_LEGAL = r"(?:licen[cs]es?|copying|copyright|notice|unlicense)"
_LEGAL_TEXT = re.compile(
    rf"{_LEGAL}(?:(?:[-_.][^/]*)?\.(?:txt|md|markdown|rst|adoc)|(?:[-_][^./]*)?\.html?)", re.IGNORECASE
)
_LEGAL_NAME = re.compile(rf"{_LEGAL}(?:[-_][^./]*)?", re.IGNORECASE)
_LICENSES = "LICENSES/"  # where REUSE keeps license texts (specification 3.3)
_SPDX_DOCUMENT = re.compile(r"(?P<of>.+)\.spdx(?:\.(?:rdf|json|xml|ya?ml))?", re.DOTALL)
# A card of data or a model, whose front matter names the license of these (Hugging Face, repository cards).
_CARD = re.compile(r"(?:readme|(?:data|dataset|model)_?card)\.md", re.IGNORECASE)
_NAMES_LICENSE = re.compile(r"\ufeff?\s{0,100}---[ \t]*\r?\n(?:(?!---)[^\n]*\n)*?licen[cs]es?[ \t]*:")

REASONS = {  # why a file was passed over, of one file and of several, in the order in which it is told
    "scope": ("was changed, not added", "were changed, not added"),
    "paths": ("is left out by the policy", "are left out by the policy"),
    "license": ("has no license in the policy for its path", "have no license in the policy for their paths"),
    "link": ("is a symbolic link or a submodule", "are symbolic links or submodules"),
    "legal": ("is a license text", "are license texts"),
    "speaks": ("tells the licenses of others", "tell the licenses of others"),
    "by-tools": ("is of a kind that tools write", "are of kinds that tools write"),
    "plain": ("only holds settings or a list", "only hold settings or lists"),
    "mute": ("cannot carry comments", "cannot carry comments"),
    "kind": ("has no known comment style", "have no known comment style"),
    "empty": ("is empty", "are empty"),
    "binary": ("is binary", "are binary"),
    "lfs": ("is a Git LFS pointer", "are Git LFS pointers"),
    "card": ("is a card that names a license itself", "are cards that name a license themselves"),
    "vendored": ("is kept where files from elsewhere belong", "are kept where files from elsewhere belong"),
    "attributes": (
        "is generated, says .gitattributes on the base branch",
        "are generated, says .gitattributes on the base branch",
    ),
    "name": ("has a name that tools give", "have names that tools give"),
    "marker": ("says of itself that a tool made it", "say of themselves that a tool made them"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a file: this license, in comments of this kind or, where it is of none, in a file beside it.

    `unless_script` is why nothing is asked of a file unless its first line names an interpreter, which tells its kind.
    """

    kind: Kind | None
    license: str
    unless_script: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """A file of which nothing is asked, why, and the line that says so, where one does (else 0)."""

    path: str
    reason: str
    line: int = 0


def speaks_for_others(path: str) -> bool:
    """Whether a file says which license other files are under."""
    name = path.rpartition("/")[2]
    return name == REUSE_TOML or (name.endswith(SIDECAR) and name != SIDECAR)


def asked(file: ChangedFile, options: HeadersOptions) -> Asked | str:
    """What is asked of a file, or the reason why nothing is, as far as that can be said before it is read."""
    if reason := _out_of_question(file, options):
        return reason
    kind, unless_script = kind_of(file.path), _unless_script(file.path)
    reason = _plain(kind, options) if kind else _without_comments(file.path, options)
    if reason and not unless_script:
        return reason
    if not options.include.match(file.path) or options.exclude.match(file.path):
        return "paths"
    license_ = next((entry.license for entry in options.license if entry.paths.match(file.path)), None)
    return Asked(kind, license_, unless_script) if license_ else "license"


def _out_of_question(file: ChangedFile, options: HeadersOptions) -> str:
    if options.scope == "added" and file.status not in (FileStatus.ADDED, FileStatus.COPIED):
        return "scope"
    if file.kind is not FileKind.REGULAR:
        return "link"
    if file.size == 0:
        return "empty"
    if speaks_for_others(file.path):
        return "speaks"
    return "legal" if _is_legal(file.path) else ""


def _is_legal(path: str) -> bool:
    name = path.rpartition("/")[2]
    document = _SPDX_DOCUMENT.fullmatch(name)
    kept = path.startswith(_LICENSES) and not kind_of(path) and not may_be_script(path)
    return kept or _LEGAL_TEXT.fullmatch(name) is not None or (document is not None and not kind_of(document["of"]))


def _unless_script(path: str) -> str:
    """Why nothing is asked of a file unless it turns out to be a script; empty if its path tells enough."""
    if not may_be_script(path):
        return ""
    legal = path.startswith(_LICENSES) or _LEGAL_NAME.fullmatch(path.rpartition("/")[2])
    return "legal" if legal else "kind"


def _plain(kind: Kind, options: HeadersOptions) -> str:
    """Why nothing is asked of a file of a kind that carries comments; empty if something is."""
    return "plain" if kind.plain and options.uncommentable == "pass" else ""


def _without_comments(path: str, options: HeadersOptions) -> str:
    """Why nothing is asked of a file of no kind that carries comments; empty if something is."""
    if by_tools(path):
        return "by-tools"
    if not uncommentable(path):
        return "kind"
    return "" if options.uncommentable == "sidecar" else "mute"


def not_by_hand(path: str, attributes: Attributes) -> str:
    """Why a file counts as made elsewhere or by a tool, whatever is in it; empty if nothing says so.

    What `.gitattributes` of the base branch say goes before what a path tells.
    """
    vendored, made = attributes.vendored(path), attributes.generated(path)
    if vendored or (vendored is None and generated.vendored(path)):
        return "vendored"
    if made:
        return "attributes"
    return "name" if made is None and generated.by_name(path) else ""


def without_text(content: Content, kind: Kind | None) -> str:
    """Why nothing is asked of a file with this content; empty if something is."""
    if content.binary:
        return "binary" if kind else ""
    if content.whole and not content.text.removeprefix("\ufeff").strip():
        return "empty"
    return "lfs" if git_lfs.size_behind(content) is not None else ""


def names_own_license(path: str, content: Content) -> bool:
    """Whether a file is a card that says in its front matter which license data or a model is under.

    A header beside that would only contradict it.
    """
    name = path.rpartition("/")[2]
    return _CARD.fullmatch(name) is not None and _NAMES_LICENSE.match(content.text) is not None


def marked(path: str, text: str, attributes: Attributes) -> int:
    """The line by which a file says that a tool made it, or 0; the base branch's `.gitattributes` may take it back."""
    if attributes.generated(path) is False:
        return 0
    line = generated.marker(window(text))
    return line.number if line else 0
