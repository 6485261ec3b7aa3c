"""Google Sheets v4 of the local Workspace: importing the package puts its methods on the map."""

from sync.emulator.sheets import spreadsheets_routes
from sync.emulator.sheets.files import driveside
from sync.emulator.sheets.values import routes

__all__ = ["driveside", "routes", "spreadsheets_routes"]
