# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""New lines that let a model run code while it is loaded, and what to write instead. Advice, never more.

Sources: the documentation of `torch.load`, of `pickle`, and of `trust_remote_code` in Transformers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from rules.change import Change, ChangedFile
from rules.materials.loaded.calls import Argument, Call, arguments, calls, raw
from rules.materials.loaded.code_lines import Source
from rules.materials.loaded.embedded import all_sources
from rules.materials.loaded.known import any_of
from rules.patterns import linear_regex

MOST = 200
"""Pieces of advice on one contribution."""

_LOADS = any_of(
    [r"(?:.*\.)?torch\.load", r"(?:pickle|cPickle|joblib|dill|cloudpickle|pd|pandas)\.(?:load|loads|read_pickle)"]
)
_DOWNLOADS = any_of(
    [r"\b(?:hf_hub_download|cached_download|snapshot_download|urlopen|urlretrieve)\s*\(", r"\brequests\.get\s*\("]
)
_TRUSTS = linear_regex(
    r"""(?i)(?:^|[^\w.-])(?:["']?trust_remote_code["']?[ \t]*[:=][ \t]*["']?true\b|--trust[-_]remote[-_]code\b)"""
)
_TRUSTS_BY_KEY = linear_regex(r"""["']trust_remote_code["'][ \t]*:[ \t]*True\b""")

_TRUST = (
    "trust_remote_code runs Python code that comes with the model or the dataset, whatever it is at that time",
    "Leave trust_remote_code out, or read that code and name the commit that you have read as the revision.",
)
_TORCH = (
    "torch.load without weights_only=True can run code that is hidden in the file, always so before PyTorch 2.6",
    "Write torch.load(..., weights_only=True), or load safetensors, which hold no code.",
)
_TORCH_WHOLE = (
    "torch.load with weights_only=False runs code that is hidden in the file",
    "Write torch.load(..., weights_only=True), or load safetensors, which hold no code.",
)
_PICKLE = (
    "A pickle that is downloaded runs whatever code its author, or whoever replaced it, put into it",
    "Load a format that holds no code, such as safetensors, ONNX or Parquet, or skops for scikit-learn.",
)


@dataclass(frozen=True, slots=True)
class Advice:
    """What a contributor should know of a new line, and what to do instead."""

    path: str
    line: int
    words: str
    fix: str


def advice(change: Change) -> tuple[Advice, ...]:
    """What there is to say, each thing once a line, sorted by path and line; no more than `MOST`."""
    return tuple(islice(chain.from_iterable(map(_of_file, sorted(change.files, key=_path))), MOST))


def _path(file: ChangedFile) -> str:
    return file.path


def _of_file(file: ChangedFile) -> Iterable[Advice]:
    found = ((source.line(offset), said) for source in all_sources(file) for offset, said in _of_source(source))
    return (Advice(file.path, line, *said) for line, said in sorted(set(found)))


def _of_source(source: Source) -> Iterator[tuple[int, tuple[str, str]]]:
    is_code = "calls" in source.family.finds
    for match in _TRUSTS.finditer(source.bare if is_code else source.text):
        yield match.end() - 1, _TRUST
    if is_code:
        yield from ((match.end() - 1, _TRUST) for match in _TRUSTS_BY_KEY.finditer(source.text))
        for call in calls(source, _LOADS):
            if said := _of_call(source, call):
                yield call.offset, said


def _of_call(source: Source, call: Call) -> tuple[str, str] | None:
    passed = arguments(source, call)
    if not call.callee.endswith(b"torch.load"):
        return _PICKLE if any(_DOWNLOADS.search(raw(source, one).encode()) for one in passed) else None
    return _of_torch(source, passed)


def _of_torch(source: Source, passed: list[Argument]) -> tuple[str, str] | None:
    """What to say of torch.load: nothing where the keyword comes from elsewhere, as a variable or with all others."""
    given = next((raw(source, one) for one in passed if one.keyword == "weights_only"), None)
    if given is None and not any(raw(source, one).startswith("**") for one in passed):
        return _TORCH
    return _TORCH_WHOLE if given == "False" else None
