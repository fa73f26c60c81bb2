# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What people write into a policy to name paths, branches, accounts and the like, checked and compiled once.

Patterns run on RE2, so matching takes time linear in the text, whatever the pattern. Every kind is a type that
pydantic understands and that shows itself in the JSON Schema as plain text or a list of it.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

import re2
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

MAX_ENTRIES = 500
MAX_LENGTH = 300  # of one pattern or name, in characters

_LOGIN = re.compile(r"(?=.*[A-Za-z0-9])[A-Za-z0-9_*-]{1,100}(\[bot\])?")


class UnfitError(ValueError):
    """A text that is not what it should be: `words` completes "it ...", `suggestion` is what was probably meant."""

    def __init__(self, words: str, suggestion: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class _Compiled:
    """One pattern; `takes_back` is true for one that began with `!`. Without a regex it covers everything."""

    regex: Any
    takes_back: bool

    def matches(self, text: bytes) -> bool:
        return self.regex is None or self.regex.search(text) is not None


class PatternList(ABC):
    """Patterns in the order written. Of those that match a text the last one decides, and `!` takes a match back."""

    at_least_one: ClassVar[bool] = False

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        """Compile the patterns; raises UnfitError for the first that cannot be."""
        self.patterns = tuple(patterns)
        self._compiled = tuple(self._compile(pattern) for pattern in reversed(self.patterns))
        if self.at_least_one and all(pattern.takes_back for pattern in self._compiled):
            raise UnfitError("should have at least one pattern that does not begin with !")

    @staticmethod
    @abstractmethod
    def _compile(pattern: str) -> _Compiled:
        """Compile one pattern; raises UnfitError."""

    def match(self, text: str) -> bool:
        """Whether the list covers a text. Bytes of a path that are not UTF-8 count as one unknown character each."""
        encoded = text.encode("utf-8", "replace")
        for pattern in self._compiled:
            if pattern.matches(encoded):
                return not pattern.takes_back
        return False

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, PatternList) and self.patterns == other.patterns

    def __hash__(self) -> int:
        return hash((type(self), self.patterns))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({list(self.patterns)!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        text = core_schema.str_schema(min_length=1, max_length=MAX_LENGTH)
        entry = core_schema.no_info_after_validator_function(cls._checked, text)
        entries = core_schema.list_schema(entry, max_length=MAX_ENTRIES, min_length=int(cls.at_least_one) or None)
        written = core_schema.plain_serializer_function_ser_schema(lambda patterns: list(patterns.patterns))
        return core_schema.no_info_after_validator_function(cls, entries, serialization=written)

    @classmethod
    def _checked(cls, pattern: str) -> str:
        cls._compile(pattern)
        return pattern


def linear_regex(pattern: str, *, case_sensitive: bool = True) -> Any:
    """Compile for RE2, which takes time linear in the text; raises UnfitError. It searches texts and UTF-8 bytes."""
    options = re2.Options()
    options.dot_nl = True  # a line break is as good as any character in a hostile file name
    options.log_errors = False
    options.case_sensitive = case_sensitive
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise UnfitError("cannot be read as a pattern") from error


def _anchored(glob: str, *, case_sensitive: bool) -> Any:
    """A pattern for the whole text, in which `*` stays within one part between slashes and `**` does not."""
    wild = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*|\*|\?)", glob)
    regex = "".join(wild.get(part) or re2.escape(part) for part in parts)
    return linear_regex(f"^{regex}$", case_sensitive=case_sensitive)


class Globs(PatternList):
    """Paths as .gitignore spells them, case-sensitive. Unlike in git, `!` also reaches into a covered directory."""

    @staticmethod
    def _compile(pattern: str) -> _Compiled:
        if pattern == "**":  # what holds where a policy names no paths: not worth a search in each of them
            return _Compiled(None, takes_back=False)
        try:
            regex, include = GitIgnoreSpecPattern.pattern_to_regex(pattern)
        except ValueError:
            regex, include = None, None
        if regex is None:
            raise UnfitError("should be a path or a gitignore pattern, such as src/ or *.py")
        regex = regex.replace("[^", "[^/")  # in git no class of characters covers a slash, in pathspec `[!a]` does
        return _Compiled(linear_regex(regex), takes_back=not include)


class SomeGlobs(Globs):
    """Globs that must be able to cover something."""

    at_least_one = True


class Branches(PatternList):
    """Branch names: `main` is that branch alone, `release/*` stops at a slash, `**` does not, `!` takes back."""

    at_least_one = True

    @staticmethod
    def _compile(pattern: str) -> _Compiled:
        glob = pattern.removeprefix("!")
        if not glob or any(not mark.isprintable() or mark.isspace() for mark in glob):
            raise UnfitError("should be a branch or a pattern, such as main or release/*")
        return _Compiled(_anchored(glob, case_sensitive=True), takes_back=glob != pattern)


class Logins(PatternList):
    """GitHub logins, whole and in any case: `bot*` covers `bot-7` and not `robotfan`. Brackets mean themselves."""

    @staticmethod
    def _compile(pattern: str) -> _Compiled:
        if not _LOGIN.fullmatch(pattern):
            raise UnfitError("should be a login, such as octocat or renovate[bot]; * stands for any characters")
        return _Compiled(_anchored(pattern, case_sensitive=False), takes_back=False)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a short text must look like; `words` completes "it should be ...". Stands in Annotated[str, ...]."""

    pattern: str
    words: str

    def check(self, text: str) -> str:
        """Give the text back if it fits; raises UnfitError."""
        if not re.fullmatch(self.pattern, text):
            raise UnfitError(f"should be {self.words}")
        return text

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "pattern": f"^(?:{self.pattern})$"}
