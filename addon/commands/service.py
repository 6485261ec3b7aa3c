"""`serve`, `manifest` and `doctor`: running the add-on, and putting it in front of Google."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
from types import FrameType

import click

from addon.commands.store import settings_of_environment
from addon.settings import Settings, SettingsProblem


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The interface to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
def serve(host: str, port: int) -> None:
    """The add-on service. Settings come from the environment; `doctor` says what is missing."""
    settings = settings_of_environment()
    if missing := settings.missing_for_serving():
        raise click.ClickException("\n".join(missing))
    from werkzeug.serving import make_server

    from addon.app import create_app
    from addon.bootstrap import serving
    from sync.services.ports import Fault
    from sync.store.engine import BadDatabaseUrl

    try:
        product = serving(settings)
    except (Fault, BadDatabaseUrl) as reason:
        raise click.ClickException(str(reason)) from None
    # Werkzeug leaves the process when a port is taken; asked for here, it is a sentence like any other.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listening:
        server = make_server(host, port, create_app(product), threaded=True, fd=listening.fileno())
    click.echo(f"Answering at http://{host}:{server.port}, known to Google as {settings.public_base_url}.", err=True)

    def stop(number: int, frame: FrameType | None) -> None:
        # Whoever shuts a server down waits for it, so it cannot be its own thread.
        threading.Thread(target=server.shutdown).start()

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, stop)
    try:
        server.serve_forever()
    finally:
        server.server_close()
        product.store.close()


@click.command()
@click.option("--url", required=True, help="The address at which Google will reach the service, https://...")
@click.option(
    "--pineapples",
    is_flag=True,
    help="Also ask to read titles: a pineapple in that of one's class opens its door.",
)
@click.option("--mail", is_flag=True, help="Also ask to send mail: a thank-you may go out as its writer, at a tap.")
def manifest(url: str, pineapples: bool, mail: bool) -> None:
    """The deployment descriptor, for `gcloud workspace-add-ons deployments create --deployment-file`."""
    from addon.manifest import manifest as described

    try:
        base = Settings.from_environ({"PUBLIC_BASE_URL": url}).public_base_url
    except SettingsProblem:
        raise click.UsageError(f"{url!r} is not an address such as https://visits.example.org.") from None
    if not base.startswith("https://"):
        click.echo(f"Google calls add-ons at https:// addresses alone; {base} serves on this machine only.", err=True)
    click.echo(json.dumps(described(base, titles=pineapples, mail=mail), indent=2))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
def doctor(as_json: bool) -> None:
    """What is missing before the service can run, in words. Exit code 2 when something is."""
    from addon.diagnosis import diagnose

    findings = diagnose(os.environ)
    if as_json:
        click.echo(json.dumps([finding.as_json() for finding in findings], indent=2))
    else:
        for finding in findings:
            click.echo(f"{'ok     ' if finding.well else 'MISSING'}  {finding.what}: {finding.sentence}")
    if not all(finding.well for finding in findings):
        sys.exit(2)
