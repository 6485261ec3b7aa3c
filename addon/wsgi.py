"""For a WSGI server in production: `gunicorn addon.wsgi:app`."""

from __future__ import annotations

import os

from flask import Flask

from addon.app import create_app
from addon.bootstrap import serving
from addon.settings import Settings


def application() -> Flask:
    """The service of this environment. Raises `SettingsProblem` in sentences when something is missing."""
    return create_app(serving(Settings.from_environ(os.environ)))


app = application()
