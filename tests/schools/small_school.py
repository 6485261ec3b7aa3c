"""A small school without a fault, as the texts of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

Files = dict[str, str | bytes]
Put = Callable[[Mapping[str, str | bytes]], Path]

SMALL = {
    "school.toml": (
        'name = "Oak School"\ntimezone = "America/Chicago"\ndomain = "oak.example"\n'
        '\n[[terms]]\nname = "Fall"\nfrom = 2026-08-31\nto = 2026-12-18\n'
    ),
    "staff.csv": (
        "email,name,roles,grades,departments,building,room,specialty,open_to_visits\n"
        "ada@oak.example,Ada Marsh,teacher,6;7,English,East,E1,,yes\n"
        "ben@oak.example,Ben Castillo,teacher;specialist,7,Science,West,W1,robotics,\n"
        "cleo@oak.example,Cleo Okafor,coordinator,,,East,,,no\n"
    ),
    "bell_schedule.csv": (
        "day_type,period,start,end,kind\n"
        "A,HR,8:00,8:10,homeroom\nA,1,8:15,9:00,class\nA,2,09:05,09:50,class\nA,L,9:50,10:20,lunch\nA,3,10:20,11:05,class\n"
        "B,1,9:00,9:40,class\nB,2,9:45,10:25,class\n"
    ),
    "days.csv": (
        "date,day_type,note\n2026-09-01,A,first day\n2026-09-02,B,\n2026-09-03,A,\n2026-09-04,B,\n"
        "2026-09-07,,Labor Day\n"
        "2026-09-08,A,\n"
    ),
    "timetable.csv": (
        "email,day_type,period,kind,section,course,grade,room\n"
        "ada@oak.example,A,1,class,ENG7-1,English 7,7,E1\n"
        "ada@oak.example,A,2,prep,,planning,,\n"
        "ada@oak.example,B,1,class,ENG7-1,English 7,7,\n"
        "ben@oak.example,A,2,class,SCI7-1,Science 7,7,W2\n"
        "ben@oak.example,A,3,duty,,,,\n"
        "ben@oak.example,B,2,class,SCI7-1,Science 7,7,W1\n"
    ),
    "groups.csv": "group,email\nSevens,ada@oak.example\nSevens,ben@oak.example\n",
    "busy.csv": "email,start,end\nada@oak.example,2026-09-03T09:00,2026-09-03T09:30\n",
    "wishes.csv": "email,wish,other\nada@oak.example,visit,ben@oak.example\n",
    "focus.csv": "focus,look_fors,id\nWho asks the questions?,students ask students,asks\n",
    "cover.csv": "email,minutes_per_week,note\nada@oak.example,50,\n",
    "rules.toml": '# ours\npack = "default"\n\n[agreement]\nroom_cap = 2\n\n[goal]\nkind = "pair"\n',
}
