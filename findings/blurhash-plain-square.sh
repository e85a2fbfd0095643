#!/usr/bin/env bash
# One would expect: the BlurHash of a square of one colour is that colour, and a picture may be made
# small before it is hashed, since a hash holds a dozen numbers only.
#
# What happens: a plain grey square comes back as a gradient, and the smaller the picture was, the
# stronger: from 8 × 8 pixels, what was 128 everywhere runs from 74 to 168. At 512 next to nothing is
# left of it. The libraries of two languages make the same hash, so it is the method: waves are
# measured at the edges of pixels and not in their middles, so that they do not cancel out.
#
# Versions: blurhash 2.0.5 (npm), and blurhash 1.1.5 (PyPI)
# Output seen:
#     8 px  L8Eyb[~qfQ~q~qt7fQt7fQfQfQfQ  grey from 74 to 168
#    32 px  L1Eyb[~qfQ~q~qoffQoffQfQfQfQ  grey from 118 to 138
#   512 px  L0Eyb[t7fQt7t7fQfQfQfQfQfQfQ  grey from 127 to 129
#   Python, 8 px  L8Eyb[~qfQ~q~qt7fQt7fQfQfQfQ
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-audit --no-fund --ignore-scripts --prefix . blurhash@2.0.5
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check blurhash==1.1.5

cat >look.mjs <<'JS'
import assert from "node:assert/strict";
import { decode, encode } from "blurhash";

function spread(size) {
  const hash = encode(new Uint8ClampedArray(size * size * 4).fill(128), size, size, 4, 3);
  const shown = decode(hash, 32, 32).filter((_, at) => at % 4 === 0);
  const [least, most] = [Math.min(...shown), Math.max(...shown)];
  console.log(`${size} px`.padStart(6), hash, `grey from ${least} to ${most}`);
  return most - least;
}

const [small, middle, large] = [8, 32, 512].map(spread);
assert.ok(small > 80 && middle > 15 && middle < 30 && large < 4);
JS
node look.mjs

env/bin/python - <<'PY'
import blurhash

square = [[[128, 128, 128]] * 8] * 8
made = blurhash.encode(square, components_x=4, components_y=3)
print("Python, 8 px ", made)
assert made == "L8Eyb[~qfQ~q~qt7fQt7fQfQfQfQ"
PY
