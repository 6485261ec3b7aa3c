"""`python -m tests.bench [NAME ...]`: figures as JSON on stdout, what is being measured on stderr."""

from __future__ import annotations

import json
import os
import pkgutil
import platform
import sys
import time
from importlib import import_module

import tests.bench
from tests.bench.registry import BENCHES


def main(names: list[str]) -> int:
    """Runs the named benches, or all; exit code 2 for a name that is none."""
    for module in pkgutil.iter_modules(tests.bench.__path__):
        if module.name != "__main__":
            import_module(f"tests.bench.{module.name}")
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        sys.stderr.write(f"There is no bench {', '.join(unknown)}. There are: {', '.join(sorted(BENCHES))}.\n")
        return 2
    figures: dict[str, object] = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()[0]}
    }
    for name in names or sorted(BENCHES):
        sys.stderr.write(f"{name}: {BENCHES[name].shows} ...\n")
        began = time.perf_counter()
        figures[name] = {**BENCHES[name].run(), "seconds": round(time.perf_counter() - began, 1)}
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
