# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pickle
from typing import Any

import pytest

from rules.change import ChangedFile, Side, SideFile
from rules.models import RULE, drafts
from rules.options import ModelsOptions
from rules.rule import Judgement
from tests.rules.materials_help import MIA, change, code, codes, data, facts, judged, text, the, warnings

WEIGHTS = "weights/model.safetensors"
CARD = "weights/README.md"
WHOLE = """\
---
license: apache-2.0
base_model: none
datasets: [acme/widgets]
---

# A model
"""
HARMFUL = b"\x80\x04\x8c\x02os\x94\x8c\x06system\x94\x93\x94\x8c\x04true\x94\x85\x94R\x94."
HARMLESS = pickle.dumps({"weight": 1.5, "kind": pytest.approx(1.0).__class__})


def options(**settings: Any) -> ModelsOptions:
    return ModelsOptions.model_validate(settings)


def with_card(card: str, *files: ChangedFile, **settings: Any) -> Judgement:
    file, beside = text(CARD, card)
    return judged(RULE, change(*(files or (data(WEIGHTS),)), file, beside=(beside,)), options(**settings))


def pickled(start: bytes = b"", path: str = "weights/model.pkl", size: int = 2_000_000) -> ChangedFile:
    return data(path, size, start=start)


# -- cards and licenses -------------------------------------------------------------------------------------------


def test_nothing_is_no_model() -> None:
    judgement = judged(RULE, change(code("x = 1"), data()), options())
    assert judgement == Judgement("No model is added", alone=True)


def test_a_model_with_all_that_is_asked_is_fine() -> None:
    judgement = with_card(WHOLE)
    assert judgement.findings == ()
    assert judgement.summary == "1 model is added"


def test_without_a_card_it_gets_a_draft() -> None:
    judgement = judged(RULE, change(data(WEIGHTS)), options())
    assert codes(judgement) == ["model-no-card"]
    assert [draft.path for _, draft in drafts(change(data(WEIGHTS)), options(), facts())] == [CARD]


CARDS = {
    "no base model": (WHOLE.replace("none", "TODO"), ["model-card-incomplete"], 3),
    "no training data": (WHOLE.replace("datasets: [acme/widgets]\n", ""), ["model-card-incomplete"], 1),
    "no license": (WHOLE.replace("apache-2.0", ""), ["model-no-license"], 2),
    "a license for research only": (WHOLE.replace("apache-2.0", "apple-amlr"), ["model-license-denied"], 2),
    "a license looser than its origin's": (
        WHOLE.replace("base_model: none", "base_model: meta-llama/Llama-3.1-8B"),
        ["model-license-conflict"],
        2,
    ),
}


@pytest.mark.parametrize("case", CARDS)
def test_what_a_card_lacks_is_told_at_its_line(case: str) -> None:
    card, found, line = CARDS[case]
    judgement = with_card(card)
    assert codes(judgement) == found
    assert {(one.path, one.line) for one in judgement.findings if not one.warning} == {(CARD, line)}


def test_where_no_card_is_asked_for_the_license_is() -> None:
    assert codes(judged(RULE, change(data(WEIGHTS)), options(card="optional"))) == ["model-no-license"]


def test_consent_is_asked_for_if_the_policy_does() -> None:
    file, beside = text(CARD, WHOLE)
    asking, brought = options(approvals={"count": 1}), change(data(WEIGHTS), file, beside=(beside,))
    assert codes(judged(RULE, brought, asking, facts(1))) == ["model-needs-approval"]
    assert judged(RULE, brought, asking, facts(1, (MIA,))).findings == ()


def test_what_is_loaded_warns() -> None:
    judgement = judged(RULE, change(code('m = AutoModel.from_pretrained("acme/llm")')), options())
    assert (codes(judgement), warnings(judgement)) == ([], ["model-no-license"])
    assert judgement.summary == "No model is added; 1 model is loaded from elsewhere"
    entry = 'version: 1\nmodels:\n  - ids: ["acme/llm"]\n    license: apache-2.0\n'
    known = SideFile("data-provenance.yml", Side.HEAD, entry)
    quiet = change(code('m = AutoModel.from_pretrained("acme/llm")'), beside=(known,))
    assert judged(RULE, quiet, options()).findings == ()


# -- formats that run code ----------------------------------------------------------------------------------------


