"""The long form of what `make test` proves in short: set EVENHAND_DRILL=1, or `make drill`, which runs all of it."""

import os

LONG = os.environ.get("EVENHAND_DRILL") == "1"
