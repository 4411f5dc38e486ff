"""Trains the starter encoder. Usage: train.py --set DIR --out DIR [--resume] [--steps N] [--decay N], see README.md"""
import argparse
import os

os.environ.setdefault('OPENBLAS_NUM_THREADS', '1')
os.environ.setdefault('OMP_WAIT_POLICY', 'passive')

import json
import signal
import time

import numpy as np
import torch

from batches import Maker, start
from losses import step_losses
from model import WINDOW, DualEncoder
from optimiser import Average, make_optimisers
from phrases import Words
from scenes import load_scenes
from tokenizer import Tokenizer, learn

VENDORS = ['noto', 'fluent', 'twemoji', 'emojione', 'fxemoji']
WARM = 50  # steps of a rising rate after each start


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
    """First close views at little cost, then small whole scenes, then full ones."""
    close = {'side': 48, 'batch': 3 * batch, 'sheets': 0, 'things': 0.75, 'tiles': 0.25, 'parts': (0.28, 0.42), 'phrases': 1, 'captions': False}
    early = {'side': 112, 'batch': batch, 'sheets': 0.2, 'things': 0.08, 'tiles': 0.12, 'parts': (0.4, 0.8), 'phrases': 6, 'captions': True}
    full = {'side': 144, 'batch': batch, 'sheets': 0.15, 'things': 0, 'tiles': 0.12, 'parts': (0.4, 0.8), 'phrases': 6, 'captions': True}
    return [close, early, full]


class Course:
    """How many steps of each phase were taken, in which phase training is, and at which rate. The rate is constant, so
    that training may go on for as long as there is time; the last `decay` steps of a run with an end lead to 0."""

    def __init__(self, early, steps, decay):
        self.early, self.steps, self.decay = early, steps, decay
        self.taken, self.here = [0] * (len(early) + 1), 0

    def phase(self):
        return next((at for at, most in enumerate(self.early) if self.taken[at] < most), len(self.early))

    def take(self, phase):
        self.taken[phase] += 1
        self.here += 1

    def ended(self):
        return self.steps is not None and self.here >= self.steps

    def share(self):
        left = self.steps - self.here if self.decay else 1
        return min(1.0, (self.here + 1) / WARM, left / max(1, self.decay))


class Keeper:
    """The whole state of training in a file, replaced at once so that a stop at any time leaves a good one."""

    def __init__(self, model, optimisers, average, course):
        self.model, self.optimisers, self.average, self.course = model, optimisers, average, course

    def save(self, path):
        state = {
            'model': self.model.state_dict(),
            'average': self.average.state,
            'optimisers': [one.state_dict() for one in self.optimisers],
            'taken': self.course.taken,
        }
        torch.save(state, f'{path}.part')
        os.replace(f'{path}.part', path)

    def load(self, path):
        state = torch.load(path, map_location='cpu')
        self.model.load_state_dict(state['model'])
        for name, value in state['average'].items():
            self.average.state[name].copy_(value)
        for one, kept in zip(self.optimisers, state['optimisers']):
            one.load_state_dict(kept)


class Log:
    """Means of the losses, one line for each 25 steps."""

    def __init__(self):
        self.sums, self.since, self.waited, self.used = {}, time.time(), 0.0, time.process_time()

    def add(self, losses):
        for name, loss in losses.items():
            self.sums.setdefault(name, []).append(loss.item())

    def line(self, step, model, batch):
        means = ' '.join(f'{name} {np.mean(values):.3f}' for name, values in self.sums.items())
        scales = ' '.join(f'{value:.1f}' for value in [*model.scales.exp().tolist(), *model.biases.tolist()])
        clock, computed = (time.time() - self.since) / 25, (time.process_time() - self.used) / 25
        print(
            f'{step} {means} | {scales} | {clock:.2f} s a step, computing {computed:.2f}, waiting {self.waited / 25:.2f}, '
            f'side {batch["pixels"].shape[1]}, {len(batch["phrases"])} phrases',
            flush=True,
        )
        self.__init__()


