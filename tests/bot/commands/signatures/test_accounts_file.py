# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Accounts in a file: the operator's own, or what GitHub answered."""

from pathlib import Path

import pytest

from bot.checkout.terminal import Refusal
from bot.commands.signatures.accounts_file import InFile, Saved
from bot.commands.signatures.known import Known, NoAccount
from bot.github.errors import Forbidden, NotFound
from tests.bot.commands.signatures.line import ANN, Line, on_github

# -- answers that are saved ---------------------------------------------------------------------------------------


def test_what_github_answers_is_saved_at_once_and_not_asked_again(tmp_path: Path) -> None:
    file = tmp_path / "saved.csv"
    accounts = on_github(Line(ANN, NotFound("Not Found", 404), Forbidden("no", 403)), saved=Saved(file))
    accounts.named("ann")
    for login, error in (("gone", NoAccount), ("bob", Refusal)):
        with pytest.raises(error):
            accounts.named(login)
    assert file.read_text() == "login,id,created_at\nAnn,5,2020-01-02T03:04:05+00:00\n"

    line = Line({**ANN, "id": 6, "login": "bob"})
    again = on_github(line, saved=Saved(file))
    assert [again.named(login).id for login in ("ann", "bob")] == [5, 6]
    assert line.asked == ["/users/bob"]
    assert [InFile(file).named(login) for login in ("ann", "BOB")] == [again.named("ann"), again.named("bob")]


@pytest.mark.parametrize("text", ["login,id\nann,5\n", "login,id,created_at\nann,5", "notes\n", "\n"])
def test_a_file_of_another_kind_is_not_added_to(tmp_path: Path, text: str) -> None:
    (tmp_path / "f").write_text(text)
    with pytest.raises(Refusal, match="no file of saved accounts"):
        Saved(tmp_path / "f")
    assert (tmp_path / "f").read_text() == text


def test_a_file_that_cannot_be_written_is_told_before_anybody_is_asked(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="No such file or directory"):
        Saved(tmp_path / "none" / "f")


# -- a file -------------------------------------------------------------------------------------------------------


def accounts_file(folder: Path, text: str) -> InFile:
    (folder / "accounts.csv").write_text(text)
    return InFile(folder / "accounts.csv")


def test_a_file_names_accounts_whatever_the_case_and_the_order_of_its_columns(tmp_path: Path) -> None:
    accounts = accounts_file(tmp_path, "ID;Login;;\n5;Ann\n5;ann\n6;bob\n")
    assert accounts.named("ANN") == Known(5, "Ann")
    with pytest.raises(NoAccount, match="the accounts file does not name it"):
        accounts.named("eve")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ann,5\n", "line 1: no column for the login"),
        ("login\nann\n", "line 1: no column for the id"),
        ("login,id\nann,5\nbob,six\n", "line 3: id: 'six' is no id"),
        ("login,id,created_at\nann,5,May\n", "line 2: created_at: 'May' is no date"),
        ("login,id,ID\nann,5,6\n", "line 1: two columns have one title"),
        ("login,id\nann,5\nAnn,6\n", "line 3: Ann has two numbers"),
    ],
)
def test_a_file_that_does_not_name_accounts_says_where(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        accounts_file(tmp_path, text)
