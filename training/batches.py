"""Makes training batches in a process of its own: pictures, phrases with their truth, regions, captions."""
import multiprocessing

import numpy as np

from phrases import NUMBERS
from scenes import Studio, spoil, thing_window, tile_window, whole_window
from sheets import sheet, without_counts

STRIDE = 8
OPPOSITES = {'left': 'right', 'right': 'left', 'above': 'below', 'below': 'above', 'beneath': 'above', 'behind': 'in front of', 'small': 'large', 'large': 'small'}


def region_mask(boxes, side):
    """Patches whose centre lies in a box; at least the one nearest to each box's centre."""
    grid = side // STRIDE
    mask = np.zeros((grid, grid), bool)
    centres = (np.arange(grid) + 0.5) * STRIDE
    for x0, y0, x1, y1 in boxes:
        columns = (centres >= x0) & (centres <= x1)
        rows = (centres >= y0) & (centres <= y1)
        if columns.any() and rows.any():
            mask |= rows[:, None] & columns[None, :]
        middle_x, middle_y = (max(0, x0) + min(side, x1)) / 2, (max(0, y0) + min(side, y1)) / 2
        row, column = (int(min(grid - 1, max(0, middle // STRIDE))) for middle in (middle_y, middle_x))
        mask[row, column] = True
    return mask.ravel()


def truth_matrix(views, phrases, words, related):
    """1, 0 or -1 for every view and phrase."""
    by_concept, others = {}, []
    for index, phrase in enumerate(phrases):
        if phrase[0] == 'np':
            by_concept.setdefault(phrase[1], []).append(index)
        elif phrase[0] == 'rel':
            by_concept.setdefault(phrase[1][1], []).append(index)
        else:
            others.append(index)
    truth = np.zeros((len(views), len(phrases)), np.int8)
    near = np.zeros((len(views), len(phrases)), bool)
    for row, view in enumerate(views):
        concepts = {other for concept in view.by_concept for other in related.get(concept, ())}
        for concept in concepts:
            for index in by_concept.get(concept, ()):
                truth[row, index] = view.truth(phrases[index])[0]
                near[row, index] = True
        for index in others:
            truth[row, index] = view.truth(phrases[index])[0]
    return truth, near


def falsify(text, groups, words, rng):
    """A caption with one thing changed, or None where nothing fits."""
    tokens = text.split(' ')
    places = []
    for index, token in enumerate(tokens):
        bare = token.strip('.,').lower()
        if bare in words.colours or bare in OPPOSITES or bare in NUMBERS[1:5]:
            places.append(index)
    if places and rng.random() < 0.65:
        index = places[rng.integers(len(places))]
        bare = tokens[index].strip('.,').lower()
        if bare in OPPOSITES:
            other = OPPOSITES[bare]
        else:
            some = words.colours if bare in words.colours else NUMBERS[1:5]
            other = [word for word in some if word != bare][rng.integers(len(some) - 1)]
        tokens[index] = other + tokens[index][len(bare) :]
        return ' '.join(tokens)
    group = groups[rng.integers(len(groups))]
    row = words.concepts.get(group['concept'])
    if row is None:
        return None
    present = {one['concept'] for one in groups}
    some = words.siblings[row['kind']] if rng.random() < 0.6 else words.ids
    other = words.concepts[some[rng.integers(len(some))]]
    if any(other['id'] == one or (one in words.concepts and words.alike(other['id'], one)) for one in present):
        return None
    changed = text.replace(row['plural'], other['plural']).replace(row['id'], other['id'])
    return None if changed == text else changed


def typo(text, rng):
    index = int(rng.integers(1, max(2, len(text) - 1)))
    roll = rng.random()
    if roll < 0.4:
        return text[:index] + text[index + 1 :]
    return text[: index - 1] + text[index : index + 1] + text[index - 1 : index] + text[index + 1 :]


def part_of(caption, rng):
    """Some sentences of a caption, in order."""
    sentences = [one + '.' for one in caption.rstrip('.').split('. ')]
    if len(sentences) == 1 or rng.random() < 0.5:
        return caption
    count = int(rng.integers(1, len(sentences)))
    kept = sorted(rng.choice(len(sentences), count, replace=False))
    return ' '.join(sentences[index] for index in kept)


class Maker:
    def __init__(self, folder, vendors, words, scenes, tokenizer, window, strong):
        self.words, self.scenes, self.tokenizer, self.window = words, scenes, tokenizer, window
        self.strong = strong
        self.studio = Studio(folder, vendors, words)
        self.related = {
            concept: {other for other in words.ids if other == concept or words.alike(concept, other)}
            for concept in words.ids
        }
        self.backgrounds = sorted(self.studio.scenery)
        self.order, self.at = None, 0

    def next_scene(self, rng):
        if self.order is None or self.at >= len(self.order):
            self.order, self.at = rng.permutation(len(self.scenes)), 0
        self.at += 1
        return self.scenes[self.order[self.at - 1]]

    def make(self, rng, plan):
        """`plan`: side, batch, shares of sheets, of close views (things) and of tiles, phrases for an image, captions or not."""
        side, batch = plan['side'], plan['batch']
        pictures, views, scenes = [], [], []
        for place in range(batch):
            # A fixed number of sheets, so that batch norm sees the same mixture in each batch.
            as_sheet = place < batch * plan['sheets']
            scene = sheet(self.studio, self.words, self.backgrounds, rng) if as_sheet else self.next_scene(rng)
            roll = 1.0 if as_sheet else rng.random()
            if roll < plan['things']:
                window = thing_window(rng, scene)
            elif roll < plan['things'] + plan['tiles']:
                window = tile_window(rng, scene, plan['parts'])
            else:
                window = whole_window(rng, scene['frame'])
            if not as_sheet and rng.random() < 0.02:
                scene = {**scene, 'groups': [], 'relations': [], 'true': [], 'false': []}
            picture, view = self.studio.draw(scene, rng, side, window, self.strong)
            pictures.append(spoil(picture, rng))
            views.append(without_counts(view) if as_sheet else view)
            scenes.append(scene)
        result = {'pixels': np.stack(pictures)}
        self.add_phrases(result, views, rng, plan)
        if plan['captions']:
            self.add_captions(result, views, scenes, rng)
        return result

    def add_phrases(self, result, views, rng, plan):
        index, phrases, twins = {}, [], []
        for row, view in enumerate(views):
            said, pairs = view.say(rng, plan['phrases'])
            twins += [(row, *pair) for pair in pairs]
            for phrase in said:
                if phrase not in index:
                    index[phrase] = len(phrases)
                    phrases.append(phrase)
        for _ in range(plan['batch'] // 4):
            concept = self.words.ids[rng.integers(len(self.words.ids))]
            phrase = ('np', concept, None, None, None, False)
            if phrase not in index:
                index[phrase] = len(phrases)
                phrases.append(phrase)
        for table, kind in ((self.words.all_elements, 'element'), (self.words.all_settings, 'setting')):
            for _ in range(3):
                phrase = (kind, table[rng.integers(len(table))])
                if phrase not in index:
                    index[phrase] = len(phrases)
                    phrases.append(phrase)
        truth, near = truth_matrix(views, phrases, self.words, self.related)
        texts = []
        for phrase in phrases:
            text = self.words.text(phrase, rng)
            if rng.random() < 0.15:
                text = text[:1].upper() + text[1:]
            texts.append(typo(text, rng) if rng.random() < 0.02 else text)
        where, masks = [], []
        for row, column in zip(*np.nonzero(truth == 1)):
            groups = views[row].truth(phrases[column])[1]
            if groups:
                where.append((row, column))
                boxes = [box for group in groups for box in group['seen']]
                masks.append(region_mask(boxes, plan['side']))
        self.add_things(result, views, plan['side'])
        names = {concept: index for index, concept in enumerate(self.words.ids)}
        plain = [(index, names[phrase[1]]) for index, phrase in enumerate(phrases) if phrase[0] == 'np' and phrase[2:5] == (None, None, None)]
        result['named'] = np.array(plain, np.int64).reshape(-1, 2)
        result['phrases'] = [self.tokenizer.encode(text, self.window) for text in texts]
        result['truth'], result['near'] = truth, near
        result['twins'] = {}
        for row, kind, true, false in twins:
            if truth[row, index[true]] == 1 and truth[row, index[false]] == 0:
                result['twins'].setdefault(kind, []).append((row, index[true], index[false]))
        result['twins'] = {kind: np.array(some, np.int64) for kind, some in result['twins'].items()}
        result['where'] = np.array(where, np.int64).reshape(-1, 2)
        result['masks'] = np.array(masks, bool)

    def add_things(self, result, views, side):
        """Which concept each clearly seen group is of, and its patches."""
        names = {concept: index for index, concept in enumerate(self.words.ids)}
        things, masks = [], []
        for row, view in enumerate(views):
            for group in view.groups:
                if not group['faint'] and group['concept'] in names:
                    things.append((row, names[group['concept']]))
                    masks.append(region_mask(group['seen'], side))
        result['things'], result['thing_masks'] = np.array(things, np.int64).reshape(-1, 2), np.array(masks, bool)

    def add_captions(self, result, views, scenes, rng):
        true, owners, false = [], [], []
        for row, (view, scene) in enumerate(zip(views, scenes)):
            if not scene['true'] or not view.says_true:
                continue
            some = scene['true']
            text = some[0] if len(some) == 1 or rng.random() < 0.8 else some[rng.integers(1, len(some))]
            text = part_of(text, rng) if text == some[0] else text
            true.append(typo(text, rng) if rng.random() < 0.05 else text)
            owners.append(row)
            if rng.random() < 0.6:
                roll = rng.random()
                other = falsify(text, scene['groups'], self.words, rng) if roll < 0.75 or not scene['false'] else None
                if other is None and scene['false']:
                    other = scene['false'][rng.integers(len(scene['false']))]
                if other is not None:
                    false.append(other)
        encode = lambda texts: [self.tokenizer.encode(text, self.window) for text in texts]
        result['true'], result['false'], result['owners'] = encode(true), encode(false), np.array(owners)


def serve(queue, maker, seed, plans, phase):
    """Puts one batch after the other, by the plan of the phase that training is in."""
    rng = np.random.default_rng(seed)
    while True:
        queue.put((phase.value, maker.make(rng, plans[phase.value])))


def start(maker, seed, plans, phase, drawers=1):
    """A queue of batches, and the number of the phase, to be raised by the trainer."""
    # Forked before anything of a GPU is touched; and they share the table of scenes so.
    some = multiprocessing.get_context('fork')
    queue, told = some.Queue(maxsize=2 + drawers), some.Value('i', phase)
    for index in range(drawers):
        some.Process(target=serve, args=(queue, maker, seed + 1000003 * index, plans, told), daemon=True).start()
    return queue, told
