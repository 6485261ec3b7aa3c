"""For a WSGI server in production: `gunicorn addon.wsgi:app`."""

from __future__ import annotations

import os
import sys

from flask import Flask

from addon.app import create_app
from addon.bootstrap import serving
from addon.settings import Settings, SettingsProblem
from sync.services.ports import Fault
from sync.store.engine import BadDatabaseUrl


def application() -> Flask:
    """The service of this environment; what is missing is said in sentences, and then nothing starts."""
    try:
        settings = Settings.from_environ(os.environ)
        missing = settings.missing_for_serving()
        if missing:
            raise SettingsProblem(missing)
        return create_app(serving(settings))
    except SettingsProblem as problem:
        sys.exit("\n".join(problem.sentences))
    except (Fault, BadDatabaseUrl) as reason:
        sys.exit(str(reason))


app = application()
