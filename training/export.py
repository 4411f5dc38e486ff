"""From a checkpoint to a pack: ONNX graphs, tokenizer, moments, calibration, reference outputs, pack.json.

Usage: export.py --set DIR --checkpoint model.pt --tokenizer tokenizer.json --validation FOLDER --sample FOLDER
           --numbers numbers.json --revision NAME --out FOLDER
"""
import argparse
import base64
import hashlib
import json
import math
import os

os.environ.setdefault('OPENBLAS_NUM_THREADS', '1')

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import helper, numpy_helper
from torch import nn

from card import card
from evaluate import MEAN, STD, image_vectors, load_set, questions, read_image, text_vectors
from model import GRID, SIDE, TEXT_HEADS, TEXT_LAYERS, TEXT_WIDTH, WIDTH, WINDOW, Conv, DualEncoder
from phrases import Words
from scenes import truth_view
from tokenizer import Tokenizer

OPSET = 17


def fold(model):
    """Puts batch norms into their convolutions and rounds all large weights to half precision."""
    for module in list(model.modules()):
        if isinstance(module, Conv):
            conv, norm = module.conv, module.norm
            factor = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            folded = nn.Conv2d(conv.in_channels, conv.out_channels, conv.kernel_size, conv.stride, conv.padding)
            folded.weight.data = conv.weight.data * factor.data[:, None, None, None]
            folded.bias.data = (norm.bias - norm.running_mean * factor).data
            module.conv, module.norm = folded, nn.Identity()
    for parameter in model.parameters():
        if parameter.numel() >= 1000:
            parameter.data = parameter.data.half().float()
    return model.eval()


class TextGraph(nn.Module):
    """ids -> caption and phrase vectors, and the states from which the gate tail goes on."""

    def __init__(self, tower):
        super().__init__()
        self.tower = tower

    def forward(self, ids):
        end, _, states = self.tower.run(ids)
        phrase, caption = self.tower.heads(end)
        keys = torch.stack([k for _, k, _ in states], 1)
        values = torch.stack([v for _, _, v in states], 1)
        return caption, phrase, states[0][0], keys, values


class TailGraph(nn.Module):
    """The end token alone through all blocks; gates multiply its attention after the softmax."""

    def __init__(self, tower):
        super().__init__()
        self.tower = tower

    def forward(self, end_state, keys, values, end_index, gates):
        count = gates.shape[1]
        at = torch.arange(count)
        own = (at[None, :] == end_index[:, None]).float()[:, None, :, None]
        hidden = (at[None, :] > end_index[:, None]).float()[:, None, None, :] * -1e4
        x = end_state[:, None, :]
        for layer, block in enumerate(self.tower.blocks):
            q, k, v = block.keys(x)
            k = keys[:, layer] * (1 - own) + k * own
            v = values[:, layer] * (1 - own) + v * own
            weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]) + hidden, -1)
            x = block.after(x, (weights * gates[:, None, None, :]) @ v)
        phrase, caption = self.tower.heads(x[:, 0])
        return caption, phrase


def gated_caption(tower, ids, gates):
    """The whole tower with gates on the end token's row: what the tail must equal. For checking only."""
    count = ids.shape[1]
    at = torch.arange(count)
    hidden = (at[None, :] > at[:, None]).float() * -1e4
    end = int((ids[0] == tower.end).int().argmax())
    x = F.embedding(ids, tower.tokens) + tower.places[:count]
    for block in tower.blocks:
        q, k, v = block.keys(x)
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]) + hidden, -1)
        rows = torch.ones(count, count)
        rows = torch.cat([rows[:end], gates[None, :], rows[end + 1 :]])
        x = block.after(x, (weights * rows) @ v)
    return tower.heads(x[:, end])[1]


def check_tail(tower, ids, image):
    """Largest difference between central differences of the tail and autograd's derivative, relative to the largest derivative."""
    gates = torch.ones(ids.shape[1], requires_grad=True)
    (gated_caption(tower, ids, gates) @ image).backward()
    with torch.no_grad():
        _, _, state, keys, values = TextGraph(tower)(ids)
        end = (ids == tower.end).int().argmax(1)
        found = []
        for index in range(ids.shape[1]):
            change = torch.zeros(2, ids.shape[1])
            change[0, index], change[1, index] = 0.03, -0.03
            two = [part.expand(2, *part.shape[1:]) for part in (state, keys, values)]
            cosine = TailGraph(tower)(*two, end.expand(2), 1 + change)[0] @ image
            found.append(float(cosine[0] - cosine[1]) / 0.06)
    difference = (torch.tensor(found) - gates.grad).abs().max()
    return float(difference / gates.grad.abs().max())


