# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Signing by a comment: who may, what is kept, and what people read who may not."""

from datetime import UTC

import pytest

from bot.decide.commands import sign as signing
from bot.store.database import writing
from bot.store.digest import digest
from bot.store.signatures import revoke
from tests.bot.decide.agreements import CLA, TEXT, asked, check, offer, policy, project, verdict
from tests.bot.decide.agreements import sign as sign_on_the_page
from tests.bot.decide.commands.help import CONFUSED, THUMB, log, obey, reactions, replies, signed
from tests.house import HEADERS, House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PHRASE = "I have read the CLA Document and I hereby sign the CLA"
TO_SIGN = "/steward sign"


@pytest.mark.parametrize("words", [TO_SIGN, f"Thanks!\n\n{PHRASE}.", PHRASE.lower()])
def test_a_contributor_signs_by_a_comment_and_the_check_turns_green(house: House, words: str) -> None:
    repository = project(house)
    ada = house.person("ada")
    pull = offer(house, repository, ada)
    comment = pull.comment(ada, words)
    house.work()
    assert verdict(house, pull)[0] == "success"
    assert reactions(comment) == THUMB
    assert replies(house, pull) == []


def test_what_was_signed_is_kept_with_where_it_was_said(house: House) -> None:
    repository = project(house)
    ada = house.person("ada")
    pull = offer(house, repository, ada)
    comment = pull.comment(ada, TO_SIGN)
    house.work()
    (signature,) = signed(house)
    assert (signature.account_id, signature.login, signature.how) == (ada.id, "ada", "comment")
    assert (signature.document, signature.version) == (asked(house, repository).document, "1.0")
    assert (signature.sha256, signature.signed_at) == (digest(TEXT), house.clock())
    assert signature.address is None
    assert (signature.evidence["comment"], signature.evidence["pull"]) == (comment.id, pull.number)
    assert str(signature.evidence["url"]).endswith(f"/acme/widgets/pull/{pull.number}#issuecomment-{comment.id}")
    assert [kind for kind, _, _ in log(house)] == ["signature"]


@pytest.mark.parametrize("place", ["comment", "review"])
def test_when_it_was_written_is_kept_beside_when_it_was_carried_out(house: House, place: str) -> None:
    repository = project(house)
    ada, ben = house.person("ada"), house.person("ben")
    pull = offer(house, repository, ada, ben)
    said = (
        pull.comment(ben, TO_SIGN).created_at
        if place == "comment"
        else pull.review(ben, "COMMENTED", TO_SIGN).submitted_at
    )
    house.clock.now += 3600
    house.work()
    (signature,) = signed(house)
    assert signature.signed_at == house.clock()
    assert signature.evidence["written"] == said.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_comment_that_came_before_the_first_look_signs_all_the_same(house: House) -> None:
    repository = project(house)
    ada = house.person("ada")
    repository.commit("feature", {"a.txt": "a\n"}, author=ada)
    pull = repository.open_pull("feature", by=ada)
    comment = pull.comment(ada, TO_SIGN)
    house.work()
    assert verdict(house, pull)[0] == "success"
    assert reactions(comment) == THUMB


def test_everybody_behind_the_pull_request_signs_for_themselves(house: House) -> None:
    repository = project(house)
    ada, ben = house.person("ada"), house.person("ben")
    pull = offer(house, repository, ada, co_authors=[ben])
    pull.comment(ada, TO_SIGN)
    house.work()
    assert verdict(house, pull)[0] == "action_required"
    pull.comment(ben, TO_SIGN)
    house.work()
    assert verdict(house, pull)[0] == "success"


@pytest.mark.parametrize("place", ["review", "line"])
def test_a_review_and_a_comment_on_a_line_sign_as_well(house: House, place: str) -> None:
    repository = project(house)
    ada, ben = house.person("ada"), house.person("ben")
    pull = offer(house, repository, ada, ben)
    pull.comment(ada, TO_SIGN)
    if place == "review":
        pull.review(ben, "COMMENTED", TO_SIGN)
    else:
        remark = pull.review_comment(ben, TO_SIGN, "feature-0.txt")
    house.work()
    assert verdict(house, pull)[0] == "success"
    if place == "line":
        assert reactions(remark) == THUMB


