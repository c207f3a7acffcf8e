#!/usr/bin/env bash
# One would guess: in the npm package krippendorff, whose documentation shows a rater's missing
# last rating as a shorter row, any rater may have the shorter row, and the order of raters
# changes nothing (they are exchangeable in alpha).
# What happens: the number of candidates is read from the first rater's row. Where that is the
# short one, the candidates after its end are left out without a word: here alpha is 1.00 instead
# of 0.64, though the others disagree on them.
# Version: krippendorff 0.1.0 (npm). Needs node and npm.
# Why it matters here: rows of ratings are trimmed on their way through CSV and JSON, and who
# stands first is an accident.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix . krippendorff@0.1.0 \
  >install.log 2>&1 || { cat install.log; exit 2; }

cat >look.cjs <<'JS'
const { alpha } = require("krippendorff");

const short = [1, 2, 3];
const padded = [1, 2, 3, undefined, undefined];
const others = [[1, 2, 3, 4, 5], [1, 2, 3, 5, 4]];
console.log("short row last: ", alpha([...others, short]).toFixed(2));
console.log("short row first:", alpha([short, ...others]).toFixed(2));
console.log("padded, first:  ", alpha([padded, ...others]).toFixed(2));
JS

seen=$(node look.cjs) || exit 2
expected="short row last:  0.64
short row first: 1.00
padded, first:   0.64"
echo "$seen"
if [ "$seen" != "$expected" ]; then
  printf 'changed: expected\n%s\n' "$expected"
  exit 1
fi
echo "same: a short first row hides the last candidates"
