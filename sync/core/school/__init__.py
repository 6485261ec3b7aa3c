"""A school as it is given: its people, bells, days and timetable, and what it has agreed on."""