def halve(path):
    """Stores large weights in half precision (they are rounded to it already); they are widened at load."""
    graph = onnx.load(path)
    kept, casts = [], []
    for tensor in graph.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.float32 and values.size >= 1000:
            small = values.astype(np.float16)
            if not np.array_equal(small.astype(np.float32), values):
                raise SystemExit(f'{tensor.name} of {path} is not in half precision.')
            kept.append(numpy_helper.from_array(small, f'{tensor.name}_half'))
            casts.append(helper.make_node('Cast', [f'{tensor.name}_half'], [tensor.name], to=onnx.TensorProto.FLOAT))
        else:
            kept.append(tensor)
    del graph.graph.initializer[:]
    graph.graph.initializer.extend(kept)
    nodes = casts + list(graph.graph.node)
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)
    graph.doc_string = ''
    onnx.checker.check_model(graph)
    onnx.save(graph, path)


def export_graph(module, example, path, inputs, outputs, axes):
    torch.onnx.export(module, example, path, opset_version=OPSET, input_names=inputs, output_names=outputs, dynamic_axes=axes, do_constant_folding=True)
    halve(path)


def export_graphs(model, tokenizer, folder):
    text = TextGraph(model.text)
    ids = torch.tensor([tokenizer.encode('a red car next to two dogs', WINDOW), tokenizer.encode('a blue car next to three dogs', WINDOW)])
    export_graph(model.image, torch.zeros(2, 3, SIDE, SIDE), f'{folder}/image.onnx', ['pixels'], ['global', 'patches'], {'pixels': {0: 'n'}, 'global': {0: 'n'}, 'patches': {0: 'n'}})
    named = {0: 'n', 3: 'tokens'}
    outputs = ['caption', 'phrase', 'end_state', 'keys', 'values']
    axes = {name: {0: 'n'} for name in outputs}
    export_graph(text, ids, f'{folder}/text.onnx', ['input_ids'], outputs, {**axes, 'input_ids': {0: 'n', 1: 'tokens'}, 'keys': named, 'values': named})
    with torch.no_grad():
        _, _, state, keys, values = text(ids)
    end = (ids == tokenizer.end).int().argmax(1)
    inputs = ['end_state', 'keys', 'values', 'end_index', 'gates']
    axes = {'end_state': {0: 'n'}, 'keys': named, 'values': named, 'end_index': {0: 'n'}, 'gates': {0: 'n', 1: 'tokens'}, 'caption': {0: 'n'}, 'phrase': {0: 'n'}}
    export_graph(TailGraph(model.text), (state, keys, values, end, torch.ones(ids.shape).float()), f'{folder}/text-tail.onnx', inputs, ['caption', 'phrase'], axes)


def packed(values):
    return base64.b64encode(np.ascontiguousarray(values, dtype='<f4').tobytes()).decode('ascii')


def moment(vectors):
    vectors = np.asarray(vectors, np.float64)
    mean = vectors.mean(0)
    centred = vectors - mean
    return {'count': len(vectors), 'mean': packed(mean), 'covariance': packed(centred.T @ centred / len(vectors))}


def null_phrases(words, rng, each=800):
    """Random phrases of each type, of nothing in particular."""
    pick = lambda some: some[rng.integers(len(some))]
    np_of = lambda **some: ('np', pick(words.ids), some.get('count'), some.get('size'), some.get('colour'), some.get('many', False))
    made = {
        'object': lambda: np_of(),
        'colour': lambda: np_of(colour=pick(words.colours)),
        'count': lambda: (lambda count: np_of(count=count, many=count > 1))(int(rng.integers(1, 5))),
        'size': lambda: np_of(size=pick(['small', 'large'])),
        'relation': lambda: ('rel', np_of(), pick(['left of', 'right of', 'above', 'below', 'next to', 'on', 'under', 'in front of', 'behind']), np_of()),
        'sign-text': lambda: ('sign', pick([None, *words.sign_nouns]), pick(words.sign_words)),
        'setting': lambda: ('setting', pick(words.all_settings)),
    }
    return {kind: [words.text(make(), rng) for _ in range(each)] for kind, make in made.items()}