def test_a_pickle_is_told_for_what_it_is_whatever_it_holds() -> None:
    for start in (b"", HARMLESS):
        finding = the(with_card(WHOLE, pickled(start)), "model-unsafe-format")
        assert finding.message.startswith("To load this file (Python pickle) can run any code that it holds.")
        assert finding.message.endswith("No scan can tell that such a file is safe.")
        assert (finding.path, finding.warning) == ("weights/model.pkl", False)
        assert finding.fix is not None
        assert "safetensors, ONNX or GGUF" in finding.fix
    assert "As far as its beginning tells, it would import" in finding.message


def test_what_would_do_harm_is_named() -> None:
    finding = the(with_card(WHOLE, pickled(HARMFUL)), "model-unsafe-format")
    assert "It would import os.system, which can do harm." in finding.message
    assert finding.fix is not None
    assert finding.fix.startswith("Do not load it")


def test_files_of_one_model_are_one_finding() -> None:
    files = [pickled(path=f"weights/part-{number:05}.pkl") for number in range(12)]
    finding = the(with_card(WHOLE, *files), "model-unsafe-format")
    assert "To load 12 of its files (Python pickle) can run" in finding.message
    assert finding.message.count("part-") == 10
    assert "and 2 more." in finding.message
    assert finding.subject == "weights"


def test_the_policy_may_let_them_through_but_not_in_silence() -> None:
    judgement = with_card(WHOLE, pickled(HARMLESS), unsafe_formats="allow")
    assert judgement.findings == ()
    assert judgement.notes == ("1 model is in a format that can run code when loaded, which the policy allows",)
    harmful = with_card(WHOLE, pickled(HARMFUL), unsafe_formats="allow")
    assert (codes(harmful), warnings(harmful)) == ([], ["model-unsafe-format"])
    two = (pickled(), pickled(path="gears/model.pkl"))
    notes = judged(RULE, change(*two), options(unsafe_formats="allow", card="optional")).notes
    assert notes[0].startswith("2 models are in a format")


@pytest.mark.parametrize("path", ["tests/fixtures/tiny.pkl", "testdata/tiny.pt"])
def test_a_small_file_that_would_do_harm_is_told_wherever_it_lies(path: str) -> None:
    small = pickled(HARMFUL, path, size=len(HARMFUL))
    judgement = judged(RULE, change(small), options())
    assert codes(judgement) == ["model-unsafe-format"]
    assert judgement.summary == "No model is added; 1 small file would do harm when loaded"
    assert warnings(judged(RULE, change(small), options(unsafe_formats="allow"))) == ["model-unsafe-format"]
    two = change(small, pickled(HARMFUL, "tests/other.pkl", size=len(HARMFUL)))
    assert judged(RULE, two, options()).summary == "No model is added; 2 small files would do harm when loaded"
    assert judged(RULE, change(pickled(HARMLESS, path, size=90)), options()).findings == ()


def test_the_oldest_pickles_are_texts() -> None:
    old, _ = text("tests/tiny.pkl", "cos\nsystem\n(S'true'\ntR.")
    assert codes(judged(RULE, change(old), options())) == ["model-unsafe-format"]
    plain, _ = text("tests/words.txt", "corpus\nof words\n")
    assert judged(RULE, change(plain), options()).findings == ()


def test_the_oldest_pickles_are_texts_and_are_told_as_well() -> None:
    old, _ = text("tests/old.txt", "cos\nsystem\n(S'true'\ntR.")
    (finding,) = judged(RULE, change(old), options()).findings
    assert "os.system" in finding.message


def test_code_that_lets_what_it_loads_run_code_is_told() -> None:
    judgement = judged(RULE, change(code("model = torch.load(path)")), options())
    assert (codes(judgement), warnings(judgement)) == ([], ["model-runs-code"])
    finding = judgement.findings[0]
    assert (finding.path, finding.line) == ("src/train.py", 3)
    assert finding.message.endswith(".")


# -- what to read -------------------------------------------------------------------------------------------------


def test_what_the_rule_looks_at() -> None:
    weights = data(WEIGHTS, size=None)
    assert RULE.wants(weights, options())
    assert RULE.peeks(data("weights/x.bin", size=2_000), options())
    assert RULE.reads_lines(code("x = 1"), options())
    assert (Side.HEAD, CARD) in set(RULE.beside(weights, options()))
    assert (Side.HEAD, "weights/MODEL_CARD.md") in set(RULE.beside(weights, options()))
