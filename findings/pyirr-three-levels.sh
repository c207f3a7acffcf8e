#!/usr/bin/env bash
# One would guess: pyirr, a translation of R's package irr, gives the same alpha for nominal ratings
# as krippendorff does, whichever levels of a 1-5 scale the panel used.
# What happens: with four levels in use the two agree. With three, or two, pyirr compares the wrong
# cells: the corner of its table of pairs is cut by half the number of levels, not by one, so that
# the diagonal comes with it and pairs that agree are counted as pairs that do not. A panel
# that agrees on every candidate gets -0.5 instead of 1, and no warning.
# Versions: pyirr 0.84.1.2, krippendorff 0.9.0 (Python 3.11 or 3.12).
# Why it matters here: panels seldom use more than three levels of a scale; the figure would say
# that interviewers contradict each other where they are of one mind.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --no-compile --disable-pip-version-check \
  pyirr==0.84.1.2 krippendorff==0.9.0 numpy==1.26.4 pandas==2.3.3 scipy==1.12.0 statsmodels==0.14.6 \
  >install.log 2>&1 || { cat install.log; exit 2; }

cat >look.py <<'PY'
import krippendorff
import numpy as np
from pyirr import kripp_alpha

# A row for each candidate, a column for each of two interviewers.
PANELS = {
    "four levels": [[3, 3], [3, 4], [5, 5], [5, 4], [4, 4], [2, 2]],
    "three levels": [[3, 3], [3, 4], [5, 5], [5, 4], [4, 4], [5, 5]],
    "two levels": [[4, 4], [4, 4], [5, 5], [5, 4], [4, 5], [5, 5]],
    "three, no dispute": [[3, 3], [4, 4], [5, 5], [5, 5], [4, 4], [5, 5]],
}

for name, panel in PANELS.items():
    ratings = np.array(panel, dtype=float)
    one = kripp_alpha(ratings, "nominal").value
    other = krippendorff.alpha(ratings.T, level_of_measurement="nominal")
    print(f"{name:18} pyirr {one:6.3f}  krippendorff {other:.3f}")
PY

seen=$(env/bin/python look.py) || exit 2
expected="four levels        pyirr  0.585  krippendorff 0.585
three levels       pyirr -0.170  krippendorff 0.532
two levels         pyirr -0.222  krippendorff 0.389
three, no dispute  pyirr -0.500  krippendorff 1.000"
echo "$seen"
if [ "$seen" != "$expected" ]; then
  printf 'changed: expected\n%s\n' "$expected"
  exit 1
fi
echo "same: pyirr's alpha holds with four levels in use, not with three or two"
