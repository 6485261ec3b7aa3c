"""Google Sheets v4 of the local Workspace: importing the package puts its methods on the map."""

from sync.emulator.sheets import driveside, spreadsheets_routes, values_routes

__all__ = ["driveside", "spreadsheets_routes", "values_routes"]
