# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0


from bot.demo.github import Executable, Submodule
from bot.demo.github.git.content import Written
from tests.bot.demo.acme import Acme, ask

COMMIT = """oid message messageHeadline committedDate authoredDate url tree { oid entries { path } }
    parents(first: 5) { totalCount nodes { oid } }
    author { name email date user { login } } committer { name user { login databaseId } }
    authors(first: 5) { totalCount nodes { name email user { databaseId login } } }
    signature { isValid wasSignedByGitHub state email signer { login } __typename }"""


def test_a_commit_names_its_author_first_and_then_its_co_authors(acme: Acme) -> None:
    bob = acme.github.user("bob", emails=["bob@example.com"])
    message = (
        "Change\n\nCo-authored-by: Bob <BOB@example.com>\nco-authored-by: Nobody <n@nowhere.example>\n"
        f"Co-authored-by: Alice <alice@example.com>\nCo-authored-by: B <{bob.id}+bob@users.noreply.github.com>"
    )
    sha = acme.widgets.commit("feature", {"a": "1"}, author=acme.alice, message=message)

    found = ask(acme, f'object(oid: "{sha}") {{ ... on Commit {{ {COMMIT} }} }}')["object"]

    logins = [row["user"] and row["user"]["login"] for row in found["authors"]["nodes"]]
    assert logins == ["alice", "bob", None, "bob"]
    assert found["messageHeadline"] == "Change"
    assert found["parents"]["nodes"] == [{"oid": acme.widgets.branches["main"]}]
    assert found["signature"] is None


def test_what_github_commits_itself_is_signed(acme: Acme) -> None:
    sha = acme.widgets.commit("web", {"a": "1"}, author=acme.alice, signed_by_github=True)
    fake = acme.widgets.commit("fake", {"a": "2"}, author=acme.alice, committer=("GitHub", "noreply@github.com"))
    found = ask(acme, f'real: object(oid: "{sha}") {{ ... on Commit {{ {COMMIT} }} }}')["real"]
    assert found["committer"]["user"]["login"] == "web-flow"
    assert (found["signature"]["isValid"], found["signature"]["wasSignedByGitHub"]) == (True, True)
    assert ask(acme, f'object(oid: "{fake}") {{ ... on Commit {{ signature {{ isValid }} }} }}')["object"] == {
        "signature": None
    }
    assert acme.hands.get(f"/repos/acme/widgets/commits/{sha}")["commit"]["verification"]["verified"] is True


def test_what_a_person_signed_is_verified_but_not_by_github(acme: Acme) -> None:
    sha = acme.widgets.commit("mine", {"a": "1"}, author=acme.alice, verified=True)
    found = ask(acme, f'object(oid: "{sha}") {{ ... on Commit {{ {COMMIT} }} }}')["object"]["signature"]
    assert (found["isValid"], found["wasSignedByGitHub"]) == (True, False)
    assert (found["signer"], found["email"]) == ({"login": "alice"}, "alice@example.com")
    assert acme.hands.get(f"/repos/acme/widgets/commits/{sha}")["commit"]["verification"]["verified"] is True


def test_co_authors_stand_in_the_last_paragraph(acme: Acme) -> None:
    nobody = ("Nobody", "n@nowhere.example")
    acme.widgets.commit("both", {"a": "1"}, author=nobody, committer=acme.alice, co_authors=[acme.alice, ("B", "b@b")])
    found = ask(acme, f'object(expression: "both") {{ ... on Commit {{ {COMMIT} }} }}')["object"]
    assert found["message"] == "Change\n\nCo-authored-by: Alice <alice@example.com>\nCo-authored-by: B <b@b>"
    assert [row["user"] and row["user"]["login"] for row in found["authors"]["nodes"]] == [None, "alice", None]
    assert found["committer"]["user"]["login"] == "alice"


def test_a_noreply_address_names_an_account_by_its_id(acme: Acme) -> None:
    bot = acme.github.user("dependabot[bot]", kind="Bot", account_id=49699333)
    addresses = {
        f"{bot.id}+dependabot[bot]@users.noreply.github.com": "dependabot[bot]",
        f"{acme.alice.id}+former-name@users.noreply.github.com": "alice",
        "alice@users.noreply.github.com": "alice",
        "1+alice@users.noreply.github.com": None,
        "nobody@users.noreply.github.com": None,
    }
    for address, login in addresses.items():
        acme.widgets.commit("x", {"a": address}, author=("X", address))
        found = ask(acme, 'object(expression: "x") { ... on Commit { author { user { login } } } }')["object"]
        assert found["author"]["user"] == (login and {"login": login}), address


FILE = "mode type name path oid size object { __typename ... on Blob { oid byteSize isBinary isTruncated text } }"


def test_files_are_read_by_path_by_expression_and_by_id(acme: Acme) -> None:
    files: dict[str, Written] = {"d/t": "é\n", "run": Executable("x"), "bin": b"\0", "sub": Submodule("1" * 40)}
    acme.widgets.commit("main", files)
    paths = " ".join(
        f'p{n}: file(path: "{path}") {{ {FILE} }}' for n, path in enumerate(("d/t", "run", "bin", "sub", "d"))
    )
    commit = f"""object(expression: "main") {{ ... on Commit {{ {paths} none: file(path: "no") {{ oid }} }} }}
        inner: object(expression: "main:d") {{ ... on Tree {{ entries {{ path mode }} }} }}
        head: object(expression: "HEAD:run") {{ ... on Blob {{ text }} }}
        by_id: object(expression: "{acme.widgets.branches["main"]}:run") {{ ... on Blob {{ text }} }}
        no_branch: object(expression: "no:run") {{ oid }} none: object(expression: "main:no") {{ oid }}"""
    found = ask(acme, commit)
    rows = [found["object"][f"p{n}"] for n in range(5)]
    assert [row["mode"] for row in rows] == [33188, 33261, 33188, 57344, 16384]
    assert [row["type"] for row in rows] == ["blob", "blob", "blob", "commit", "tree"]
    assert (rows[0]["object"]["text"], rows[0]["size"]) == ("é\n", 3)
    assert (rows[2]["object"]["isBinary"], rows[2]["object"]["text"]) == (True, None)
    assert (rows[3]["object"], rows[4]["object"]["__typename"]) == (None, "Tree")
    assert (found["object"]["none"], found["none"], found["no_branch"]) == (None, None, None)
    assert found["head"] == found["by_id"] == {"text": "x"}
    assert found["inner"]["entries"] == [{"path": "t", "mode": 33188}]

    acme.github.limits.blob_text = 2
    blob = ask(acme, f'object(oid: "{rows[0]["oid"]}") {{ ... on Blob {{ byteSize isTruncated text }} }}')["object"]
    assert blob == {"byteSize": 3, "isTruncated": True, "text": "é"}
