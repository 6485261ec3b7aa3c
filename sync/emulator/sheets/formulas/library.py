"""The functions by name. A function gets its arguments still as trees, so that IF works out one branch only."""

from collections.abc import Callable

from sync.emulator.sheets.formulas.asking import Evaluator
from sync.emulator.sheets.formulas.coerce import FormulaError
from sync.emulator.sheets.formulas.parse import Function, Node
from sync.emulator.sheets.results import Value

Arguments = tuple[Node | None, ...]
Implementation = Callable[[Evaluator, Arguments], Value]
FUNCTIONS: dict[str, tuple[Implementation, int, int]] = {}


def function(*names: str, least: int = 0, most: int = 255) -> Callable[[Implementation], Implementation]:
    """Says under which names a function is known and how many arguments it takes."""

    def register(implementation: Implementation) -> Implementation:
        for name in names:
            FUNCTIONS[name] = (implementation, least, most)
        return implementation

    return register


def call(evaluator: Evaluator, node: Function) -> Value:
    """Raises FormulaError #NAME? for a function there is not, #N/A for a wrong number of arguments."""
    found = FUNCTIONS.get(node.name)
    if found is None:
        raise FormulaError("#NAME?", f"Unknown function: '{node.name}'.")
    implementation, least, most = found
    check_count(node, least, most)
    return implementation(evaluator, node.arguments)


def check_count(node: Function, least: int, most: int) -> None:
    """Raises FormulaError #N/A for a wrong number of arguments."""
    given = len(node.arguments)
    if not least <= given <= most:
        expected = str(least) if least == most else f"between {least} and {most}"
        message = f"Wrong number of arguments to {node.name}. Expected {expected} arguments, but got {given} arguments."
        raise FormulaError("#N/A", message)
