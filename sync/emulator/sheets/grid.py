"""The cells of one sheet, a table record per row; a call reads and writes only the rows it touches."""

from collections.abc import Iterable, Iterator

from sync.emulator.sheets.a1 import Rect
from sync.emulator.sheets.cells import Cell, formula, is_blank, is_many
from sync.emulator.sheets.lines import Lines
from sync.emulator.tables import Table

Row = dict[str, Cell]
_ONE, _MANY = 1, 2  # kinds of formulas, by how many values they may come to


class Grid:
    """Cells by row and column position. Changes wait in memory until `save`."""

    def __init__(self, cells: Table, formulas: Table, rows: Lines, columns: Lines) -> None:
        self._cells = cells
        self._formulas = formulas
        self.rows = rows
        self.columns = columns
        self._changed: dict[int, Row] = {}

    def cell(self, row: int, column: int) -> Cell | None:
        return self.by_id(self.rows.at(row), self.columns.at(column))

    def by_id(self, row_id: int, column_id: int) -> Cell | None:
        record = self._row(row_id)
        return record.get(str(column_id)) if record else None

    def set(self, row: int, column: int, cell: Cell | None) -> None:
        self.set_by_id(self.rows.at(row), self.columns.at(column), cell)

    def set_by_id(self, row_id: int, column_id: int, cell: Cell | None) -> None:
        record = self._changed.get(row_id)
        if record is None:
            record = self._changed[row_id] = dict(self._cells.get(str(row_id)) or {})
        key = str(column_id)
        old = record.get(key)
        if cell is None:
            record.pop(key, None)
        else:
            record[key] = cell
        if isinstance(cell, dict) or isinstance(old, dict):
            self._index_formula(row_id, column_id, cell, old)

    def cells_of(self, row: int, left: int, right: int) -> list[Cell | None]:
        """The cells of one row, None for the empty ones."""
        record = self._row(self.rows.at(row))
        if not record:
            return [None] * (right - left)
        return [record.get(str(column)) for column in self.columns.slice(left, right)]

    def kept_rows(self, rect: Rect) -> Iterator[tuple[int, list[Cell | None]]]:
        """(row position, its cells) for every row of the rectangle that has anything in it."""
        keys = [str(column) for column in self.columns.slice(rect.left, rect.right)]
        for row, row_id in self._rows_of(rect):
            record = self._row(row_id)
            if record:
                found = [record.get(key) for key in keys]
                if any(cell is not None for cell in found):
                    yield row, found

    def has_value(self, row: int, left: int, right: int) -> bool:
        record = self._row(self.rows.at(row))
        if not record:
            return False
        return any(not is_blank(record.get(str(column))) for column in self.columns.slice(left, right))

    def formula_cells(self) -> list[tuple[int, int]]:
        """(row id, column id) of every formula of the sheet."""
        return [_ids_of(key) for key in self._formulas.keys()]  # noqa: SIM118 - a Table is not a dict

    def many(self) -> list[tuple[int, int]]:
        """(row, column) of every formula that may come to more than one value."""
        ids = [_ids_of(key) for key, kind in self._formulas.items() if kind == _MANY]
        places = [(self.rows.position(row_id), self.columns.position(column_id)) for row_id, column_id in ids]
        return [(row, column) for row, column in places if row is not None and column is not None]

    def forget_rows(self, row_ids: list[int]) -> None:
        """Drop the records of deleted rows."""
        gone = set(row_ids)
        for row_id in row_ids:
            self._changed.pop(row_id, None)
            self._cells.delete(str(row_id))
        for row_id, column_id in self.formula_cells():
            if row_id in gone:
                self._formulas.delete(f"{row_id}/{column_id}")

    def forget_columns(self, column_ids: list[int]) -> None:
        """Drop the cells of deleted columns."""
        keys = {str(column) for column in column_ids}
        for row_id in self._ids():
            record = self._row(row_id)
            if record and not keys.isdisjoint(record):
                for column in column_ids:
                    self.set_by_id(row_id, column, None)

    def save(self) -> None:
        for row_id, record in self._changed.items():
            if record:
                self._cells.put(str(row_id), record)
            else:
                self._cells.delete(str(row_id))
        self._changed.clear()

    def clear(self) -> None:
        """Drop every cell of the sheet, for a sheet that goes."""
        self._changed.clear()
        for table in (self._cells, self._formulas):
            for key in table.keys():  # noqa: SIM118 - a Table is not a dict
                table.delete(key)

    def _rows_of(self, rect: Rect) -> Iterable[tuple[int, int]]:
        """(position, id) of the rows of a rectangle, in order; only the kept ones where few are kept of many."""
        if rect.height < 4 * (len(self._cells) + len(self._changed)) + 64:
            return enumerate(self.rows.slice(rect.top, rect.bottom), rect.top)
        found = [(self.rows.position(row_id), row_id) for row_id in self._ids()]
        return sorted((row, row_id) for row, row_id in found if row is not None and rect.top <= row < rect.bottom)

    def _ids(self) -> list[int]:
        return sorted({int(key) for key in self._cells.keys()} | self._changed.keys())  # noqa: SIM118

    def _row(self, row_id: int) -> Row | None:
        changed = self._changed.get(row_id)
        if changed is not None:
            return changed
        kept: Row | None = self._cells.get(str(row_id))
        return kept

    def _index_formula(self, row_id: int, column_id: int, cell: Cell | None, old: Cell | None) -> None:
        now, before = (_MANY if is_many(one) else _ONE if formula(one) is not None else None for one in (cell, old))
        if now is not None and now != before:
            self._formulas.put(f"{row_id}/{column_id}", now)
        elif before is not None and now is None:
            self._formulas.delete(f"{row_id}/{column_id}")


def _ids_of(key: str) -> tuple[int, int]:
    row_id, column_id = key.split("/")
    return int(row_id), int(column_id)
