"""Trains the starter encoder. Usage: train.py --set DIR --out DIR [--minutes-free options, see README.md]"""
import argparse
import os

os.environ.setdefault('OPENBLAS_NUM_THREADS', '1')
os.environ.setdefault('OMP_NUM_THREADS', '2')
os.environ.setdefault('OMP_WAIT_POLICY', 'passive')

import json
import time

import numpy as np
import torch
import torch.nn.functional as F

from batches import Maker, start
from model import WINDOW, DualEncoder, unit
from phrases import Words
from scenes import load_scenes
from tokenizer import Tokenizer, learn

VENDORS = ['noto', 'fluent', 'twemoji', 'emojione', 'fxemoji']
MEAN, STD = 0.5, 0.25


def to_pixels(batch):
    pixels = torch.from_numpy(batch).permute(0, 3, 1, 2).float() / 255
    return ((pixels - MEAN) / STD).contiguous()


def encode(model, texts, budget=1600):
    """Phrase and caption vectors of token lists, in runs of like length so that little is padding."""
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    phrase, caption, at = [], [], 0
    while at < len(order):
        end, longest = at, 0
        while end < len(order) and (end == at or len(texts[order[end]]) <= longest * 1.3 + 1) and (end - at + 1) * len(texts[order[end]]) <= budget * 2:
            longest = len(texts[order[at]]) if end == at else longest
            end += 1
        some = [texts[index] for index in order[at:end]]
        width = max(len(one) for one in some)
        ids = torch.tensor([one + [0] * (width - len(one)) for one in some])
        vectors = model.text(ids)
        phrase.append(vectors[0])
        caption.append(vectors[1])
        at = end
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return torch.cat(phrase)[back], torch.cat(caption)[back]


def weighted_bce(logits, truth, near):
    """Mean over the true, the false that are near to something true, and the plainly false, each with its weight."""
    losses = F.binary_cross_entropy_with_logits(logits, (truth == 1).float(), reduction='none')
    true, hard, easy = truth == 1, (truth == 0) & near, (truth == 0) & ~near
    parts = [(true, 1.0), (hard, 1.0), (easy, 1.0)]
    return sum(weight * (losses * mask).sum() / mask.sum().clamp(min=1) for mask, weight in parts)


def step_losses(model, batch):
    pixels = to_pixels(batch['pixels'])
    overall, patches = model.image(pixels)
    texts = batch['phrases'] + batch.get('true', []) + batch.get('false', [])
    phrase, caption = encode(model, texts)
    count = len(batch['phrases'])
    truth, near = torch.from_numpy(batch['truth']), torch.from_numpy(batch['near'])
    scales = model.scales.exp()
    n, places, width = patches.shape
    likeness = (patches.reshape(n * places, width) @ phrase[:count].t()).view(n, places, count)
    lit = torch.logsumexp(likeness * scales[0], 1) + model.biases[0]
    losses = {'patch': weighted_bce(lit, truth, near)}
    # A phrase may be asked of the whole image with either of its vectors.
    both = [overall @ vectors[:count].t() * scales[1] + model.biases[1] for vectors in (phrase, caption)]
    losses['whole'] = 0.3 * sum(weighted_bce(logits, truth, near) for logits in both)
    where = torch.from_numpy(batch['where'])
    if len(where) > 0:
        if len(where) > 500:
            keep = torch.randperm(len(where))[:500]
            where, masks = where[keep], torch.from_numpy(batch['masks'])[keep]
        else:
            masks = torch.from_numpy(batch['masks'])
        maps = likeness[where[:, 0], :, where[:, 1]] * scales[3]
        inside = torch.logsumexp(maps.masked_fill(~masks, -1e4), 1)
        losses['where'] = 0.5 * (torch.logsumexp(maps, 1) - inside).mean()
    things = torch.from_numpy(batch['things'])
    if len(things) > 0:
        masks = torch.from_numpy(batch['thing_masks'])
        which, places = torch.nonzero(masks, as_tuple=True)
        share = 1 / masks.sum(1).float()[which]
        named = patches[things[which, 0], places] @ unit(model.prototypes).t() * 16.0
        each = F.cross_entropy(named, things[which, 1], reduction='none')
        losses['thing'] = 0.4 * (each * share).sum() / len(things)
    if len(batch['named']) > 0:
        at = torch.from_numpy(batch['named'])
        losses['name'] = 0.5 * (1 - (phrase[at[:, 0]] * unit(model.prototypes[at[:, 1]]).detach()).sum(-1)).mean()
    if batch.get('true'):
        owners = torch.from_numpy(batch['owners'])
        logits = overall[owners] @ caption[count:].t() * scales[2].clamp(max=60)
        goal = torch.arange(len(owners))
        losses['caption'] = F.cross_entropy(logits, goal) + F.cross_entropy(logits[:, : len(owners)].t(), goal)
    return losses


