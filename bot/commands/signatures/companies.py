# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward signatures company`: companies, the day from which their agreement counts, and their people."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection

from bot.checkout.terminal import Refusal, printable, write
from bot.commands.signatures.accounts import accounts_for
from bot.commands.signatures.files import account_number
from bot.commands.signatures.known import Accounts, NoAccount
from bot.commands.signatures.options import accounts_file, changing, dry_run, the_only, version
from bot.commands.signatures.place import Place, fits, placed
from bot.commands.signatures.times import day, moment
from bot.context import Context
from bot.store import companies
from bot.store.companies import MANAGER, MEMBER, Company, CompanyPerson
from bot.store.database import reading
from bot.store.places import names_of
from bot.work.look_again import look_again


@dataclass(frozen=True, slots=True)
class New:
    """A company as the options tell of it."""

    name: str
    version: str
    managers: tuple[str, ...]
    organization: str | None
    on_paper: float | None


def _day(context: click.Context, _option: click.Parameter, value: str | None) -> float | None:
    if value is None:
        return None
    try:
        at = moment(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    if not 0 < at <= context.obj.clock():
        raise click.BadParameter(f"{value} is yet to come")
    return at


def _short(most: int) -> Any:
    def check(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
        if value is not None and not (0 < len(value.strip()) <= most and value.isprintable()):
            raise click.BadParameter(f"takes 1 to {most} printable characters")
        return value and value.strip()

    return check


@click.group("company")
def company() -> None:
    """Look after companies that signed for their people."""


@company.command("add")
@placed
@version("1.0")
@click.option("--name", required=True, callback=_short(200), help="The company's name.")
@click.option("--manager", "managers", multiple=True, metavar="ACCOUNT", help="Who keeps its list; may be repeated.")
@click.option("--organization", metavar="LOGIN", callback=_short(100), help="An organization whose members it covers.")
@click.option("--on-paper", metavar="DATE", callback=_day, help="The day on which it signed on paper.")
@accounts_file
@dry_run
@click.pass_obj
def add(context: Context, /, place: Place, accounts: Path | None, *, dry_run: bool, **told: Any) -> None:
    """Take a company in. It counts once a manager has signed on the web, or from the day of its paper."""
    new = New(**told)
    with reading(context.engine) as connection:
        document = place.required(connection)
    known = accounts_for(context, accounts, document.owner_id)
    managers = [_account(known, one) for one in new.managers]
    now = context.clock()
    with changing(context, dry_run=dry_run) as connection:
        if any(_goes_on(one, new.name) for one in companies.companies_of(connection, document)):
            raise Refusal([f"Error: {new.name} is on record already for this document."])
        number = companies.add_company(connection, document, new.version, new.name, now, organization=new.organization)
        for account_id, login in managers:
            companies.add_person(connection, number, account_id, login, MANAGER, now)
        if new.on_paper is not None:
            companies.sign_company(connection, number, now, how="paper", signed_at=new.on_paper)
        _tell(
            connection, context, number, [account_id for account_id, _ in managers], everybody=new.on_paper is not None
        )


@company.command("list")
@placed
@click.pass_obj
def list_companies(context: Context, place: Place) -> None:
    """List the companies, and whether their agreement counts."""
    with reading(context.engine) as connection:
        wanted = place.filters(connection)
        found = [one for one in companies.companies_of(connection) if fits(one.document, wanted)]
        names = names_of(connection, {one.document.repository_id for one in found})
    for one in found:
        write(f"{_line(one, names)}\n")
    if not found:
        write("No company is on record.\n")


@company.command("people")
@click.argument("company")
@click.pass_obj
def list_people(context: Context, company: str) -> None:
    """List everybody who ever stood on the list of COMPANY (its name or number)."""
    with reading(context.engine) as connection:
        found = companies.people_of(connection, _company(connection, company).id)
    for one in found:
        write(f"{_person(one)}\n")
    if not found:
        write("Nobody is on its list.\n")


@company.command("add-person")
@click.argument("company")
@click.argument("account")
@click.option("--manager", is_flag=True, help="Somebody who keeps the company's list.")
@accounts_file
@dry_run
@click.pass_obj
def add_person(
    context: Context, company: str, account: str, accounts: Path | None, *, manager: bool, dry_run: bool
) -> None:
    """Put ACCOUNT (a login or a number) on the list of COMPANY. Who is on it is covered once they acknowledged it."""
    with reading(context.engine) as connection:
        found = _company(connection, company)
    number, login = _account(accounts_for(context, accounts, found.document.owner_id), account)
    role = MANAGER if manager else MEMBER
    with changing(context, dry_run=dry_run) as connection:
        if companies.add_person(connection, found.id, number, login, role, context.clock()) is None:
            raise Refusal([f"Error: account {number} is on the list of {found.name} as {role} already."])
        _tell(connection, context, found.id, [number])


@company.command("remove-person")
@click.argument("company")
@click.argument("account")
@dry_run
@click.pass_obj
def remove_person(context: Context, company: str, account: str, *, dry_run: bool) -> None:
    """Take ACCOUNT (a login or a number) off the list of COMPANY: later contributions are not covered."""
    with changing(context, dry_run=dry_run) as connection:
        found = _company(connection, company)
        number = _on_list(companies.people_of(connection, found.id), account)
        now = context.clock()
        if number is None or not companies.remove_person(connection, found.id, number, now, by_hand=True):
            raise Refusal([f"Error: {account} is not on the list of {found.name}."])
        _tell(connection, context, found.id, [number])


@company.command("end")
@click.argument("company")
@dry_run
@click.pass_obj
def end(context: Context, company: str, *, dry_run: bool) -> None:
    """End the agreement of COMPANY (its name or number): later contributions are not covered."""
    with changing(context, dry_run=dry_run) as connection:
        found = _company(connection, company)
        if not companies.end_company(connection, found.id, context.clock()):
            raise Refusal([f"Error: {found.name} has ended already."])
        people = [one.account_id for one in companies.people_of(connection, found.id) if one.account_id]
        _tell(connection, context, found.id, people, everybody=found.signed_at is not None)


def _tell(
    connection: Connection, context: Context, number: int, accounts: list[int], *, everybody: bool = False
) -> None:
    """Show the company as it is now, and look again at what the change concerns.

    `everybody`: its agreement begins or ends to count, which concerns all members of its organization.
    """
    (found,) = (one for one in companies.companies_of(connection) if one.id == number)
    concerned = None if everybody and found.organization is not None else accounts
    pulls = look_again(connection, context.queue, found.document.owner_id, concerned)
    write(f"{_line(found, names_of(connection, [found.document.repository_id]))}\n")
    for one in companies.people_of(connection, number):
        if one.account_id in accounts:
            write(f"{_person(one)}\n")
    click.echo(f"Open pull requests to look at again: {pulls}.")


def _account(accounts: Accounts, who: str) -> tuple[int, str | None]:
    """The account that a number or a login stands for; its login only where that was looked up."""
    number = account_number(who)
    if number is not None:
        return number, None
    try:
        found = accounts.named(who.removeprefix("@"))
    except NoAccount as error:
        raise Refusal([f"Error: {who}: {error}"]) from None
    return found.id, found.login


def _company(connection: Connection, which: str) -> Company:
    """The company of a number or a name; one that has ended only where no other has the name."""
    known = companies.companies_of(connection)
    found = [one for one in known if which in (str(one.id), one.name)]
    found = [one for one in found if one.ended_at is None] or found[-1:]
    if len(found) != 1:
        numbers = ", ".join(str(one.id) for one in found)
        why = f"is the name of several; say a number: {numbers}" if found else "is no company on record"
        raise Refusal([f"Error: {which} {why}."])
    return found[0]


def _on_list(people: list[CompanyPerson], who: str) -> int | None:
    """The account that stands on a list by this number, or by the login that it was put there with."""
    number, login = account_number(who), who.removeprefix("@").lower()
    standing = {one.account_id: (one.login or "").lower() for one in people if one.account_id and one.ended_at is None}
    if number is not None:
        return number if number in standing else None
    called = {account_id for account_id, name in standing.items() if name == login}
    return the_only(called, who) if called else None


def _goes_on(one: Company, name: str) -> bool:
    return one.ended_at is None and one.name.lower() == name.lower()


def _line(one: Company, names: dict[int, str]) -> str:
    state = "waits for a signature"
    if one.signed_at is not None:
        state = f"counts since {day(one.signed_at)} ({one.how})"
    if one.ended_at is not None:
        state = f"ended {day(one.ended_at)}"
    where = f"{names.get(one.document.repository_id, one.document.repository_id)}:{one.document.path}"
    covers = f"  members of {printable(one.organization)}" if one.organization else ""
    return f"{one.id}  {printable(one.name)}  {printable(where)} {one.version}  {state}{covers}"


def _person(one: CompanyPerson) -> str:
    state = "not acknowledged yet" if one.acknowledged_at is None else f"acknowledged {day(one.acknowledged_at)}"
    if one.ended_at is not None:
        state = f"left {day(one.ended_at)}"
    who = f"{printable(one.login or '-')}  account {one.account_id or '-'}"
    return f"{who}  {one.role}  since {day(one.added_at)}  {state}"
