"""Taking times and printing tables."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable


def seconds(once: Callable[[], None]) -> float:
    gc.collect()
    gc.disable()
    try:
        began = time.perf_counter()
        once()
        return time.perf_counter() - began
    finally:
        gc.enable()


def median_ratio(these: list[float], those: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(these, those, strict=True))


def print_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    table = [list(head), *(list(row) for row in rows)]
    widths = [max(len(row[at]) for row in table) for at in range(len(table[0]))]
    for number, row in enumerate(table):
        first, *rest = row
        print("  ".join([first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]))  # fmt: skip
        if number == 0:
            print("  ".join("-" * width for width in widths))
