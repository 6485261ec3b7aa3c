"""The one error the Sheets model raises; the routes turn it into Google's 400 body."""


class SheetRefusal(Exception):
    """Raised when Google would answer 400 INVALID_ARGUMENT; the text is Google's sentence without any prefix."""


def unparsable(text: str) -> SheetRefusal:
    return SheetRefusal(f"Unable to parse range: {text}")


def no_grid(sheet_id: int) -> SheetRefusal:
    return SheetRefusal(f"No grid with id: {sheet_id}")
