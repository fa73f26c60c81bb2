# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What people enter on a page: read with bounds, and told what is the matter at the field where it is."""

import re
from dataclasses import dataclass

from flask import request

from bot.store.agreements import SigningField
from bot.unseen import shown

LONGEST_ANSWER = 200

_ROW = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a form was not taken; `field` is the id of the element that it is about, if it is about one."""

    words: str
    field: str | None = None


def agrees() -> list[Problem]:
    """Nobody agrees by accident."""
    if request.form.get("agree") == "yes":
        return []
    return [Problem("Tick the box to say that you agree. Without it nothing is signed.", "agree")]


def answers_to(fields: tuple[SigningField, ...]) -> tuple[dict[str, str], list[Problem]]:
    """What was entered into the policy's fields, and what is the matter with it."""
    answers = {field.name: request.form.get(f"field-{field.name}", "").strip() for field in fields}
    problems = [problem for field in fields for problem in _problems(field, answers[field.name])]
    return {name: answer for name, answer in answers.items() if answer}, problems


def _problems(field: SigningField, answer: str) -> list[Problem]:
    where = f"field-{field.name}"
    if field.required and not answer:
        return [Problem(f"{field.label}: please fill this in.", where)]
    if len(answer) > LONGEST_ANSWER:
        return [Problem(f"{field.label}: at most {LONGEST_ANSWER} characters, please.", where)]
    if any(shown(letter) != letter for letter in answer):
        return [Problem(f"{field.label}: there is a character in it that nobody can see. Please type it anew.", where)]
    return []


def entered_id(name: str) -> int | None:
    """The number of a row in a form, or None if what stands there is none."""
    return row_id(request.form.get(name, ""))


def row_id(text: str) -> int | None:
    """The number of a row, as addresses and forms carry it."""
    return int(text) if _ROW.fullmatch(text) else None
