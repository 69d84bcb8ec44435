"""A check runs without the collector of cycles."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest

from mingsuan.cli.console import uncollected


def test_the_collector_rests_only_while_the_function_runs() -> None:
    assert uncollected(gc.isenabled)() is False
    assert gc.isenabled()


def test_the_collector_works_again_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError):
        uncollected(lambda: 1 // 0)()
    assert gc.isenabled()


def test_what_the_first_call_leaves_is_not_looked_through_but_garbage_of_later_ones_is() -> None:
    code = """
import gc
from weakref import ref
from mingsuan.cli.console import uncollected

class Thing: pass

@uncollected
def make():
    thing = Thing()
    thing.itself = thing
    return ref(thing)

assert gc.get_freeze_count() == 0
first, second = make(), make()
gc.collect()
assert first() is not None and second() is None
"""
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, check=False)
    assert done.returncode == 0
