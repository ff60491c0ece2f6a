"""`demarche knowledge resolve` as a process."""
import json
import subprocess
import sys

import pytest


def resolve(*arguments):
    return subprocess.run([sys.executable, "-m", "demarche", "knowledge", "resolve", *arguments], capture_output=True, text=True, timeout=60)


def test_the_actor_the_role_and_why():
    done = resolve("Hanif Atmar", "--date", "2018-08-22")
    assert done.returncode == 0 and "AFGGOV" in done.stdout and "national security adviser, from 2014-09-29 to 2018-08-25" in done.stdout
    found = json.loads(resolve("Taliban", "--date", "2015-01-01", "--format", "json").stdout)
    assert (found["entity_id"], found["country"], found["sectors"], found["cameo"]) == ("taliban", "AFG", ["REB"], "AFGREBTAL")


def test_nobody_is_said_so():
    done = resolve("xyzzy")
    assert (done.returncode, done.stdout) == (1, "") and done.stderr == "xyzzy: nobody by that name or description\n"


@pytest.mark.parametrize("arguments,word", [((" ",), "NAME"), (("Peru", "--date", "2015"), "--date")])
def test_bad_arguments(arguments, word):
    done = resolve(*arguments)
    assert done.returncode == 2 and word in done.stderr and "Traceback" not in done.stderr
