# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files with headers for one commit: read to the last byte, asked about again, mended, and found to pass after that."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.decide.fixes.clicked import LeftOut, Mended
from bot.decide.fixes.headers import HeadersClicked
from bot.decide.fixes.limits import EXECUTABLE, MOST_BYTES, MOST_FILES, NOT_AS_JUDGED, TOO_LARGE, TOO_MANY
from bot.github.branches import read_blob
from bot.github.content import LARGEST
from bot.github.entries import Entry, read_entries
from rules.change import Change, ChangedFile, FileKind, Side, decoded
from rules.licensing.mending import mended
from rules.licensing.proposal import Proposal

_WORKFLOWS = ".github/workflows/"
_WORKFLOW = "GitHub lets an App write workflows only with a right of their own"
_NO_REMEDY = "with the header alone it would not pass"

Wanted = tuple[ChangedFile, Proposal]


def mend(clicked: HeadersClicked) -> Mended:
    """Every file of the pull request that a commit can add a header to. Raises Retry, Refused and GitHubError."""
    mending = _Mending(clicked)
    files = mending.files()
    return Mended(files, tuple(LeftOut(path, why) for path, why in sorted(mending.reasons.items())))


class _Mending:
    """One commit while it is put together; `reasons` are why files are left to people, by path."""

    def __init__(self, clicked: HeadersClicked) -> None:
        self._clicked = clicked
        self.reasons: dict[str, str] = {}

    def files(self) -> dict[str, bytes]:
        """What to write, by path: only what the rule still wants once all of it is read, and what then passes."""
        chosen = list(self._chosen())
        own = [(file, self._bytes(file)) for file, proposal in chosen if proposal.path == file.path]
        again = {file.path: proposal for file, proposal in self._clicked.proposals(self._with(own))}
        new = [(file, mended(data, again[file.path])) for file, data in own if file.path in again]
        lacking = self._clicked.lacking(self._with(new))
        self.reasons |= {file.path: _NO_REMEDY for file, _ in own if file.path not in again or file.path in lacking}
        beside = {proposal.path: mended(b"", proposal) for file, proposal in chosen if proposal.path != file.path}
        return {**{file.path: data for file, data in new if file.path not in lacking}, **beside}

    def _chosen(self) -> Iterator[Wanted]:
        """As much as fits into one commit."""
        possible = list(self._possible())
        places = sorted((Side.HEAD, proposal.path) for _, proposal in possible)
        entries, _ = read_entries(self._clicked.client, self._clicked.pull, places)
        size = 0
        for file, proposal in possible:
            entry = entries.get((Side.HEAD, proposal.path))
            if why := _objection(file, proposal, entry):
                self.reasons[file.path] = why
                continue
            size += entry.size if entry else 0
            if size <= MOST_BYTES:
                yield file, proposal
            else:
                self.reasons[file.path] = TOO_MANY

    def _possible(self) -> Iterator[Wanted]:
        """What is not out of question before anything is read."""
        wanted = [one for one in self._clicked.wanted if not one[1].path.startswith(_WORKFLOWS)]
        workflows = (file for file, proposal in self._clicked.wanted if proposal.path.startswith(_WORKFLOWS))
        self.reasons |= {file.path: _WORKFLOW for file in workflows}
        self.reasons |= {file.path: TOO_MANY for file, _ in wanted[MOST_FILES:]}
        yield from wanted[:MOST_FILES]

    def _bytes(self, file: ChangedFile) -> bytes:
        self._clicked.hold()  # many files take long
        return read_blob(self._clicked.client, self._clicked.pull.repository, file.blob or "")

    def _with(self, files: Iterable[tuple[ChangedFile, bytes]]) -> Change:
        """The contribution, but of nothing else than these files with these bytes."""
        read = (replace(file, size=len(data), content=decoded(data, whole=True)) for file, data in files)
        return replace(self._clicked.read, files=tuple(read))


def _objection(file: ChangedFile, proposal: Proposal, entry: Entry | None) -> str:
    """Why what stands at the path forbids it, or nothing. Of a file that is yet to be made, nothing may be there."""
    if proposal.path != file.path:
        return NOT_AS_JUDGED if entry else ""
    if entry is None or entry.kind is not FileKind.REGULAR or entry.oid != file.blob:
        return NOT_AS_JUDGED
    if entry.executable:
        return EXECUTABLE
    return TOO_LARGE if entry.size > LARGEST else ""
