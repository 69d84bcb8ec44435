"""The start of the whole program waits for these imports."""

import subprocess
import sys


def test_importing_the_codes_reads_no_table() -> None:
    program = "import mingsuan.codes.classification as c, mingsuan.codes; print(c.bundled.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
