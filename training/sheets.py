"""Sheets: many single drawings side by side, so that one picture teaches to tell twenty things apart, not three."""
from scenes import FRAME, chosen, is_held_out_group


def sheet(studio, words, backgrounds, rng):
    """A scene of a grid of drawings; no pair of concepts and no paint that is held out."""
    columns, rows = int(rng.integers(3, 6)), int(rng.integers(3, 6))
    wide, high = FRAME[0] / columns, FRAME[1] / rows
    groups, names = [], []
    for place in range(columns * rows):
        if rng.random() < 0.1:
            continue
        concept = words.ids[rng.integers(len(words.ids))]
        if concept in names or any(chosen('|'.join(sorted((concept, other))), 50) for other in names):
            continue
        drawings = studio.by_concept.get(concept)
        if not drawings:
            continue
        row = studio.rows[drawings[rng.integers(len(drawings))]]
        if is_held_out_group({'drawing': {'kind': 'icon', 'paint': row['paint']}, 'concept': concept}):
            continue
        names.append(concept)
        tall = min(high, wide) * rng.uniform(0.55, 1.0)
        x = (place % columns + 0.5 + rng.uniform(-0.15, 0.15)) * wide - tall / 2
        y = (place // columns + 0.5 + rng.uniform(-0.15, 0.15)) * high - tall / 2
        groups.append(
            {
                'id': f'g{place}',
                'concept': concept,
                'count': 1,
                'colour': row['colour'],
                'size': None,
                'shaded': rng.random() < 0.3,
                'vendor': row['vendor'],
                'paint': row['paint'],
                'style': None,
                'words': None,
                'mirrored': False,
                'boxes': [(x, y, tall, tall)],
                'order': place,
            }
        )
    kind, variant = backgrounds[rng.integers(len(backgrounds))]
    return {'groups': groups, 'relations': [], 'background': (kind, variant, False), 'true': [], 'false': [], 'frame': FRAME}


def without_counts(view):
    """Nothing is claimed of how many there are: on a sheet it is always one, which teaches nothing."""
    for group in view.groups:
        group['whole'] = False
    return view