def learn_tokenizer(words, scenes):
    texts = [text for scene in scenes[:20000] for text in scene['true']]
    for concept in words.ids:
        texts += [concept, words.concepts[concept]['plural']] * 20
    texts += words.sign_words * 20 + words.all_settings * 20 + words.all_elements * 20
    for kind in words.kinds.values():
        texts += [kind['noun'], kind['plural']] * 20
    texts += ['a single sign that reads says saying the words', 'beside beneath underneath one two three four five six', *words.colours] * 20
    return Tokenizer(learn(texts))


def make_plans(batch):
    """First close views at little cost (each used twice), then small whole scenes, then full ones."""
    close = {'side': 48, 'batch': 3 * batch, 'things': 0.75, 'tiles': 0.25, 'parts': (0.28, 0.42), 'phrases': 1, 'captions': False, 'uses': 2}
    early = {'side': 112, 'batch': batch, 'things': 0.08, 'tiles': 0.15, 'parts': (0.4, 0.8), 'phrases': 5, 'captions': True, 'uses': 1}
    full = {'side': 144, 'batch': batch, 'things': 0.03, 'tiles': 0.12, 'parts': (0.4, 0.8), 'phrases': 5, 'captions': True, 'uses': 1}
    return [close, early, full]


class Schedule:
    """How far training is, 0 to 1, and in which phase: by given steps, or by the clock where others use the machine too."""

    def __init__(self, steps, minutes, shares):
        self.steps, self.minutes = steps, minutes
        self.ends = np.cumsum(np.array(steps if steps else shares, float))
        self.ends /= self.ends[-1]
        self.taken, self.begun = [0] * len(shares), time.time()

    def progress(self):
        if self.steps:
            return sum(self.taken) / sum(self.steps)
        return (time.time() - self.begun) / (60 * self.minutes)

    def phase(self):
        return int(min(len(self.ends) - 1, np.searchsorted(self.ends, self.progress(), side='right')))


def parameter_groups(model):
    """Words and concepts have rows that few batches touch, so theirs move faster; only matrices decay."""
    rare = [model.prototypes, model.text.tokens]
    plain = [p for p in model.parameters() if p.dim() > 1 and all(p is not one for one in rare)]
    rest = [p for p in model.parameters() if p.dim() <= 1]
    return [
        {'params': rare, 'weight_decay': 0.01, 'share': 3.0},
        {'params': plain, 'weight_decay': 0.04, 'share': 1.0},
        {'params': rest, 'weight_decay': 0.0, 'share': 1.0},
    ]


