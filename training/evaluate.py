"""The table of held-out numbers. Usage: evaluate.py --set DIR --checkpoint model.pt --tokenizer tokenizer.json NAME=FOLDER ..."""
import argparse
import json
import os

os.environ.setdefault('OPENBLAS_NUM_THREADS', '1')

import numpy as np
import torch
from PIL import Image

from model import SIDE, WINDOW, DualEncoder
from phrases import INVERSE, Words
from scenes import chosen, compact, is_held_out_group, truth_view
from tokenizer import Tokenizer

MEAN, STD = 0.5, 0.25
# Which way the first thing lies of the second, to the right and down; what is in front of another stands lower.
LEANINGS = {
    'left of': (-1, 0), 'right of': (1, 0), 'above': (0, -1), 'on': (0, -1), 'behind': (0, -1),
    'below': (0, 1), 'under': (0, 1), 'in front of': (0, 1),
}


def read_image(path):
    """Squashed to the input size with an antialiased cubic kernel, as pack.json says."""
    with Image.open(path) as image:
        return np.asarray(image.convert('RGB').resize((SIDE, SIDE), Image.BICUBIC))


def load_set(folder, most=None):
    scenes = []
    with open(f'{folder}/truth.jsonl', encoding='utf-8') as file:
        for line in file:
            row = json.loads(line)
            scene = compact(row)
            scene['caption'], scene['file'] = row['caption'], row['file_name']
            scenes.append(scene)
            if most and len(scenes) >= most:
                break
    return scenes


@torch.no_grad()
def image_vectors(model, pixels, batch=32):
    overall, patches = [], []
    for at in range(0, len(pixels), batch):
        some = torch.from_numpy(np.stack(pixels[at : at + batch])).permute(0, 3, 1, 2).float() / 255
        one, other = model.image((some - MEAN) / STD)
        overall.append(one)
        patches.append(other)
    return torch.cat(overall), torch.cat(patches)


@torch.no_grad()
def text_vectors(model, tokenizer, texts, batch=64):
    encoded = [tokenizer.encode(text, WINDOW) for text in texts]
    order = sorted(range(len(encoded)), key=lambda index: len(encoded[index]))
    phrase = torch.empty(len(texts), 192)
    caption = torch.empty(len(texts), 192)
    for at in range(0, len(order), batch):
        some = order[at : at + batch]
        width = max(len(encoded[index]) for index in some)
        ids = torch.tensor([encoded[index] + [0] * (width - len(encoded[index])) for index in some])
        phrase[some], caption[some] = model.text(ids)
    return phrase, caption


def auroc(positive, negative):
    """Chance that a true one scores above a false one; ties count half."""
    if len(positive) == 0 or len(negative) == 0:
        return float('nan')
    values = np.concatenate([positive, negative])
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[inverse]
    return float((ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2) / (len(positive) * len(negative)))