def platt(good, bad):
    """Weights (a, b) of sigmoid(a x + b) fitted by Newton's method, and how well calibrated that is on the same pairs."""
    x = np.concatenate([good, bad])
    y = np.concatenate([np.ones(len(good)), np.zeros(len(bad))])
    features = np.stack([x, np.ones_like(x)], 1)
    weights = np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(features @ weights, -30, 30)))
        gradient = features.T @ (p - y) + np.array([1e-3, 0]) * weights
        hessian = (features * (p * (1 - p))[:, None]).T @ features + np.eye(2) * 1e-3
        weights = weights - np.linalg.solve(hessian, gradient)
    return {'slope': round(float(weights[0]), 5), 'offset': round(float(weights[1]), 5), 'pairs': len(good)}


UNIT_TYPES = {'object': 'object', 'object of its kind': 'object', 'colour': 'colour', 'count': 'count', 'size': 'size', 'relation': 'relation', 'sign text': 'sign-text', 'setting': 'setting'}


def calibration(model, tokenizer, words, folder):
    """Fitted on the validation scenes: from the brightest patch and from the whole image to a chance of being true."""
    rng = np.random.default_rng(3)
    scenes = load_set(folder)
    overall, patches = image_vectors(model, [read_image(f"{folder}/{scene['file']}") for scene in scenes])
    asked, texts = [], []
    for index, scene in enumerate(scenes):
        for kind, true, false, _ in questions(truth_view(words, scene, SIDE), words, rng):
            if kind in UNIT_TYPES:
                asked.append((index, UNIT_TYPES[kind]))
                texts += [words.text(true, rng), words.text(false, rng)]
    phrase, caption = text_vectors(model, tokenizer, texts)
    tables, scale = {}, float(model.scales[0].exp())
    for at, (index, kind) in enumerate(asked):
        for side, one in enumerate((2 * at, 2 * at + 1)):
            lit = float(torch.logsumexp(patches[index] @ phrase[one] * scale, 0) / scale)
            row = tables.setdefault(kind, {'patches': ([], []), 'phrase': ([], []), 'caption': ([], [])})
            row['patches'][side].append(lit)
            row['phrase'][side].append(float(overall[index] @ phrase[one]))
            row['caption'][side].append(float(overall[index] @ caption[one]))
    return {
        'about': 'probability = 1 / (1 + exp(-(slope * score + offset))). patches: log(sum(exp(k * cosine))) / k over all patches with the phrase vector, k = patchScale; phrase and caption: cosine of that text vector with the global vector. Fitted on validation scenes with as many true as false phrases.',
        'patchScale': round(scale, 5),
        'tables': {kind: {name: platt(np.array(good), np.array(bad)) for name, (good, bad) in row.items()} for kind, row in tables.items()},
    }, overall


def reference(model, tokenizer, folder, words):
    """A few images of the bundled sample and texts, with the first numbers of each vector."""
    scenes = load_set(folder, 3)
    pixels = [read_image(f"{folder}/{scene['file']}") for scene in scenes]
    overall, patches = image_vectors(model, pixels)
    texts = [scenes[0]['caption'], 'a dog', 'two red cars', 'A cat to the left of a house.', 'zyxomma 7½ “SALE”', '']
    phrase, caption = text_vectors(model, tokenizer, texts)
    short = lambda vector: [round(float(value), 5) for value in vector[:8]]
    return {
        'about': 'First 8 numbers of each vector, computed by PyTorch. Images: resources/sample. meanPixel: mean of the resized bytes of each channel. Patch rows are given for patch 0 and patch 100.',
        'images': [
            {
                'file': scene['file'],
                'meanPixel': [round(float(value), 3) for value in pixels[index].reshape(-1, 3).mean(0)],
                'global': short(overall[index]),
                'patch0': short(patches[index][0]),
                'patch100': short(patches[index][100]),
            }
            for index, scene in enumerate(scenes)
        ],
        'texts': [
            {'text': text, 'ids': tokenizer.encode(text, WINDOW), 'caption': short(caption[index]), 'phrase': short(phrase[index])}
            for index, text in enumerate(texts)
        ],
    }


