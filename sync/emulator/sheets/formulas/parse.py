"""From the tokens of a formula to a tree.

The tokens come from openpyxl; what stands here is only the order of operators, as the Sheets help gives it: percent,
then signs, ^, * and /, + and -, &, comparisons.
"""

from dataclasses import dataclass
from functools import lru_cache

from openpyxl.formula.tokenizer import Token

from sync.emulator.sheets.formulas.references import tokens


class UnreadableFormulaError(Exception):
    """The text is no formula: "#ERROR!" with "Formula parse error."."""


@dataclass(frozen=True, slots=True)
class Literal:
    value: str | float | bool


@dataclass(frozen=True, slots=True)
class ErrorLiteral:
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    """`operator` with one operand (sign, percent) or two."""

    operator: str
    operands: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Function:
    name: str
    arguments: tuple["Node | None", ...]  # None: an argument left empty


Node = Literal | ErrorLiteral | Reference | Operation | Function
_BINDING = {"^": 6, "*": 5, "/": 5, "+": 4, "-": 4, "&": 3, "=": 2, "<>": 2, "<": 2, ">": 2, "<=": 2, ">=": 2}
_MOST_DEPTH = 100


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of a formula that starts with "=". Raises UnreadableFormulaError."""
    found = tokens(text)
    if not found:
        raise UnreadableFormulaError(text)
    reader = _Reader([token for token in found if token.type != Token.WSPACE])
    tree = reader.expression(0)
    if reader.peek() is not None:
        raise UnreadableFormulaError(text)
    return tree


class _Reader:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0

    def peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def expression(self, least: int) -> Node:
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise UnreadableFormulaError("nested too deep")
        left = self._operand()
        while (token := self.peek()) is not None:
            if token.type == Token.OP_POST:
                self._at += 1
                left = Operation("%", (left,))
                continue
            if token.type != Token.OP_IN or _BINDING.get(token.value, -1) < least:
                break
            self._at += 1
            if token.value not in _BINDING:
                raise UnreadableFormulaError(token.value)
            left = Operation(token.value, (left, self.expression(_BINDING[token.value] + 1)))
        self._depth -= 1
        return left

    def _operand(self) -> Node:
        token = self.peek()
        if token is None:
            raise UnreadableFormulaError("an operand is missing")
        self._at += 1
        if token.type == Token.OPERAND:
            return _literal(token)
        if token.type == Token.OP_PRE:
            return Operation("neg" if token.value == "-" else "pos", (self.expression(7),))
        if token.type == Token.PAREN and token.subtype == Token.OPEN:
            inner = self.expression(0)
            self._close()
            return inner
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            return Function(token.value[:-1].upper().removeprefix("_XLFN."), self._arguments())
        raise UnreadableFormulaError(token.value)

    def _arguments(self) -> tuple[Node | None, ...]:
        arguments: list[Node | None] = []
        empty = True
        while True:
            token = self.peek()
            if token is None:
                raise UnreadableFormulaError("a bracket is missing")
            closing = token.type == Token.FUNC and token.subtype == Token.CLOSE
            if closing or token.type == Token.SEP:
                self._at += 1
                if empty and not (closing and not arguments):
                    arguments.append(None)
                if closing:
                    return tuple(arguments)
                empty = True
                continue
            if not empty:
                raise UnreadableFormulaError(token.value)
            arguments.append(self.expression(0))
            empty = False

    def _close(self) -> None:
        token = self.peek()
        if token is None or token.type != Token.PAREN or token.subtype != Token.CLOSE:
            raise UnreadableFormulaError("a bracket is missing")
        self._at += 1


def _literal(token: Token) -> Node:
    if token.subtype == Token.NUMBER:
        return Literal(float(token.value))
    if token.subtype == Token.TEXT:
        return Literal(token.value[1:-1].replace('""', '"'))
    if token.subtype == Token.LOGICAL or token.value.upper() in {"TRUE", "FALSE"}:
        return Literal(token.value.upper() == "TRUE")
    if token.subtype == Token.ERROR:
        return ErrorLiteral(token.value)
    return Reference(token.value)
