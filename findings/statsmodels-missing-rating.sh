#!/usr/bin/env bash
# One would guess: statsmodels' aggregate_raters leaves a missing rating (NaN) out of its counts,
# or refuses it; its documentation speaks of an exception for what is no integer.
# What happens: NaN becomes a level of its own, the last one, and fleiss_kappa then counts two
# people who both gave no rating as two who agree, and one who gave none as one who disagrees. No
# warning. A panel in which each candidate was seen by two of four interviewers, who gave the same
# score every time, gets a kappa of 0.04; alpha over the ratings that there are is 1.
# Versions: statsmodels 0.15.0, krippendorff 0.9.0.
# Why it matters here: on a hiring panel nobody sees everybody; the figure would be near zero for
# people who never differ.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --no-compile --disable-pip-version-check \
  statsmodels==0.15.0 krippendorff==0.9.0 \
  >install.log 2>&1 || { cat install.log; exit 2; }

cat >look.py <<'PY'
import krippendorff
import numpy as np
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

NONE = np.nan
PANEL = np.array(
    [
        [4, 4, NONE, NONE],
        [NONE, NONE, 2, 2],
        [5, NONE, NONE, 5],
        [NONE, 3, 3, NONE],
        [1, NONE, 1, NONE],
        [NONE, 4, NONE, 4],
    ]
)
counts, levels = aggregate_raters(PANEL)
print("levels:", [float(level) for level in levels])
print("counts of the first candidate:", counts[0].tolist())
print(f"fleiss_kappa: {fleiss_kappa(counts):.2f}")
alpha = krippendorff.alpha(PANEL.T, level_of_measurement="nominal")
print(f"krippendorff, nominal: {alpha:.2f}")
PY

seen=$(env/bin/python -W always look.py 2>&1) || { echo "$seen"; exit 2; }
expected="levels: [1.0, 2.0, 3.0, 4.0, 5.0, nan]
counts of the first candidate: [0, 0, 0, 2, 0, 2]
fleiss_kappa: 0.04
krippendorff, nominal: 1.00"
echo "$seen"
if [ "$seen" != "$expected" ]; then
  printf 'changed: expected\n%s\n' "$expected"
  exit 1
fi
echo "same: a missing rating is a level of its own, and perfect agreement becomes 0.04"
