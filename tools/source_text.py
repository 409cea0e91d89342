# SPDX-License-Identifier: Apache-2.0
"""What the checkers of this folder share: the files of the tree, and C++ without its comments."""

import re
import subprocess
import sys
from pathlib import Path

_TOKENS = re.compile(
    r'R"(?P<mark>[^()\\ ]{0,16})\(.*?\)(?P=mark)"'  # raw string
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'"
    r"|//[^\n]*"
    r"|/\*.*?\*/",
    re.S,
)


def root_of(arguments):
    """The tree to check: the first argument, else the repository this script stands in."""
    return Path(arguments[1]) if len(arguments) > 1 else Path(__file__).resolve().parent.parent


def files(root, folder, *suffixes):
    """Source files below root/folder, sorted. Git decides what belongs to the tree, where there is git."""
    base = root / folder
    if not base.is_dir():
        return []
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder],
        capture_output=True,
        check=False,
    )
    if (root / ".git").exists() and listed.returncode == 0:
        found = [root / name for name in listed.stdout.decode().split("\0") if name]
    else:
        found = list(base.rglob("*"))
    return sorted(path for path in found if path.suffix in suffixes and path.is_file())


def code_only(text, keep_strings=False):
    """The text with comments (and the insides of strings) blanked; line numbers stay."""

    def blank(match):
        token = match.group(0)
        if token.startswith("/"):
            return "".join("\n" if c == "\n" else " " for c in token)
        if keep_strings:
            return token
        quote = token[-1]
        return quote + "".join("\n" if c == "\n" else " " for c in token[1:-1]) + quote

    return _TOKENS.sub(blank, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def finish(name, faults, summary):
    """Prints the faults as file:line: reason, and ends the program: 1 when there are any."""
    for fault in faults:
        print(fault)
    if faults:
        print(f"{name}: {len(faults)} fault(s)")
        sys.exit(1)
    print(f"{name}: {summary}")
