"""What a benchmark reports: figures with their bounds, shown as a table and kept as JSON."""

import json
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured value. `most` or `least` is its bound; without either it only informs."""

    name: str
    measured: float
    unit: str = ""
    most: float | None = None
    least: float | None = None

    @property
    def ok(self) -> bool:
        return (self.most is None or self.measured <= self.most) and (self.least is None or self.measured >= self.least)

    @property
    def bound(self) -> str:
        if self.least is not None:
            return f"≥ {self.least:g}"
        return "" if self.most is None else f"≤ {self.most:g}"


def table(figures: list[Figure]) -> str:
    width = max(len(figure.name) for figure in figures)
    lines = [f"{'figure':<{width}}  {'measured':>10}  {'bound':>10}  ok", "-" * (width + 30)]
    for figure in figures:
        verdict = "" if not figure.bound else "yes" if figure.ok else "NO"
        lines.append(
            f"{figure.name:<{width}}  {figure.measured:>10.4g}  {figure.bound:>10}  {verdict:<3} {figure.unit}"
        )
    return "\n".join(lines)


def keep(figures: list[Figure], path: Path) -> None:
    machine = {"python": platform.python_version(), "cores": os.cpu_count()}
    rows = [asdict(figure) | {"ok": figure.ok} for figure in figures]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"format": "evenhand-bench/1", "machine": machine, "figures": rows}, indent=1) + "\n")