def manifest(folder, revision, model, end):
    roles = {
        'image.onnx': 'image-graph',
        'text.onnx': 'text-graph',
        'text-tail.onnx': 'text-tail-graph',
        'tokenizer.json': 'tokenizer',
        'calibration.json': 'calibration',
        'moments.json': 'moments',
        'reference.json': 'reference',
        'CARD.md': 'card',
    }
    files = []
    for path, role in roles.items():
        with open(f'{folder}/{path}', 'rb') as file:
            data = file.read()
        files.append({'role': role, 'path': path, 'sizeBytes': len(data), 'sha256': hashlib.sha256(data).hexdigest()})
    return {
        'format': 'realign-pack',
        'version': 1,
        'id': 'starter',
        'revision': revision,
        'name': 'Starter encoder of the sample world',
        'licence': {'id': 'MIT'},
        'source': {'url': 'training/README.md'},
        'scope': {
            'images': 'sample-world',
            'note': 'Knows the drawn scenes of the bundled sample and nothing else. For other images install a real encoder pack.',
        },
        'precision': 'mixed',
        'files': files,
        'task': 'dual-encoder',
        'dimension': WIDTH,
        'image': {
            'widthPx': SIDE,
            'heightPx': SIDE,
            'resize': {'policy': 'squash', 'kernel': 'cubic'},
            'channels': 'rgb',
            'scale': 1 / 255,
            'mean': [MEAN] * 3,
            'deviation': [STD] * 3,
        },
        'imageGraph': {'inputs': {'pixels': 'pixels'}, 'outputs': {'vector': 'global', 'patches': 'patches'}},
        'patchGrid': {'columns': GRID, 'rows': GRID},
        'text': {'window': WINDOW, 'padding': 'longest', 'padId': 0, 'endId': end, 'prefix': ''},
        'textGraph': {'inputs': {'ids': 'input_ids'}, 'outputs': {'vector': 'caption', 'phraseVector': 'phrase'}},
        'textTail': {
            'layers': TEXT_LAYERS,
            'heads': TEXT_HEADS,
            'states': {'endState': 'end_state', 'keys': 'keys', 'values': 'values'},
            'inputs': {'endState': 'end_state', 'keys': 'keys', 'values': 'values', 'endIndex': 'end_index', 'gates': 'gates'},
            'outputs': {'vector': 'caption'},
        },
        'logit': {'scale': round(float(model.scales[1].exp()), 5), 'bias': round(float(model.biases[1]), 5)},
        # What the scenery of the sample world is called, for details that captions leave out.
        'vocabulary': read_json(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'vocabulary.json')),
    }


def read_json(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def write_json(path, value, indent=None):
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(value, file, indent=indent, ensure_ascii=False)
        file.write('\n')


def main():
    parser = argparse.ArgumentParser()
    for name in ('set', 'checkpoint', 'tokenizer', 'validation', 'sample', 'out', 'revision', 'numbers'):
        parser.add_argument(f'--{name}', required=True)
    options = parser.parse_args()
    torch.set_num_threads(2)
    folder = options.out
    os.makedirs(folder, exist_ok=True)
    words = Words(options.set)
    tokenizer = Tokenizer.from_json(options.tokenizer)
    model = DualEncoder(len(tokenizer.ids), tokenizer.end, len(words.ids))
    state = torch.load(options.checkpoint, map_location='cpu')
    model.load_state_dict(state['average'])
    model = fold(model)
    write_json(f'{folder}/tokenizer.json', tokenizer.to_json())
    export_graphs(model, tokenizer, folder)
    tables, overall = calibration(model, tokenizer, words, options.validation)
    write_json(f'{folder}/calibration.json', tables, 1)
    texts = null_phrases(words, np.random.default_rng(4))
    moments = {kind: moment(text_vectors(model, tokenizer, some)[0].numpy()) for kind, some in texts.items()}
    write_json(f'{folder}/moments.json', {'dimension': WIDTH, 'image': moment(overall.numpy()), 'text': moments})
    write_json(f'{folder}/reference.json', reference(model, tokenizer, options.sample, words), 1)
    scene = load_set(options.sample, 1)[0]
    ids = torch.tensor([tokenizer.encode(scene['caption'], WINDOW)])
    tail = check_tail(model.text, ids, overall[0])
    print(f'gate tail against autograd: relative difference {tail:.2e}')
    with open(options.numbers, encoding='utf-8') as file:
        numbers = json.load(file)
    parameters = sum(p.numel() for p in [*model.image.parameters(), *model.text.parameters()])
    with open(f'{folder}/CARD.md', 'w', encoding='utf-8') as file:
        file.write(card(numbers, state['taken'], parameters, tail))
    write_json(f'{folder}/pack.json', manifest(folder, options.revision, model, tokenizer.end), 2)
    print({name: os.path.getsize(f'{folder}/{name}') for name in sorted(os.listdir(folder))})


if __name__ == '__main__':
    main()
