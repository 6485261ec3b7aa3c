"""Figures, measured side by side on the machine they are printed on. Never a test: nothing here passes or fails.

`make bench`, or `python -m tests.bench [NAME ...]`. A bench is a function in a module of this folder:

    @bench("calendar-insert", "events.insert beside a bare Flask view with the same JSON")
    def insert() -> Figures: ...
"""