def questions(view, words, rng):
    """(type, true phrase or None, false phrase or None, groups) for one scene; each is a pair where both exist."""
    pick = lambda some: some[rng.integers(len(some))]
    asked = []

    def pair(kind, true, false, group=None):
        """Only what is certain either way is asked."""
        if view.truth(true)[0] == 1 and view.truth(false)[0] == 0:
            asked.append((kind, true, false, group))

    for group in view.groups:
        concept = group['concept']
        if concept == 'sign':
            other = pick([text for text in words.sign_words if text != group['words']])
            pair('sign text', ('sign', group['style'], group['words']), ('sign', group['style'], other), group)
            continue
        row = words.concepts[concept]
        plain = lambda name: ('np', name, None, None, None, False)
        pair('object', plain(concept), plain(pick(words.ids)), group)
        pair('object of its kind', plain(concept), plain(pick(words.siblings[row['kind']])), group)
        if group['colour']:
            wrong = pick([colour for colour in words.colours if colour != group['colour']])
            coloured = lambda colour: ('np', concept, None, None, colour, False)
            pair('colour', coloured(group['colour']), coloured(wrong), group)
            if is_held_out_group({'drawing': {'kind': 'icon', 'paint': group['paint']}, 'concept': concept}):
                pair('colour, unseen combination', coloured(group['colour']), coloured(wrong), group)
        wrong = pick([count for count in (1, 2, 3, 4) if count != group['count']])
        counted = lambda count: ('np', concept, count, None, None, count > 1)
        pair('count', counted(group['count']), counted(wrong), group)
        if abs(wrong - group['count']) == 1:
            pair('count, off by one', counted(group['count']), counted(wrong), group)
        if group['size']:
            other = 'small' if group['size'] == 'large' else 'large'
            sized = lambda size: ('np', concept, None, size, None, group['count'] > 1)
            pair('size', sized(group['size']), sized(other), group)
    usable = [
        r for r in view.relations
        if r[1] in INVERSE and all(view.by_id[one]['concept'] != 'sign' for one in (r[0], r[2]))
    ]
    for index in rng.permutation(len(usable))[:3]:
        subject, relation, target = usable[index]
        first, second = (('np', view.by_id[one]['concept'], None, None, None, view.by_id[one]['count'] > 1) for one in (subject, target))
        pair('relation', ('rel', first, relation, second), ('rel', first, INVERSE[relation], second), view.by_id[subject])
    key = (view.background['kind'], view.background['variant'])
    settings = sorted(words.settings[key])
    pair('setting', ('setting', pick(settings)), ('setting', pick(words.all_settings)))
    return asked


def centre(model, patches, phrase):
    """Middle of the places that a phrase fits, each counted as the soft maximum counts it; in patches."""
    grid = SIDE // 8
    shares = torch.softmax(patches @ phrase * model.scales.exp()[0], 0).view(grid, grid)
    along = torch.arange(grid, dtype=shares.dtype)
    return float((shares.sum(0) * along).sum()), float((shares.sum(1) * along).sum())


@torch.no_grad()
def read_places(model, tokenizer, words, patches, relations):
    """AUROC of relations as the checks read them: by where their two things lie, not by the vector of the sentence."""
    rng = np.random.default_rng(2)
    texts = [words.text(thing, rng) for _, relation in relations for thing in (relation[1], relation[3])]
    if not texts:
        return float('nan')
    phrase, _ = text_vectors(model, tokenizer, texts)
    values = []
    for at, (index, relation) in enumerate(relations):
        one, other = (centre(model, patches[index], phrase[2 * at + which]) for which in (0, 1))
        right, down = LEANINGS[relation[2]]
        values.append((one[0] - other[0]) * right + (one[1] - other[1]) * down)
    # The false phrase of a pair is the opposite, so its value is the negative one.
    return auroc(np.array(values), -np.array(values))


def read_scores(model, overall, patches, phrase, caption):
    """The three readings of a phrase in an image: brightest patches, whole image, and their sum."""
    scales = model.scales.exp()
    cosines = patches @ phrase
    lit = torch.logsumexp(cosines * scales[0], 0) + model.biases[0]
    whole = overall @ (phrase + caption) * 0.5 * scales[1] + model.biases[1]
    return [float(lit), float(whole), float(lit + whole)], int(cosines.argmax())