def read_options():
    parser = argparse.ArgumentParser()
    parser.add_argument('--set', required=True)
    parser.add_argument('--seed', type=int, default=11)
    parser.add_argument('--out', required=True)
    parser.add_argument('--early', default='800,900', help='steps of close views and of small scenes, before full ones')
    parser.add_argument('--steps', type=int, default=None, help='of this run; without it, until it is ended')
    parser.add_argument('--decay', type=int, default=0, help='of --steps, the last ones, with a rate that falls to 0')
    parser.add_argument('--save-as', default='state.pt', help='another name keeps the state that --resume took up')
    parser.add_argument('--batch', type=int, default=64)
    parser.add_argument('--rate', type=float, default=2e-3)
    parser.add_argument('--keep', type=float, default=0.995, help='of the running average, for each step')
    parser.add_argument('--strong', type=float, default=0.2, help='share of things drawn in another style')
    parser.add_argument('--scenes', type=int, default=None)
    parser.add_argument('--threads', type=int, default=2, help='one where others use the machine: two would wait for each other')
    parser.add_argument('--drawers', type=int, default=1, help='processes that draw; a GPU needs a dozen')
    parser.add_argument('--device', default='cpu', help='cuda where there is one')
    parser.add_argument('--resume', action='store_true', help='go on from state.pt in --out')
    return parser.parse_args()


def read_tokenizer(options, words, scenes):
    path = f'{options.out}/tokenizer.json'
    if not os.path.exists(path):
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(learn_tokenizer(words, scenes).to_json(), file, ensure_ascii=False)
    return Tokenizer.from_json(path)


def main():
    options = read_options()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    os.makedirs(options.out, exist_ok=True)
    words = Words(options.set)
    scenes, dropped = load_scenes(f'{options.set}/scenes-1000.jsonl', options.scenes)
    tokenizer = read_tokenizer(options, words, scenes)
    print(f'{len(scenes)} scenes, {dropped} held out, {len(tokenizer.ids)} tokens', flush=True)
    # Another seed at each start, so that a resumed run sees other pictures.
    maker = Maker(options.set, VENDORS, words, scenes, tokenizer, WINDOW, options.strong)
    course = Course([int(count) for count in options.early.split(',')], options.steps, options.decay)
    if options.resume:
        course.taken = torch.load(f'{options.out}/state.pt', map_location='cpu')['taken']
    queue, told = start(maker, options.seed + sum(course.taken), make_plans(options.batch), course.phase(), options.drawers)
    model = DualEncoder(len(tokenizer.ids), tokenizer.end, len(words.ids)).train().to(options.device)
    model.image.to(memory_format=torch.channels_last)
    optimisers, average = make_optimisers(model, options.rate), Average(model, options.keep)
    keeper = Keeper(model, optimisers, average, course)
    if options.resume:
        keeper.load(f'{options.out}/state.pt')
    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    target, log = f'{options.out}/{options.save_as}', Log()
    while not course.ended() and not stopped:
        told.value = course.phase()
        for optimiser in optimisers:
            for group in optimiser.param_groups:
                group['lr'] = options.rate * course.share() * group['share']
        asked = time.time()
        phase, batch = queue.get()
        log.waited += time.time() - asked
        losses = step_losses(model, batch)
        model.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        for optimiser in optimisers:
            optimiser.step()
        average.take(model, course.here)
        course.take(phase)
        log.add(losses)
        if course.here % 25 == 0:
            log.line(sum(course.taken), model, batch)
            keeper.save(target)
    if options.decay and course.ended():
        # At a rate of 0 the weights themselves are better than a mean with the ones before.
        average.state = model.state_dict()
    keeper.save(target)
    print(f'steps taken: {",".join(str(count) for count in course.taken)}', flush=True)


if __name__ == '__main__':
    main()
