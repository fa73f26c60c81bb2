# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""New lines that let a model run code while it is loaded."""

import pytest

from rules.materials.loaded.advice import MOST, advice
from tests.rules.materials.lines_help import adding, change

TRUST = "trust_remote_code runs"
TORCH = "torch.load without weights_only=True"
WHOLE = "torch.load with weights_only=False"
PICKLE = "A pickle that is downloaded"


def told(path: str, text: str) -> list[tuple[int, str]]:
    return [(one.line, one.words) for one in advice(change(adding(path, text)))]


@pytest.mark.parametrize(
    ("path", "text", "line", "words"),
    [
        ("a.py", "m = load(x, trust_remote_code=True)", 1, TRUST),
        ("a.py", "m = load(\n    x,\n    trust_remote_code = True,\n)", 3, TRUST),
        ("a.py", 'kwargs = {"trust_remote_code": True}', 1, TRUST),
        ("a.yaml", "model:\n  trust_remote_code: true", 2, TRUST),
        ("a.sh", "vllm serve org/name --trust-remote-code", 1, TRUST),
        ("a.py", "x = torch.load(path)", 1, TORCH),
        ("a.py", "x = torch.load(\n    path,\n    map_location='cpu',\n)", 1, TORCH),
        ("a.py", "x = torch.load(path, weights_only=False)", 1, WHOLE),
        ("a.py", 'm = pickle.load(urlopen("https://example.org/m.pkl"))', 1, PICKLE),
        ("a.py", 'm = joblib.load(hf_hub_download("org/name", "m.joblib"))', 1, PICKLE),
    ],
)
def test_what_runs_code_is_told_at_its_line(path: str, text: str, line: int, words: str) -> None:
    ((at, said),) = told(path, text)
    assert (at, said.startswith(words)) == (line, True)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "m = load(x, trust_remote_code=False)"),
        ("a.py", "# trust_remote_code=True"),
        ("a.py", "x = torch.load(path, weights_only=True)"),
        ("a.py", "x = torch.load(path, weights_only=safe)"),
        ("a.py", "x = torch.load(path, **options)"),
        ("a.py", "x = pickle.load(file)"),
        ("a.py", "x = json.load(file)"),
        ("a.md", "trust_remote_code=True"),
    ],
)
def test_what_is_safe_or_not_known_is_quiet(path: str, text: str) -> None:
    assert told(path, text) == []


def test_one_thing_is_told_once_a_line_and_not_without_end() -> None:
    twice = "m = load(x, trust_remote_code=True), load(y, trust_remote_code=True)"
    assert [line for line, _ in told("a.py", twice)] == [1]
    assert len(told("a.py", "x = torch.load(y)\n" * (MOST + 5))) == MOST
