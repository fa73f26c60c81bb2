# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The page on commands in comments, docs/comments.md: the words here, the table from the registry of commands."""

from bot.decide.commands.grammar import MOST_COMMANDS, SIGNING_PHRASE
from bot.decide.commands.registry import COMMANDS
from bot.decide.commands.run import MOST_ANSWERS, MOST_HEARD

_PAGE = """\
<!--
SPDX-FileCopyrightText: The Steward Authors
SPDX-License-Identifier: Apache-2.0

Generated from the registry of commands: change bot/decide/commands/ or docs/commands_in_comments.py, then run
`make docs`.
-->

# Commands in comments

Write one on a line of its own in a comment on a pull request, in a review, or in a comment on a line of the change.
Several may stand in one comment, up to {most}; the case of `/steward` and of the command's name does not matter.

| command | who | does |
| --- | --- | --- |
{commands}

What stands in brackets may be left out. Who somebody is and what they may do is asked of GitHub at that moment. Who has
just linked an e-mail address to their account is known by it at once: Steward looks again before it turns anybody away.

How maintainers override, approve and revoke, for which commit and until when: [deciding](deciding.md).

## `/steward explain`

Tells why a rule stands as it does in the last report: the settings and the file and commit that they come from, what
was looked at, and who may decide. It is what [`steward check --explain`](check.md#--explain) tells. Without a rule it
tells of all in short. It is answered on a closed pull request as well.

## `/steward sign`

Signs the [agreement](rules/cla.md), where the policy's [`sign`](policy.md#rulescla) lets comments sign. The sentence
that many contributors know does the same, alone on its line, in any case, with or without the full stop:

```text
{phrase}
```

## `/steward help`

Tells the commands and which of them are yours; with a command behind it, that one alone. Other words behind it are
passed over.

## On an issue

Help is given there too. Every other command is refused, since it works on pull requests; the sentence is passed over.

## What it answers

| reaction | means |
| --- | --- |
| 👍 `+1` | done, or done before: somebody who has signed needs not sign again. What was asked for stands in a reply |
| 😕 `confused` | refused, or not understood; one short reply says why and what to do. No reply: you had too many |
| none | there was no command for Steward, nobody whom it obeys, or somebody who gave too many |

A comment has one reply, however often it is edited: what is answered anew is added to it. Who was refused or answered
in words {often} times on a pull request or issue within an hour gets no more words there: what they decide, sign or
ask to be checked is done as before and answered by 👍; all else by 😕 alone. To more than {heard} commands of somebody
there within an hour nobody listens. The log tells the reasons.

After a signature every open pull request of the signer under that agreement is looked at again by itself, in all
repositories of the owner.

## What a signature by comment is

It holds the account's id, its login then, the SHA-256 of the text that was pinned for the version, the time at which
Steward carried it out, and the comment: its id, address, pull request and when it was written. If another text stands
under the same version by now, the pinned one is what is signed. Where the policy's `fields` ask for something that must
be filled in, a comment cannot sign: the reply leads to the page that can.

Signatures, decisions and refusals stand in the [audit log](audit.md). Deleting the comment later takes nothing back.

## What is never obeyed

- Bots, and what an App writes in somebody's name. Steward itself neither.
- Somebody who edits another's comment. Of an edit by the author only the lines count that were not there before, and an
  edited comment never signs.
- What the comment does not say itself: quotes, lists, tables, code, links, HTML and what stands inside of it, HTML
  comments.
- A comment that was deleted before its turn; the log says so. One that was only edited is obeyed as it was.
- What would check, sign or decide anything on a closed pull request; the answer says so.

The sentence is passed over where no agreement is asked for: another program may be meant.

What counts is the text in the signed event, and each command counts once, however often GitHub sends the event. An
event that GitHub lost comes back by a redelivery only: without an answer within a minute or two, write the comment
again.
"""


def render() -> str:
    """The whole page."""
    return _PAGE.format(
        commands="\n".join(f"| `{one.usage}` | {one.who} | {one.does} |" for one in COMMANDS),
        most=MOST_COMMANDS,
        often=MOST_ANSWERS,
        heard=MOST_HEARD,
        phrase=SIGNING_PHRASE,
    )