def save(folder, model, optimizer, schedule):
    state = {'model': model.state_dict(), 'optimizer': optimizer.state_dict(), 'taken': schedule.taken, 'progress': schedule.progress()}
    torch.save(state, f'{folder}/state.part')
    os.replace(f'{folder}/state.part', f'{folder}/state.pt')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--set', required=True)
    parser.add_argument('--seed', type=int, default=11)
    parser.add_argument('--out', required=True)
    parser.add_argument('--steps', default=None, help='close views, small scenes, full scenes; or')
    parser.add_argument('--minutes', type=float, default=60, help='by the clock; the steps taken are printed at the end')
    parser.add_argument('--shares', default='0.25,0.45,0.3', help='of the minutes')
    parser.add_argument('--batch', type=int, default=64)
    parser.add_argument('--rate', type=float, default=2e-3)
    parser.add_argument('--strong', type=float, default=0.5)
    parser.add_argument('--scenes', type=int, default=None)
    parser.add_argument('--threads', type=int, default=2, help='one where others use the machine: two would wait for each other')
    parser.add_argument('--resume', action='store_true', help='go on from the state in --out')
    parser.add_argument('--from-progress', type=float, default=None, help='with --resume: take up the schedule there')
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    os.makedirs(options.out, exist_ok=True)
    words = Words(options.set)
    scenes, dropped = load_scenes(f'{options.set}/scenes-1000.jsonl', options.scenes)
    path = f'{options.out}/tokenizer.json'
    if not os.path.exists(path):
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(learn_tokenizer(words, scenes).to_json(), file, ensure_ascii=False)
    tokenizer = Tokenizer.from_json(path)
    print(f'{len(scenes)} scenes, {dropped} held out, {len(tokenizer.ids)} tokens', flush=True)
    maker = Maker(options.set, VENDORS, words, scenes, tokenizer, WINDOW, options.strong)
    shares = [float(share) for share in options.shares.split(',')]
    steps = [int(count) for count in options.steps.split(',')] if options.steps else None
    plans = make_plans(options.batch)
    queue, told = start(maker, options.seed, plans)
    model = DualEncoder(len(tokenizer.ids), tokenizer.end, len(words.ids))
    optimizer = torch.optim.AdamW(parameter_groups(model), lr=options.rate, betas=(0.9, 0.98))
    schedule = Schedule(steps, options.minutes, shares)
    told.value = schedule.phase()
    if options.resume:
        state = torch.load(f'{options.out}/state.pt')
        model.load_state_dict(state['model'])
        if len(state['optimizer']['param_groups']) == len(optimizer.param_groups):
            optimizer.load_state_dict(state['optimizer'])
        schedule.taken = state['taken']
        progress = state['progress'] if options.from_progress is None else options.from_progress
        schedule.begun = time.time() - progress * 60 * options.minutes
        told.value = schedule.phase()
    model.train()
    sums, since, waited, step, batch, uses = {}, time.time(), 0.0, sum(schedule.taken), None, 0
    begun = step
    while (progress := schedule.progress()) < 1:
        told.value = schedule.phase()
        rate = options.rate * min(1.0, (step - begun + 1) / 50) * (0.5 + 0.5 * np.cos(np.pi * progress)) + 1e-6
        for group in optimizer.param_groups:
            group['lr'] = rate * group['share']
        asked = time.time()
        if uses == 0:
            phase, batch = queue.get()
            uses = plans[phase]['uses']
        uses -= 1
        waited += time.time() - asked
        schedule.taken[phase] += 1
        losses = step_losses(model, batch)
        optimizer.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        for name, loss in losses.items():
            sums.setdefault(name, []).append(loss.item())
        step += 1
        if step % 25 == 0:
            means = ' '.join(f'{name} {np.mean(values):.3f}' for name, values in sums.items())
            scales = ' '.join(f'{value:.1f}' for value in [*model.scales.exp().tolist(), *model.biases.tolist()])
            print(f'{step} {progress:.3f} {means} | {scales} | {(time.time() - since) / 25:.2f} s a step, waiting {waited / 25:.2f}, side {batch["pixels"].shape[1]}, {len(batch["phrases"])} phrases', flush=True)
            sums, since, waited = {}, time.time(), 0.0
        if step % 25 == 0:
            save(options.out, model, optimizer, schedule)
    save(options.out, model, optimizer, schedule)
    print(f'steps taken: {",".join(str(count) for count in schedule.taken)}')


if __name__ == '__main__':
    main()
