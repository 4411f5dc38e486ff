"""CARD.md of the pack, from the numbers that evaluate.py wrote."""

SETS = {'test': 'test', 'unseen': 'unseen art', 'sample': 'bundled sample'}
ROWS = {
    'object': ('object, against any other', '0.98', '0.88'),
    'object of its kind': ('object, against its own kind', '', ''),
    'colour': ('colour', '0.98', '0.97'),
    'colour, unseen combination': ('colour of combinations never seen', '', ''),
    'count': ('count', '0.90', ''),
    'count, off by one': ('count, off by one', '', ''),
    'relation': ('relation, against its opposite', '0.85', ''),
    'size': ('size', '0.85', ''),
    'sign text': ('words on a sign', '', ''),
    'setting': ('setting', '', ''),
}

TEXT = """# Starter encoder of the sample world

A dual encoder of {size} million parameters, trained by this project from nothing, on scenes that `tools/scenes` composes. It makes
search, marks and regions of the bundled sample really computed. **It knows these drawn scenes and nothing else**: for
photographs, or any other pictures, install a real encoder pack. How it was made: `training/README.md`.
Licence of the weights: MIT. They were trained on drawings by Noto Emoji, Fluent Emoji, Twemoji, EmojiOne and FxEmojis, whose terms are in
`resources/licences/emoji-art.md`; OpenMoji (share-alike) was used for the test only.
Trained for {steps} steps (close views, small scenes, full scenes; batches of 192, 64 and 64).

## Held-out numbers

None of these pictures was trained on or used for a choice. `test`: scenes of seeds never seen. `unseen art`: scenes in OpenMoji's
art, which training never saw. `bundled sample`: pictures of `resources/sample`. The first row says how many of each. Phrases are asked in pairs, one true and one false
of the same picture; AUROC is over all pictures together, of the brightest patches (adding the whole image was worse on
the validation pictures). *pair*: how often the true one of two scores higher. *places*: relations by where their two things lie,
which is how the checks read them. An aim stands in brackets.

| | {heads} |
| --- | {rules} |
{rows}

Pointing: the patch with the largest cosine has its centre inside a box of the thing (or of another of the same name and colour).

## What limits it

{limits}

## Reading it

- Input: 144 x 144, squashed with an antialiased cubic kernel, RGB, (byte / 255 - 0.5) / 0.25. 18 x 18 patches, row by row.
- `phrase` vectors are for patches and, with `caption` vectors, for the whole image; captions are compared with `global` only.
- Score of a phrase in a region: log(sum(exp(k cosine))) / k over patches; `calibration.json` has k and turns scores into chances, fitted
  on 400 validation scenes with as many true as false phrases.
- `moments.json`: mean and covariance of image vectors (validation scenes) and of phrase vectors of random phrases of each type.
- `text-tail.onnx`: see the gate tail in `docs/formats/pack.md`; it differs from autograd's derivative by {tail} of the largest.
- Weights are stored in half precision and widened at load; all arithmetic is in single precision.
"""

LIMITS = """- **Colours in art never seen** (0.82 of 0.97): which parts of a drawing count for its colour is learned from five vendors; other hands
  shade and outline otherwise. Recall and pointing in that art are within 0.01 of their aims.
- **Relations**: the vector of a sentence says little of how two things lie (0.61). Where each of the two lies is known nearly without
  fault, so checks go by the places.
- **Counts** are seen by one small block over 9 x 9 places; numbers next to each other (three and four) blur in crowded scenes.
- **Objects of one kind** (a sheep and a goat of ten pixels) in art never seen.
- **Computing time**: the losses were still falling. `training/README.md` says what a step takes.
- **Signs**: a word is known by its look among the 49 texts that signs of this world bear; it does not read.
- **Words**: it knows the words of the scene generator; other words are spelt out in pieces and mean nothing to it."""


def cell(row, kind, aim):
    if row is None:
        return '-'
    text = f"{row['patches']:.3f}"
    if aim:
        text += f' ({aim})'
    text += f", pair {row['right of two']:.2f}"
    if 'places' in row:
        text += f", places {row['places']:.3f}"
    if 'pointing' in row:
        text += f", pointing {row['pointing']:.3f}"
        if kind == 'object':
            text += ' (0.95)' if aim == '0.98' else ' (0.90)' if aim == '0.88' else ''
    return f"{text}; {row['pairs']}"


def card(numbers, steps, parameters, tail):
    shown = [name for name in SETS if name in numbers]
    rows = ['| text to image, recall@1 of 100 | ' + ' | '.join(recall(name, numbers[name]) for name in shown) + ' |']
    for kind, (title, aim, unseen_aim) in ROWS.items():
        cells = [cell(numbers[name].get(kind), kind, {'test': aim, 'unseen': unseen_aim}.get(name, '')) for name in shown]
        rows.append(f'| {title} | ' + ' | '.join(cells) + ' |')
    return TEXT.format(
        size=f'{parameters / 1e6:.1f}',
        steps=', '.join(str(count) for count in steps),
        heads=' | '.join(f'{SETS[name]}: AUROC (aim); pairs asked' for name in shown),
        rules=' | '.join('---' for _ in shown),
        rows='\n'.join(rows),
        limits=LIMITS,
        tail=f'{tail:.0e}',
    )


def recall(name, numbers):
    row = numbers['recall@1 of 100']
    aim = {'test': ' (0.98)', 'unseen': ' (0.90)'}.get(name, '')
    return f"{row['score']:.3f}{aim}; {row['texts']} texts; with pairs never seen together {row['unseen pairs']:.3f} of {row['of them']}"
