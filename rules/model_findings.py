# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the rule models alone says: of formats that run code when they are loaded, and of code that lets them.

A format is told for what it is, whatever a file of it holds: what a pickle would import is read without loading it, as
far as its beginning shows it, and can speak against it, but never for it.
"""

from collections.abc import Iterator, Mapping, Sequence

from rules.change import Change, Content
from rules.finding import Finding
from rules.materials.committed import pickles
from rules.materials.committed.pickles import Imports
from rules.materials.findings import named
from rules.materials.loaded import advice
from rules.materials.look import Found, Look
from rules.materials.material import Part
from rules.options import ModelsOptions
from rules.rule import Code
from rules.shown import shown_path

UNSAFE = "model-unsafe-format"
RUNS_CODE = "model-runs-code"
CODES = {
    UNSAFE: Code("Weights are in a format that can run code when they are loaded."),
    RUNS_CODE: Code("Code lets what it loads run code."),
}
MOST_NAMED = 10

_CONVERT = (
    "Save the weights in a format that holds numbers alone, such as safetensors, ONNX or GGUF, and commit that instead."
)
_LOOK = "Do not load it before somebody who can judge it has. " + _CONVERT


def on_formats(one: Found, contents: Mapping[str, Content | None], options: ModelsOptions) -> Iterator[Finding]:
    """That a model can run code when it is loaded. One that would import what does harm is told in any case."""
    unsafe = [part for part in one.parts if part.unsafe]
    imports = [found for part in unsafe if (found := _imports(contents.get(part.path)))]
    dangerous = list(dict.fromkeys(name for found in imports for name in found.dangerous))
    if not unsafe or (_allows(options) and not dangerous):
        return
    yield Finding(
        UNSAFE,
        " ".join(filter(None, (_what(unsafe), _would_import(imports, dangerous), _UNCERTAIN))),
        unsafe[0].path,
        fix=_LOOK if dangerous else _CONVERT,
        warning=_allows(options),
        subject=named(one.material.name),
    )


_UNCERTAIN = "No scan can tell that such a file is safe."


def on_small(seen: Look, change: Change, options: ModelsOptions) -> tuple[Finding, ...]:
    """Files too small to be anybody's weights, or where such are quiet, that would do harm all the same when loaded."""
    told = {part.path for one in seen.found for part in one.material.parts}
    rest = ((file.path, _imports(file.content)) for file in change.files if file.path not in told)
    return tuple(
        Finding(UNSAFE, f"This is a pickle. {_harm(found.dangerous)}", path, fix=_LOOK, warning=_allows(options))
        for path, found in rest
        if found and found.dangerous
    )


def in_short(small: Sequence[Finding]) -> str:
    """The same in a few words for the line that sums up."""
    files = "1 small file" if len(small) == 1 else f"{len(small)} small files"
    return f"{files} would do harm when loaded" if small else ""


def on_let_through(seen: Look, options: ModelsOptions) -> Iterator[str]:
    """A note on the formats that the policy lets through."""
    count = sum(any(part.unsafe for part in one.parts) for one in seen.found)
    if count and _allows(options):
        models = "model is" if count == 1 else "models are"
        yield f"{count} {models} in a format that can run code when loaded, which the policy allows"


def on_code(change: Change) -> Iterator[Finding]:
    """Lines that let what they load run code; always a warning."""
    for one in advice.advice(change):
        yield Finding(RUNS_CODE, f"{one.words}.", one.path, one.line, fix=one.fix, warning=True)


def _imports(content: Content | None) -> Imports | None:
    """What a file would import; the oldest pickles are texts, and have no first bytes of their own."""
    return pickles.imports(content.start or content.text.encode("utf-8", "replace")) if content else None


def _what(unsafe: list[Part]) -> str:
    """The formats, and the files where there are several."""
    formats = ", ".join(dict.fromkeys(part.format for part in unsafe))
    if len(unsafe) == 1:
        return f"To load this file ({formats}) can run any code that it holds."
    names = ", ".join(shown_path(part.path) for part in unsafe[:MOST_NAMED])
    more = f" and {len(unsafe) - MOST_NAMED:,} more" if len(unsafe) > MOST_NAMED else ""
    return f"To load {len(unsafe):,} of its files ({formats}) can run any code that they hold: {names}{more}."


def _would_import(imports: list[Imports], dangerous: list[str]) -> str:
    """What they would import, as far as their beginnings tell; what does harm first."""
    if dangerous:
        return _harm(dangerous)
    names = list(dict.fromkeys(name for found in imports for name in found.names))
    return f"As far as its beginning tells, it would import {_listed(names)}." if names else ""


def _harm(dangerous: Sequence[str]) -> str:
    return f"It would import {_listed(dangerous)}, which can do harm."


def _allows(options: ModelsOptions) -> bool:
    return options.unsafe_formats == "allow"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{', '.join(names[:MOST_NAMED])}{more}"
