# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A card that is ready to be filled in: what is known of a dataset or a model stands in it, the rest is blank.

A blank begins with `TODO:` and says what belongs there; whoever reads cards takes it for empty. Names come from
strangers: in front matter they stand in quotes, in the text as plain words or as code.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.change import Side, SideFile
from rules.licensing.comments import Place
from rules.licensing.mending import inserted
from rules.materials.material import Material, Sort
from rules.materials.sizes import in_words
from rules.shown import shown_path

DEDICATED = {Sort.DATASET: "DATASET_CARD.md", Sort.MODEL: "MODEL_CARD.md"}
"""What a card is called where a README.md is no place for it."""
OFFERED_FOR = frozenset({"dataset-no-card", "model-no-card"})
"""The findings that a draft is offered for."""

_LONGEST_NAME = 100
_MOST_FORMATS = 10
_README = "README.md"
_FRONT_MATTER = re.compile(r"\ufeff?\s*---[ \t]*(?:[\r\n]|\Z)")
_PLAIN = re.compile(r"[^\W_]+(?:[ ._-][^\W_]+)*")  # nothing in it can format, or is taken for a link
_ADDRESS = re.compile(r"\bwww\b", re.IGNORECASE)

_FIELDS = {
    Sort.DATASET: (
        ("license", "the SPDX id of the license of the data, such as CC-BY-4.0"),
        ("pretty_name", ""),
        ("source", "where the data come from: an address, or how they were made"),
        ("personal_data", "what personal data is in it, or none"),
    ),
    Sort.MODEL: (
        ("license", "the SPDX id of the license of the weights, such as Apache-2.0"),
        ("model_name", ""),
        ("base_model", "the model that it was made from, such as org/name, or none"),
        ("datasets", "what it was trained on, such as org/name"),
        ("library_name", "what loads it, such as transformers"),
    ),
}
_LISTS = ("datasets",)
_ABOUT = {
    Sort.DATASET: "what the data are about, in which languages, and how they were collected.",
    Sort.MODEL: "what the model does, and what it should not be used for.",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A card to be filled in: the file to put it into, and its text without a line feed at its end.

    `existing`: it is front matter, to be put at the beginning of a file that is there.
    """

    path: str
    text: str
    existing: bool

    @property
    def words(self) -> str:
        """Where to put it, for a person."""
        where = shown_path(self.path)
        put = f"at the very beginning of {where}" if self.existing else f"into a new file {where}"
        return f"Put this {put}, and fill in what says TODO:"

    @property
    def fix(self) -> str:
        """What to do in words, and after an empty line the card."""
        return f"{self.words}\n\n{self.text}"

    def put_into(self, data: bytes) -> bytes:
        """The bytes of the file with the card in front; `data` is empty where it is yet to be made."""
        return inserted(data, self.text, Place(1))


def draft(material: Material, there: Iterable[SideFile]) -> Draft:
    """A card for what is committed. `there` are the files that may be in its place, as far as they are known."""
    texts = {file.path: file.text for file in there if file.side is Side.HEAD}
    path = _place(material, texts)
    existing = path in texts and not _has_front_matter(texts[path])
    parts = [_front_matter(material)] if existing else [_front_matter(material), *_sections(material)]
    return Draft(path, "\n\n".join(parts), existing)


# -- where ---------------------------------------------------------------------------------------------------------


def _place(material: Material, texts: dict[str, str]) -> str:
    """README.md in its folder, unless that speaks of something else, or is the whole repository's."""
    readme, dedicated = (_within(material.folder, name) for name in (_README, DEDICATED[material.sort]))
    taken = not material.folder or _has_front_matter(texts.get(readme, ""))
    return dedicated if taken else readme


def _within(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _has_front_matter(text: str) -> bool:
    """Whether a text begins like front matter, be it whole or not: a second one would hide it."""
    return _FRONT_MATTER.match(text) is not None


# -- what ----------------------------------------------------------------------------------------------------------


def _front_matter(material: Material) -> str:
    lines = (line for key, hint in _FIELDS[material.sort] for line in _field(material, key, hint))
    return "\n".join(["---", *lines, "---"])


def _field(material: Material, key: str, hint: str) -> Iterator[str]:
    value = _quoted(f"TODO: {hint}" if hint else _name(material))
    yield from (f"{key}:", f"  - {value}") if key in _LISTS else (f"{key}: {value}",)


def _sections(material: Material) -> Iterator[str]:
    yield f"# {_as_markdown(_name(material))}"
    if contents := _contents(material):
        yield contents
    yield f"TODO: {_ABOUT[material.sort]}"


def _contents(material: Material) -> str:
    """How much there is of it, and in which formats."""
    parts = [part for part in material.parts if not part.describes]
    if not parts:
        return ""
    formats = list(dict.fromkeys(_printable(part.format) or "unknown" for part in parts))
    more = f" and {len(formats) - _MOST_FORMATS} more" if len(formats) > _MOST_FORMATS else ""
    files = "1 file" if len(parts) == 1 else f"{len(parts):,} files"
    known = [part.size for part in parts if part.size is not None]
    least = "" if len(known) == len(parts) else "at least "
    size = f", {least}{in_words(sum(known))}" if known else ""
    return f"{files}{size}: {', '.join(map(_as_markdown, formats[:_MOST_FORMATS]))}{more}."


def _name(material: Material) -> str:
    return _printable(material.name) or material.sort.value


def _printable(text: str) -> str:
    """A text on one line, without characters that nobody sees, and not too long."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text[: 2 * _LONGEST_NAME])
    return " ".join(seen.split())[:_LONGEST_NAME].rstrip()


def _quoted(text: str) -> str:
    """A printable text in double quotes, in which YAML and JSON mean the same."""
    return json.dumps(text, ensure_ascii=False)


def _as_markdown(text: str) -> str:
    """A printable text as it is where nothing in it can format, else as code."""
    if _PLAIN.fullmatch(text) and not _ADDRESS.search(text):
        return text
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    edge = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{edge}{text}{edge}{fence}"
