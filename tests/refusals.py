"""What it costs to refuse files: a process of their own reads them one after the other and tells."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor for each file, and the most memory that the whole process ever held, in bytes.

    The clock of the processor, because that of the wall depends on what else the machine does. 0 bytes where the
    system does not tell.
    """

    seconds: dict[str, float]
    peak: int


def refusals(files: dict[str, bytes], folder: Path, format_name: str) -> Cost:
    """What refusing these files costs; fails where one is taken, or where something else than a refusal happens."""
    for number, data in enumerate(files.values()):
        (folder / str(number)).write_bytes(data)
    command = [sys.executable, __file__, str(folder), str(len(files)), format_name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return Cost(dict(zip(files, told["seconds"], strict=True)), told["peak"])


def _main(folder: str, count: str, format_name: str) -> None:
    from time import process_time

    from targets.importers import Directory, UnreadableFile, read_figures

    seconds = []
    for number in range(int(count)):
        data = (Path(folder) / str(number)).read_bytes()
        begun = process_time()
        try:
            read_figures(data, "a.csv", Directory.of(()), format_name)
        except UnreadableFile:
            seconds.append(process_time() - begun)
        else:
            sys.exit(f"file {number} was taken")
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    peak = next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)
    sys.stdout.write(json.dumps({"seconds": seconds, "peak": peak}))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    _main(*sys.argv[1:])
