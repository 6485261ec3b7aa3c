"""The people of Maple Hall, a school that nobody goes to."""

from __future__ import annotations

from dataclasses import dataclass

from sync.core.school.people import COORDINATOR, COVER, LEADER, TEACHER, Person
from sync.schools.addresses import slug

DOMAIN = "maplehall.example"
EAST, WEST = "East", "West"
GRADES = {EAST: ("6", "7", "8"), WEST: ("9", "10", "11", "12")}
"""the middle school is in the East building, the upper school in the West"""


@dataclass(frozen=True, slots=True)
class Department:
    """Teachers who plan in the same period, every day. Even places teach in the East building, odd ones in the West."""

    name: str
    code: str
    planning: str
    teachers: tuple[str, ...]


DEPARTMENTS = (
    Department(
        "English",
        "ENG",
        "3",
        (
            "Ada Marsh",
            "Ben Castillo",
            "Hana Sato",
            "Theo Brandt",
            "Ruth Adeyemi",
            "Owen Price",
            "Lucia Ferrante",
            "Peter Nowak",
        ),
    ),
    Department(
        "Mathematics",
        "MAT",
        "4",
        (
            "Ines Duarte",
            "Jamal Reed",
            "Mei Lin",
            "Anders Holm",
            "Grace Mbeki",
            "Victor Hale",
            "Salma Aziz",
            "Noah Fischer",
        ),
    ),
    Department(
        "Science",
        "SCI",
        "3",
        (
            "Priya Raman",
            "Lars Eklund",
            "Dora Kiss",
            "Marcus Webb",
            "Yuki Tanaka",
            "Elena Petrova",
            "Sam Whitfield",
            "Aisha Bello",
        ),
    ),
    Department(
        "Social Studies",
        "SOC",
        "4",
        (
            "Tom Gallagher",
            "Nadia Haddad",
            "Felix Braun",
            "Carmen Ortiz",
            "Joseph Kim",
            "Wanda Zielinska",
            "Isaac Cole",
            "Miriam Stern",
        ),
    ),
    Department(
        "World Languages",
        "LAN",
        "7",
        ("Sofia Romano", "Pierre Lemaire", "Chen Wei", "Marta Vidal", "Omar Farouk", "Greta Olsen"),
    ),
    Department(
        "Arts", "ART", "7", ("Juno Park", "Leo Marchetti", "Freya Lund", "Andre Baptiste", "Tessa Quinn", "Ravi Menon")
    ),
    Department(
        "Physical Education", "PED", "2", ("Kofi Mensah", "Brigid Nolan", "Hugo Silva", "Tara Singh", "Ivan Kostic")
    ),
    Department(
        "Special Education",
        "SPE",
        "2",
        ("Rosa Delgado", "Simon Achebe", "Paula Weiss", "Dylan Frost", "Amina Yusuf", "Clara Jensen"),
    ),
    Department("Technology", "TEC", "2", ("Arun Patel", "Stella Grant", "Milo Hansen", "Vera Novak", "Diego Luna")),
)
PART_TIME = ("Peter Nowak", "Wanda Zielinska", "Greta Olsen", "Clara Jensen")
"""here in the mornings only"""
TRAVELLING = ("Ravi Menon", "Ivan Kostic", "Milo Hansen")
"""East in the morning, West in the afternoon, period 4 on the way"""
NOT_HOSTING = ("Isaac Cole",)
SPECIALISTS = {
    "Tessa Quinn": "orchestra",
    "Ravi Menon": "ceramics",
    "Amina Yusuf": "reading support",
    "Clara Jensen": "speech",
    "Milo Hansen": "robotics",
}
OTHERS = (
    ("Cleo Okafor", (COORDINATOR, "coach"), EAST, "E001"),
    ("Walter Ames", (LEADER,), WEST, "W001"),
    ("Judith Lowe", (LEADER,), EAST, "E002"),
    ("Nell Burke", (COVER,), EAST, ""),
    ("Ossie Crane", (COVER,), WEST, ""),
)


def address(name: str) -> str:
    return f"{slug(name)}@{DOMAIN}"


def building_of(place: int) -> str:
    return WEST if place % 2 else EAST


def people() -> list[Person]:
    """Teachers by department, then the coordinator, the leaders and the cover staff."""
    return [_teacher(department, place) for department in DEPARTMENTS for place in range(len(department.teachers))] + [
        Person(address(name), name, roles, building=building, room=room) for name, roles, building, room in OTHERS
    ]


def _teacher(department: Department, place: int) -> Person:
    name, building = department.teachers[place], building_of(place)
    grades = grades_of(place)
    return Person(
        email=address(name),
        name=name,
        roles=(TEACHER, "specialist") if name in SPECIALISTS else (TEACHER,),
        grades=GRADES[EAST] + GRADES[WEST] if name in TRAVELLING else grades,
        departments=(department.name,),
        building=building,
        room=room_of(department, place, building),
        specialty=SPECIALISTS.get(name, ""),
        open_to_visits=name not in NOT_HOSTING,
    )


def grades_of(place: int) -> tuple[str, ...]:
    """The two grades that a teacher at this place of a department has."""
    here = GRADES[building_of(place)]
    first = (place // 2) % len(here)
    return tuple(sorted({here[first], here[(first + 1) % len(here)]}, key=int))


def room_of(department: Department, place: int, building: str) -> str:
    floor = DEPARTMENTS.index(department)
    return f"{building[0]}{floor + 1}{place + 1:02d}"