def test_whoever_linked_their_address_since_the_last_look_signs(house: House) -> None:
    repository = project(house)
    ada, jane = house.person("ada"), house.person("jane")
    pull = offer(house, repository, ada, ("Jane", "jane@nowhere.example"))
    pull.comment(ada, TO_SIGN)
    house.work()
    jane.emails.add("jane@nowhere.example")
    comment = pull.comment(jane, TO_SIGN)
    house.work()
    assert reactions(comment) == THUMB
    assert verdict(house, pull)[0] == "success"


def test_other_pull_requests_of_the_signer_turn_green_as_well(house: House) -> None:
    repository = project(house)
    ada = house.person("ada")
    pulls = [offer(house, repository, ada, branch=name) for name in ("one", "two")]
    pulls[0].comment(ada, TO_SIGN)
    house.work()
    assert [check(house, pull).conclusion for pull in pulls] == ["success", "success"]


def test_on_another_branch_its_own_agreement_is_signed(house: House) -> None:
    repository = project(house)
    repository.commit("next", {".github/governance.yml": CLA.replace("CLA.md", "NEXT.md"), "NEXT.md": "Ours.\n"})
    ada = house.person("ada")
    pull = offer(house, repository, ada, base="next")
    pull.comment(ada, TO_SIGN)
    house.work()
    (signature,) = signed(house)
    assert signature.document.path == "NEXT.md@next"
    assert verdict(house, pull)[0] == "success"


def test_who_has_signed_is_told_so_and_nothing_is_kept_twice(house: House) -> None:
    repository = project(house)
    ada = house.person("ada")
    pull = offer(house, repository, ada)
    sign_on_the_page(house, repository, ada)
    comment = pull.comment(ada, f"{TO_SIGN}\n{PHRASE}")
    house.work()
    assert reactions(comment) == THUMB
    assert [one.how for one in signed(house)] == ["web"]


def test_who_signs_on_the_page_at_that_very_moment_has_signed_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = project(house)
    ada = house.person("ada")
    pull = offer(house, repository, ada)
    sign_on_the_page(house, repository, ada)
    monkeypatch.setattr(signing, "_has_signed", lambda *_: False)
    comment = pull.comment(ada, TO_SIGN)
    house.work()
    assert reactions(comment) == THUMB
    assert [one.how for one in signed(house)] == ["web"]


def test_after_a_revocation_one_signs_anew(house: House) -> None:
    repository = project(house)
    ada = house.person("ada")
    pull = offer(house, repository, ada)
    sign_on_the_page(house, repository, ada)
    with writing(house.context.engine) as connection:
        revoke(connection, signed(house), house.clock(), "asked for it")
    pull.comment(ada, TO_SIGN)
    house.work()
    assert [(one.how, one.revoked_at is None) for one in signed(house)] == [("comment", True), ("web", False)]


def test_a_text_that_changed_under_its_version_is_not_what_is_signed(house: House) -> None:
    repository = project(house)
    ada = house.person("ada")
    pull = offer(house, repository, ada)
    repository.commit("main", {"CLA.md": "Give us everything.\n"})
    house.work_for(60)
    pull.comment(ada, TO_SIGN)
    house.work()
    assert [one.sha256 for one in signed(house)] == [digest(TEXT)]


# -- who does not sign --------------------------------------------------------------------------------------------

REFUSALS = [
    # the policy's cla, who says what, what the reply says
    ("document: CLA.md", "eve", TO_SIGN, "Only who contributes to this pull request can sign here"),
    ("document: CLA.md", "eve", PHRASE, "Only who contributes to this pull request can sign here"),
    ("document: CLA.md", "ada", "/steward sign for Ben", "takes nothing behind it, and nothing was signed"),
    ("document: CLA.md, sign: [web]", "ada", TO_SIGN, "This agreement is not signed by a comment."),
    (
        "document: CLA.md, fields: [{name: name, label: '@all *Full* name', required: true}]",
        "ada",
        TO_SIGN,
        "asks for more than a comment can say: `@all *Full* name`.",
    ),
]


