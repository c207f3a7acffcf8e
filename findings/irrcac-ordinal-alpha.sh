#!/usr/bin/env bash
# One would guess: Krippendorff's alpha for ordinal ratings is one number, whichever package
# computes it, as it is for nominal, interval and ratio ratings, where irrCAC and krippendorff
# agree.
# What happens: irrCAC's alpha with weights="ordinal" takes Gwet's ordinal weights (by how many
# pairs of levels lie between two levels), krippendorff takes Krippendorff's (by how many ratings
# lie between). On a panel that uses the upper end of a 1-5 scale, 0.67 stands against 0.61: on
# either side of the 0.667 that is often asked for. Which is larger depends on the data.
# Versions: irrCAC 0.4.4, krippendorff 0.9.0 (Python 3.11 or 3.12).
# Why it matters here: a figure of agreement must say by which rule it was made, and a test
# against another package holds only for the same rule.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --no-compile --disable-pip-version-check \
  irrCAC==0.4.4 krippendorff==0.9.0 numpy==1.26.4 pandas==2.3.3 scipy==1.12.0 \
  >install.log 2>&1 || { cat install.log; exit 2; }

cat >look.py <<'PY'
import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC

SCALE = [1, 2, 3, 4, 5]
PANELS = {
    "upper end": [[5, 5, 4, 5, 4, 3, 5, 2], [5, 4, 4, 5, 5, 3, 4, 3], [5, 5, 5, 4, 4, 3, 5, 2]],
    "whole scale": [[1, 2, 3, 4, 5, 5], [1, 2, 4, 4, 5, 4], [2, 2, 3, 5, 5, 5]],
}
RULES = {"nominal": "identity", "interval": "quadratic", "ratio": "ratio", "ordinal": "ordinal"}

for name, ratings in PANELS.items():
    frame = pd.DataFrame(np.array(ratings).T)
    for level, weights in RULES.items():
        estimate = CAC(frame, weights=weights, categories=SCALE).krippendorff()["est"]
        one = estimate["coefficient_value"]
        other = krippendorff.alpha(ratings, level_of_measurement=level, value_domain=SCALE)
        print(f"{name:11} {level:8} irrCAC {one:.3f}  krippendorff {other:.3f}")
PY

seen=$(env/bin/python look.py) || exit 2
expected="upper end   nominal  irrCAC 0.285  krippendorff 0.285
upper end   interval irrCAC 0.746  krippendorff 0.746
upper end   ratio    irrCAC 0.770  krippendorff 0.770
upper end   ordinal  irrCAC 0.671  krippendorff 0.606
whole scale nominal  irrCAC 0.452  krippendorff 0.452
whole scale interval irrCAC 0.896  krippendorff 0.896
whole scale ratio    irrCAC 0.851  krippendorff 0.851
whole scale ordinal  irrCAC 0.851  krippendorff 0.859"
echo "$seen"
if [ "$seen" != "$expected" ]; then
  printf 'changed: expected\n%s\n' "$expected"
  exit 1
fi
echo "same: the two agree on every level of measurement but the ordinal one"
