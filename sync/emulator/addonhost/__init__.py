"""Google's part for an add-on: build and sign the event object, call the service, hold its answer to the rules."""

from sync.emulator.addonhost import routes

__all__ = ["routes"]
