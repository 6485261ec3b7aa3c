"""Schools out of other programs' files: FET, OneRoster, printed grids, calendars, Google's Directory."""