def evaluate(model, tokenizer, words, folder, most=None, seed=1):
    model.eval()
    rng = np.random.default_rng(seed)
    scenes = load_set(folder, most)
    pixels = [read_image(f"{folder}/{scene['file']}") for scene in scenes]
    overall, patches = image_vectors(model, pixels)
    result = retrieval(overall, text_vectors(model, tokenizer, [scene['caption'] for scene in scenes])[1], scenes)
    asked, texts, relations = [], [], []
    for index, scene in enumerate(scenes):
        for kind, true, false, group in questions(truth_view(words, scene, SIDE), words, rng):
            asked.append((index, kind, group))
            if kind == 'relation':
                relations.append((index, true))
            texts += [words.text(true, rng), words.text(false, rng)]
    phrase, caption = text_vectors(model, tokenizer, texts)
    grid, scores, hits = SIDE // 8, {}, {}
    with torch.no_grad():
        for at, (index, kind, group) in enumerate(asked):
            good, peak = read_scores(model, overall[index], patches[index], phrase[2 * at], caption[2 * at])
            bad, _ = read_scores(model, overall[index], patches[index], phrase[2 * at + 1], caption[2 * at + 1])
            scores.setdefault(kind, []).append((good, bad))
            if group is not None and kind in ('object', 'colour', 'sign text', 'relation'):
                x, y = (peak % grid + 0.5) * 8, (peak // grid + 0.5) * 8
                all_boxes = [box for one in scenes_groups(scenes[index], group) for box in one]
                hits.setdefault(kind, []).append(any(a <= x <= c and b <= y <= d for a, b, c, d in all_boxes))
    for kind, pairs in scores.items():
        values = np.array(pairs)
        result[kind] = {
            'pairs': len(pairs),
            **{
                name: round(auroc(values[:, 0, at], values[:, 1, at]), 3)
                for at, name in enumerate(('patches', 'whole', 'sum'))
            },
            'right of two': round(float((values[:, 0, 0] > values[:, 1, 0]).mean()), 3),
        }
        if kind in hits:
            result[kind]['pointing'] = round(float(np.mean(hits[kind])), 3)
        if kind == 'relation':
            result[kind]['places'] = round(read_places(model, tokenizer, words, patches, relations), 3)
    return result


def scenes_groups(scene, group):
    """Boxes, in input pixels, of all groups of a concept (any of them may be pointed at)."""
    width, height = scene['frame']
    for one in scene['groups']:
        if one['concept'] != group['concept'] or (group['colour'] and one['colour'] != group['colour']):
            continue
        yield [
            (x * SIDE / width, y * SIDE / height, (x + w) * SIDE / width, (y + h) * SIDE / height)
            for x, y, w, h in one['boxes']
        ]


def retrieval(overall, captions, scenes):
    """Text to image among hundreds of scenes, and the same for scenes with a pair of things never seen together."""
    hits, unseen = [], []
    for at in range(0, len(scenes) - 99, 100):
        best = (captions[at : at + 100] @ overall[at : at + 100].t()).argmax(1)
        hit = (best == torch.arange(100)).tolist()
        hits += hit
        for offset, ok in enumerate(hit):
            names = sorted({group['concept'] for group in scenes[at + offset]['groups'] if group['concept'] != 'sign'})
            if any(chosen(f'{a}|{b}', 50) for i, a in enumerate(names) for b in names[i + 1 :]):
                unseen.append(ok)
    mean = lambda some: round(float(np.mean(some)), 3) if some else float('nan')
    return {'recall@1 of 100': {'texts': len(hits), 'score': mean(hits), 'unseen pairs': mean(unseen), 'of them': len(unseen)}}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--set', required=True)
    parser.add_argument('--checkpoint', required=True)
    parser.add_argument('--tokenizer', required=True)
    parser.add_argument('--most', type=int, default=None)
    parser.add_argument('--json', default=None)
    parser.add_argument('sets', nargs='+')
    options = parser.parse_args()
    torch.set_num_threads(2)
    words = Words(options.set)
    tokenizer = Tokenizer.from_json(options.tokenizer)
    model = DualEncoder(len(tokenizer.ids), tokenizer.end, len(words.ids))
    model.load_state_dict(torch.load(options.checkpoint, map_location='cpu')['average'])
    results = {}
    for entry in options.sets:
        name, folder = entry.split('=')
        results[name] = evaluate(model, tokenizer, words, folder, options.most)
        print(f'## {name}')
        for kind, row in results[name].items():
            print(f'{kind}: ' + ', '.join(f'{key} {value}' for key, value in row.items()), flush=True)
    if options.json:
        with open(options.json, 'w', encoding='utf-8') as file:
            json.dump(results, file, indent=2)


if __name__ == '__main__':
    main()
