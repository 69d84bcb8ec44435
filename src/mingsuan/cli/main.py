"""The `mingsuan` command.

Whatever takes time to import is imported inside the commands, so that --help answers at once.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

import click

import mingsuan
from mingsuan.cli.check import check, show
from mingsuan.cli.chinese import Group, complaint
from mingsuan.cli.compile import compile_, new, trace
from mingsuan.cli.console import DEFECT, OK, UNREADABLE, ReaderGoneError, defect, silence
from mingsuan.cli.fix import fix
from mingsuan.cli.lift import lift
from mingsuan.cli.look import explain, grids, read, rules
from mingsuan.cli.performance import evaluate, evidence, monitor, targets
from mingsuan.cli.publish import publish
from mingsuan.cli.synth import corrupt, synth
from mingsuan.cli.synth_data import hall, hotline


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]}, help="明算：部门预算的编制、公开、读取、核对和绩效。")
@click.version_option(mingsuan.__version__, message="%(version)s", help="显示版本。")
def cli() -> None:
    """The group of all commands."""


for _command in (check, show, fix, explain, rules, read, grids):
    cli.add_command(_command)
for _command in (new, compile_, trace, publish, lift):
    cli.add_command(_command)
for _command in (targets, evidence, monitor, evaluate):
    cli.add_command(_command)
for _command in (synth, corrupt):
    cli.add_command(_command)
synth.add_command(hotline)
synth.add_command(hall)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    _print_what_can_be_printed()
    try:
        status = cli.main(args=None if arguments is None else list(arguments), prog_name="mingsuan", standalone_mode=False)
    except ReaderGoneError:
        silence()
        return OK
    except click.exceptions.Abort:
        click.echo("已中断。", err=True)
        return UNREADABLE
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return UNREADABLE
    except click.UsageError as error:
        click.echo(complaint(error), err=True)
        return UNREADABLE
    except click.ClickException as error:
        error.show()
        return UNREADABLE
    except click.exceptions.Exit as error:
        return error.exit_code
    except Exception as error:
        if os.environ.get("MINGSUAN_TRACEBACK"):
            raise
        click.echo(defect(error), err=True)
        return DEFECT
    return status if isinstance(status, int) else OK


def _print_what_can_be_printed() -> None:
    """A terminal may lack a character, a mark of the report for one; that must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
