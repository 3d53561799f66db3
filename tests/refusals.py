"""The memory that it takes to refuse files: a process of their own reads them one after the other and tells.

Seconds are bench/hostile.py's: no test fails by the clock.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def most_memory(files: dict[str, bytes], folder: Path, format_name: str) -> int:
    """The most memory in bytes that the process which refused these files ever held; 0 where the system does not tell.

    Fails where a file is taken, or where something else than a refusal happens.
    """
    for number, data in enumerate(files.values()):
        (folder / str(number)).write_bytes(data)
    command = [sys.executable, __file__, str(folder), str(len(files)), format_name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def _main(folder: str, count: str, format_name: str) -> None:
    from targets.importers import Directory, UnreadableFile, read_figures

    for number in range(int(count)):
        data = (Path(folder) / str(number)).read_bytes()
        try:
            read_figures(data, "a.csv", Directory.of(()), format_name)
        except UnreadableFile:
            continue
        sys.exit(f"file {number} was taken")
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    sys.stdout.write(str(next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    _main(*sys.argv[1:])