@pytest.mark.parametrize(("cla", "who", "words", "told"), REFUSALS)
def test_a_refusal_says_why(house: House, cla: str, who: str, words: str, told: str) -> None:
    repository = project(house, policy(cla))
    pull = offer(house, repository, house.person("ada"))
    comment = pull.comment(house.person(who), words)
    house.work()
    assert signed(house) == []
    assert reactions(comment) == CONFUSED
    (reply,) = replies(house, pull)
    assert reply.startswith(f"In answer to `{who}`: ")
    assert told in reply


def test_a_field_that_need_not_be_filled_keeps_nobody_from_signing(house: House) -> None:
    repository = project(house, policy("document: CLA.md, fields: [{name: name, label: Name, required: false}]"))
    ada = house.person("ada")
    pull = offer(house, repository, ada)
    pull.comment(ada, TO_SIGN)
    house.work()
    assert len(signed(house)) == 1


def test_where_a_page_is_known_the_reply_leads_to_it(house: House) -> None:
    house.settings = house.settings.__class__(**{**vars(house.settings), "url": "https://steward.example"})
    house.restart()
    repository = project(house, policy("document: CLA.md, sign: [web]"))
    ada = house.person("ada")
    repository.commit("next", {"a.txt": "a"}, parent=repository.branches["main"])
    pulls = [offer(house, repository, ada, branch=f"to-{base}", base=base) for base in ("main", "next")]
    for pull in pulls:
        pull.comment(ada, TO_SIGN)
    house.work()
    told = [replies(house, pull)[0] for pull in pulls]
    assert "[Sign it here](https://steward.example/agreements/acme/widgets)." in told[0]
    assert "[Sign it here](https://steward.example/agreements/acme/widgets?branch=next)." in told[1]


def test_on_a_closed_pull_request_nobody_signs(house: House) -> None:
    repository = project(house)
    ada = house.person("ada")
    pull = offer(house, repository, ada)
    pull.close()
    house.work()
    comment = pull.comment(ada, TO_SIGN)
    obey(house, pull)
    assert signed(house) == []
    assert reactions(comment) == CONFUSED
    assert "This pull request is closed, and nothing was signed." in replies(house, pull)[0]


def test_an_edited_comment_never_signs(house: House) -> None:
    repository = project(house)
    ada = house.person("ada")
    pull = offer(house, repository, ada)
    comment = pull.comment(ada, "Thank you")
    comment.edit(ada, f"Thank you\n\n{PHRASE}")
    house.work()
    assert signed(house) == []
    assert reactions(comment) == CONFUSED
    assert "A comment that was edited signs nothing." in replies(house, pull)[0]


def test_a_refusal_is_in_the_log_by_ids_alone(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    eve = house.person("eve")
    comment = pull.comment(eve, TO_SIGN)
    house.work()
    ((kind, body, details),) = log(house)
    assert kind == "refusal"
    assert body.keys() == {"comment", "command", "details", "repository_id", "number"}
    assert (body["repository_id"], body["number"]) == (repository.id, pull.number)
    assert body["comment"] == f"comment/{comment.id}"
    assert (details["account_id"], details["login"], details["line"]) == (eve.id, "eve", TO_SIGN)


# -- where no agreement is asked for ------------------------------------------------------------------------------


def test_without_an_agreement_nothing_is_signed(house: House) -> None:
    repository = house.repository(policy=HEADERS)
    pull = house.pull(repository, {"a.md": "a\n"})
    comment = pull.comment(house.person("ada"), TO_SIGN)
    house.work()
    assert reactions(comment) == CONFUSED
    assert "Nobody is asked to sign an agreement here" in replies(house, pull)[0]


def test_the_sentence_may_be_meant_for_another_program_then(house: House) -> None:
    repository = house.repository(policy=HEADERS)
    pull = house.pull(repository, {"a.md": "a\n"})
    comment = pull.comment(house.person("ada"), PHRASE)
    house.work()
    assert reactions(comment) == []
    assert replies(house, pull) == []
    assert log(house) == []
