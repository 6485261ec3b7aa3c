"""`workspace`: the local Google Workspace alone, for whoever wants to point clients at it."""

from __future__ import annotations

from pathlib import Path

import click

from addon.commands.options import FOLDER


@click.command()
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="The port to listen on; 0 takes a free one.")
@click.option("--data", type=FOLDER, help="Keep the state (and the key) in this folder, to go on with it later.")
@click.option("--page-size", type=click.IntRange(1), help="Most entries on a page, so that clients meet the next one.")
@click.option("--domain", default="school.example", show_default=True, help="The domain of its people.")
@click.option("--quotas", is_flag=True, help="Hold Google's quotas per minute, user and project.")
@click.option("--no-robot-storage", is_flag=True, help="A service account that acts as itself owns no Drive files.")
@click.option("--seed", help="The same seed and the same calls give the same ids.")
def workspace(
    port: int,
    data: Path | None,
    page_size: int | None,
    domain: str,
    quotas: bool,
    no_robot_storage: bool,
    seed: str | None,
) -> int:
    """A Google Workspace on this machine: Calendar, Drive, Docs, Sheets and what belongs to them.

    When it is ready it prints one line of JSON: url, credentials (the key file of a service account that may act for
    everybody in the domain) and domain. Ctrl-C stops it.
    """
    from sync.emulator.command import run_workspace

    if "." not in domain.strip(".") or not all(part.replace("-", "").isalnum() for part in domain.split(".")):
        raise click.UsageError(f"{domain!r} is not a domain; write one like school.example.")
    return run_workspace(
        port,
        data,
        page_size,
        domain=domain.lower(),
        quotas=quotas,
        service_account_storage=not no_robot_storage,
        seed=seed,
    )
