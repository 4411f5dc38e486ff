#!/bin/sh
# From scenes to a pack: run.sh WORK_FOLDER --steps N --decay N [more options of train.py, such as --resume]
# Needs Node (npm install done) and Debian's python3-torch python3-numpy python3-pil python3-onnx libopenblas0-pthread.
set -eu
work=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
python=${PYTHON:-/usr/bin/python3}
trainer=${TRAINER:-$python} # a newer torch trains faster; the graphs are written by Debian's
mkdir -p "$work"
cd "$root"
scenes() { [ -d "$work/$1" ] || npx node tools/scenes/main.ts --out "$work/$1" --seed "$2" --count "$3" --vendors "$4"; }
[ -f "$work/set/scenes-1000.jsonl" ] || npx node tools/training-scenes.ts --out "$work/set" --seed 1000 --count 60000
seen=noto,fluent,twemoji,emojione,fxemoji
scenes validation 2000 400 $seen
scenes test 3000 1000 $seen
scenes unseen 3001 600 openmoji
"$trainer" -W ignore "$here/train.py" --set "$work/set" --out "$work/run" "$@"
"$python" -W ignore "$here/evaluate.py" --set "$work/set" --checkpoint "$work/run/state.pt" \
  --tokenizer "$work/run/tokenizer.json" --json "$work/numbers.json" \
  test="$work/test" unseen="$work/unseen" sample=resources/sample
"$python" -W ignore "$here/export.py" --set "$work/set" --checkpoint "$work/run/state.pt" \
  --tokenizer "$work/run/tokenizer.json" --validation "$work/validation" --sample resources/sample \
  --numbers "$work/numbers.json" --out resources/packs/starter --revision "${REVISION:-1}"
