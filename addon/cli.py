"""The `downthehall` command.

Answers and JSON go to stdout, words for people to stderr. Exit codes: 0 done, 1 done with something refused or
broken, 2 the input or the set-up is at fault. Commands are loaded when they are called, so that each starts fast.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

DONE, BROKEN, INPUT_AT_FAULT = 0, 1, 2
COMMANDS: dict[str, tuple[str, str]] = {
    "school": ("addon.commands.school:school", "Read a school from its files, or say what is wrong with them."),
    "periods": ("addon.commands.timetable:periods", "Every period of every school day, with what a person has."),
    "slots": ("addon.commands.timetable:slots", "When colleagues may visit a class, and why not at other times."),
    "demo": ("addon.commands.demo:demo", "The whole product on this machine, with a school to try it on."),
    "workspace": ("addon.commands.workspace:workspace", "A Google Workspace on this machine, for any client."),
    "plan": ("addon.commands.plan:plan", "A whole term of visits, under the agreement, with a proof of how good."),
    "repair": ("addon.commands.plan:repair", "A plan made valid again; only what was hit moves."),
    "propose": ("addon.commands.mending:propose", "A plan into the store, as proposals that people accept or decline."),
    "mend": ("addon.commands.mending:mend", "An absence, a snow day, a closed room: only what it hits moves."),
    "ledger": ("addon.commands.ledger:ledger", "Prep given, given back and owed, on a page."),
    "district": ("addon.commands.district:district", "The schools of a store side by side, in numbers only."),
    "sync": ("addon.commands.sync:sync", "Make Calendar, Docs and Sheet agree with the store."),
    "rehearse": ("addon.commands.sync:rehearse", "What sync would do, with nothing sent."),
    "backup": ("addon.commands.sync:backup", "The whole store into one file."),
    "restore": ("addon.commands.sync:restore", "A backup into an empty store."),
    "holdings": ("addon.commands.holdings:holdings", "What we hold, where, until when, and who can read it."),
    "export": ("addon.commands.holdings:export", "Everything we hold of a person, for that person."),
    "erase": ("addon.commands.holdings:erase", "A person's words and consents taken out, with a receipt."),
    "hold": ("addon.commands.meeting:hold", "Everything kept until it is lifted, as for a request of records."),
    "checkins": ("addon.commands.meeting:checkins", "Dates around which a leader meets each teacher."),
    "certificate": ("addon.commands.holdings:certificate", "That a person visited, and when; no content."),
    "protocol": ("addon.commands.protocol:protocol", "What a kind of visit asks, as a Doc that the school edits."),
    "charter": ("addon.commands.charter:charter", "The school's own definition, goals and norms, as a Doc."),
    "newsletter": ("addon.commands.holdings:newsletter", "Lines that all concerned agreed to show, as a draft."),
    "serve": ("addon.commands.service:serve", "The add-on service, for Google to call."),
    "manifest": ("addon.commands.service:manifest", "The add-on's deployment descriptor."),
    "doctor": ("addon.commands.service:doctor", "What is missing before the service can run, in words."),
}
"""where each command lives, and what it is for in a sentence"""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, purpose) for name, (_, purpose) in COMMANDS.items()])


@click.group(cls=LazyGroup, no_args_is_help=True)
@click.version_option(package_name="downthehall", prog_name="downthehall")
def downthehall() -> None:
    """Peer classroom visits, booked into the prep periods that teachers already have."""


def main() -> None:
    """The console script."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Carries out one command line and returns its exit code. Whatever goes wrong is said in sentences on stderr."""
    try:
        code = downthehall.main(list(arguments), prog_name="downthehall", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message())
        return INPUT_AT_FAULT
    except click.ClickException as mistake:
        return _told(_sentence(mistake))
    except (click.Abort, KeyboardInterrupt):
        return _told("Stopped.", 130)
    except BrokenPipeError:  # whoever read our answer has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # the one place where no traceback may reach a person
        if os.environ.get("DOWNTHEHALL_DEBUG") == "1":
            raise
        return _of(error)
    return code if isinstance(code, int) else DONE


def _sentence(mistake: click.ClickException) -> str:
    path = mistake.ctx.command_path if isinstance(mistake, click.UsageError) and mistake.ctx else "downthehall"
    hint = f"\nSee `{path} --help`." if isinstance(mistake, click.UsageError) else ""
    return mistake.format_message() + hint


def _of(error: Exception) -> int:
    from sync.core.school.school import NoSuchPerson
    from sync.schools.problems import SchoolProblems

    if isinstance(error, SchoolProblems):
        many = len(error.problems)
        return _told(f"{error}\n{many} problem{'' if many == 1 else 's'}; nothing was changed.")
    if isinstance(error, NoSuchPerson):
        return _told(str(error))
    if isinstance(error, OSError) and error.filename is None and error.errno in (errno.EADDRINUSE, errno.EACCES):
        told = f"The port cannot be had ({error.strerror}); choose another with --port, or 0 for a free one."
        return _told(told)
    if isinstance(error, OSError):
        return _told(f"{error.filename or 'A file'} cannot be used: {error.strerror or type(error).__name__}.")
    kind = type(error).__name__
    return _told(
        f"Something of ours broke ({kind}). Run it again with DOWNTHEHALL_DEBUG=1 and send us what it says.", 1
    )


def _told(sentence: str, code: int = INPUT_AT_FAULT) -> int:
    click.echo(sentence, err=True)
    return code


if __name__ == "__main__":
    main()
