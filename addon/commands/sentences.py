"""What goes wrong in a use case, as the command line says it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def said_in_a_sentence() -> Iterator[None]:
    """Whatever is refused, whoever is unknown, and what Google did not do."""
    from sync.core.refusals import Refused
    from sync.core.school.school import NoSuchPerson
    from sync.services.ports import Fault

    try:
        yield
    except NoSuchPerson as problem:
        raise click.UsageError(str(problem)) from None
    except Refused as refused:
        raise click.ClickException(" ".join(reason.sentence for reason in refused.reasons)) from None
    except Fault as fault:
        raise click.ClickException(str(fault)) from None
