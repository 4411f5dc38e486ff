"""Draws scenes that tools/training-scenes.ts composed, from the same drawings, with many changes of art."""
import io
import json
import os
import pickle
import zlib

import numpy as np
from PIL import Image, ImageFilter

from phrases import View

KERNELS = [Image.BOX, Image.BILINEAR, Image.BICUBIC, Image.LANCZOS]
FRAME = (768, 576)


def is_held_out(scene):
    """Combinations that no training scene may show; the rule depends on the words alone.

    One pair of concepts in fifty, one (concept, paint) in twenty-five, one (style, words of a sign) in twelve.
    """
    groups = scene['graph']['groups']
    names = sorted({group['concept'] for group in groups if group['concept'] != 'sign'})
    for index, first in enumerate(names):
        if any(chosen(f'{first}|{second}', 50) for second in names[index + 1 :]):
            return True
    return any(is_held_out_group(group) for group in groups)


def is_held_out_group(group):
    drawing = group['drawing']
    if drawing['kind'] == 'sign':
        return chosen(f"{drawing['style']}|{drawing['words']}", 12)
    return drawing['paint'] is not None and chosen(f"{group['concept']}|{drawing['paint']}", 25)


def chosen(text, one_in):
    return zlib.crc32(text.encode('utf-8')) % one_in == 0


def load_scenes(path, most=None):
    """Scenes as plain dictionaries with what training needs; held-out combinations are left out."""
    kept = f'{path}.pickle'
    if most is None and os.path.exists(kept):
        with open(kept, 'rb') as file:
            return pickle.load(file)
    scenes, dropped = [], 0
    with open(path, encoding='utf-8') as file:
        for line in file:
            scene = json.loads(line)
            if is_held_out(scene):
                dropped += 1
                continue
            scenes.append(compact(scene))
            if most and len(scenes) >= most:
                break
    if most is None:
        with open(kept, 'wb') as file:
            pickle.dump((scenes, dropped), file)
    return scenes, dropped


def compact(scene):
    graph = scene['graph']
    objects = {one['id']: one for one in graph['objects']}
    groups = []
    for group in graph['groups']:
        drawing = group['drawing']
        is_sign = drawing['kind'] == 'sign'
        boxes = [objects[member]['box'] for member in group['members']]
        groups.append(
            {
                'id': group['id'],
                'concept': group['concept'],
                'count': group['count'],
                'colour': group['colour'],
                'size': group['size'],
                'shaded': group['stance'] in ('ground', 'studio', 'on a thing'),
                'vendor': drawing['words'] if is_sign else drawing['vendor'],
                'paint': None if is_sign else drawing['paint'],
                'style': drawing['style'] if is_sign else None,
                'words': drawing['words'] if is_sign else None,
                'mirrored': objects[group['members'][0]]['mirrored'],
                'boxes': [(box['x'], box['y'], box['width'], box['height']) for box in boxes],
                'order': graph['objects'].index(objects[group['members'][0]]),
            }
        )
    groups.sort(key=lambda group: group['order'])
    background = graph['background']
    true, false = [scene['caption']], []
    for alt in scene['alts']:
        text = alt['text']
        if alt['origin'] not in ('alt', 'web-caption') or len(text) < 8:
            continue
        kinds = [fault if isinstance(fault, str) else fault['kind'] for fault in alt['faults']]
        if all(kind in ('missing', 'typo') for kind in kinds):
            true.append(text)
        elif any(kind in ('object', 'inserted', 'colour', 'size', 'count', 'relation', 'setting', 'sign-text') for kind in kinds):
            false.append(text)
    return {
        'groups': groups,
        'relations': [(r['subject'], r['relation'], r['object']) for r in graph['relations']],
        'background': (background['kind'], background['variant'], background['mirrored']),
        'true': true,
        'false': false,
        'frame': (graph['width'], graph['height']),
    }


def truth_view(words, scene, side):
    """The view of a whole scene that is not redrawn (evaluation): everything is visible."""
    width, height = scene['frame']
    groups = []
    for group in scene['groups']:
        boxes = [
            (x * side / width, y * side / height, (x + w) * side / width, (y + h) * side / height)
            for x, y, w, h in group['boxes']
        ]
        groups.append({**group, 'seen': boxes, 'whole': True, 'faint': False, 'sized': True})
    kind, variant, _ = scene['background']
    background = {'kind': kind, 'variant': variant, 'all': True}
    return View(words, groups, scene['relations'], background, side)


class Studio:
    """Holds all drawings and backgrounds, and draws views of scenes."""

    def __init__(self, folder, vendors, words):
        self.words, self.vendors = words, vendors
        self.by_look, self.by_paint, self.by_concept = {}, {}, {}
        self.rows = []
        self.pixels = np.memmap(f'{folder}/sprites.bin', dtype=np.uint8, mode='r')
        with open(f'{folder}/sprites.jsonl', encoding='utf-8') as file:
            for line in file:
                row = json.loads(line)
                is_sign = row['concept'].startswith('sign ')
                if not is_sign and row['vendor'] not in vendors:
                    continue
                index = len(self.rows)
                self.rows.append(row)
                self.by_look[(row['concept'], row['vendor'], row['paint'])] = index
                self.by_paint.setdefault((row['concept'], row['paint'], row['colour']), []).append(index)
                self.by_concept.setdefault(row['concept'], []).append(index)
        self.scenery, self.shadow = {}, {}
        backdrops = np.memmap(f'{folder}/scenery.bin', dtype=np.uint8, mode='r')
        offset = 0
        with open(f'{folder}/scenery.jsonl', encoding='utf-8') as file:
            for line in file:
                row = json.loads(line)
                size = row['width'] * row['height'] * 3
                key = (row['kind'], row['variant'])
                picture = backdrops[offset : offset + size].reshape(row['height'], row['width'], 3)
                self.scenery[key] = Image.fromarray(np.ascontiguousarray(picture))
                self.shadow[key] = row['shadow']
                offset += size
        self.cache = {}
        self.looks = restyled(folder, self.rows, self.pixels)

    def sprite(self, index, look):
        """An RGBA image of a drawing; looks other than 'plain' imitate other hands."""
        key = (index, look)
        known = self.cache.get(key)
        if known is not None:
            return known
        row = self.rows[index]
        source, start, width, height = (self.pixels, row['offset'], row['width'], row['height'])
        if look != 'plain':
            source = self.looks[0]
            start, width, height = self.looks[1][f"{row['offset']} {look}"]
        pixels = np.array(source[start : start + width * height * 4]).reshape(height, width, 4)
        image = self.cache[key] = Image.fromarray(pixels)
        return image

    def pick(self, group, rng, change):
        """The drawing of a group: its own, or another vendor's of the same thing and colour."""
        if group['concept'] == 'sign':
            return self.by_look[(f"sign {group['style']}", group['words'], None)]
        own = self.by_look[(group['concept'], group['vendor'], group['paint'])]
        if not change or rng.random() < 0.35:
            return own
        paint, colour = group['paint'], group['colour']
        return int(rng.choice(self.by_paint[(group['concept'], paint, colour)]))

    def draw(self, scene, rng, side, window=None, strong=0.0, redraw=True):
        """A picture [side, side, 3] of the window (x, y, width, height in scene pixels) and its View."""
        frame_width, frame_height = scene['frame']
        window = window or (0, 0, frame_width, frame_height)
        left, top, width, height = window
        scale_x, scale_y = side / width, side / height
        kind, variant, mirrored = scene['background']
        if redraw and rng.random() < 0.5:
            mirrored = not mirrored
        backdrop = self.scenery[(kind, variant)]
        if mirrored:
            backdrop = backdrop.transpose(Image.FLIP_LEFT_RIGHT)
        ratio = backdrop.width / frame_width
        region = tuple(max(0.0, v * ratio) for v in (left, top, left + width, top + height))
        region = (region[0], region[1], min(region[2], backdrop.width), min(region[3], backdrop.height))
        kernel = KERNELS[rng.integers(4)]
        canvas = np.asarray(backdrop.resize((side, side), kernel, box=region)).astype(np.float32)
        groups, says_true = [], True
        for group in scene['groups']:
            drawn = self.draw_group(canvas, group, rng, (left, top, scale_x, scale_y), kernel, strong, redraw, self.shadow[(kind, variant)])
            if drawn is not None:
                says_true = says_true and drawn.pop('says_true')
                groups.append(drawn)
        whole = width >= frame_width * 0.9
        background = {'kind': kind, 'variant': variant, 'all': whole}
        view = View(self.words, groups, scene['relations'], background, side)
        ids = {group['id'] for group in groups}
        view.relations = [r for r in scene['relations'] if r[0] in ids and r[2] in ids]
        view.says_true = says_true and whole
        return np.clip(canvas + 0.5, 0, 255).astype(np.uint8), view

    def draw_group(self, canvas, group, rng, at, kernel, strong, redraw, shadow):
        left, top, scale_x, scale_y = at
        side = canvas.shape[0]
        index = self.pick(group, rng, redraw)
        is_sign = group['concept'] == 'sign'
        look, recoloured = 'plain', False
        if redraw and not is_sign and rng.random() < strong:
            look = LOOKS[rng.integers(len(LOOKS))]
        sprite = self.sprite(index, look)
        one_way = is_sign or self.words.concepts[group['concept']]['oneWay']
        if redraw and rng.random() < 0.5 and not one_way:
            sprite = sprite.transpose(Image.FLIP_LEFT_RIGHT)
        elif group['mirrored'] and not redraw:
            sprite = sprite.transpose(Image.FLIP_LEFT_RIGHT)
        stretch = 1.0
        if redraw and not is_sign:
            if rng.random() < 0.25:
                turn = rng.uniform(-9, 9)
                sprite = sprite.rotate(turn, Image.BILINEAR, expand=True)
            stretch = np.exp(rng.normal(0, 0.06))
        tint, recoloured = tints(rng, strong) if redraw and not is_sign else (None, False)
        boxes, fractions, sizes = [], [], []
        for x, y, w, h in group['boxes']:
            if redraw and not is_sign:
                aspect = sprite.width / sprite.height * stretch
                area, foot, middle = (w * h) ** 0.5, y + h, x + w / 2
                w, h = area * aspect**0.5, area / aspect**0.5
                x, y = middle - w / 2, foot - h
            box = ((x - left) * scale_x, (y - top) * scale_y, (x + w - left) * scale_x, (y + h - top) * scale_y)
            inside = max(0.0, min(side, box[2]) - max(0.0, box[0])) * max(0.0, min(side, box[3]) - max(0.0, box[1]))
            fraction = inside / max(1e-6, (box[2] - box[0]) * (box[3] - box[1]))
            if fraction <= 0:
                fractions.append(0.0)
                continue
            if group['shaded']:
                shade(canvas, box, shadow)
            paste(canvas, sprite, box, kernel, tint)
            fractions.append(fraction)
            boxes.append(box)
            sizes.append(min(box[2] - box[0], box[3] - box[1]))
        if not boxes or max(fractions) < 0.05:
            return None
        clear = [box for box, size in zip(boxes, sizes) if size >= 7]
        faint = max(fractions) < 0.6 or not clear
        state = {
            'id': group['id'],
            'concept': group['concept'],
            'count': group['count'],
            'colour': None if recoloured else group['colour'],
            'size': group['size'],
            'style': group['style'],
            'words': group['words'],
            'seen': boxes,
            'whole': min(fractions) >= 0.85,
            'faint': faint,
            'sized': scale_x * FRAME[0] < side * 1.1,
            'says_true': not (recoloured and group['colour'] is not None),
        }
        return state


LOOKS = ['outline', 'outline', 'line', 'line', 'sticker', 'flat', 'soft', 'round']


def restyled(folder, rows, pixels):
    """All icons in all looks: made once and kept beside the drawings."""
    path = f'{folder}/looks'
    if not os.path.exists(f'{path}.json'):
        places, offset = {}, 0
        with open(f'{path}.bin', 'wb') as file:
            for row in rows:
                if row['concept'].startswith('sign '):
                    continue
                size = row['width'] * row['height'] * 4
                plain = np.array(pixels[row['offset'] : row['offset'] + size]).reshape(row['height'], row['width'], 4)
                for look in sorted(set(LOOKS)):
                    image = restyle(plain, look)
                    file.write(image.tobytes())
                    places[f"{row['offset']} {look}"] = (offset, image.shape[1], image.shape[0])
                    offset += image.size
        with open(f'{path}.json', 'w', encoding='utf-8') as file:
            json.dump(places, file)
    with open(f'{path}.json', encoding='utf-8') as file:
        places = json.load(file)
    return np.memmap(f'{path}.bin', dtype=np.uint8, mode='r'), places


def restyle(pixels, look):
    colour, alpha = pixels[..., :3].astype(np.float32), pixels[..., 3:].astype(np.float32) / 255
    if look == 'soft':
        blurred = Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(2.5))
        return np.asarray(blurred)
    if look == 'round':
        image = Image.fromarray(pixels)
        return np.asarray(image.filter(ImageFilter.MedianFilter(7)))
    if look == 'flat':
        levels = np.round(colour / 64) * 64
        return np.concatenate([np.clip(levels, 0, 255), alpha * 255], -1).astype(np.uint8)
    pad = 6
    wide = np.pad(pixels, ((pad, pad), (pad, pad), (0, 0)))
    colour, alpha = wide[..., :3].astype(np.float32), wide[..., 3].astype(np.float32) / 255
    mask = Image.fromarray((alpha * 255).astype(np.uint8))
    grown = np.asarray(mask.filter(ImageFilter.MaxFilter(9 if look == 'sticker' else 5))).astype(np.float32) / 255
    ink = 255.0 if look == 'sticker' else 12.0
    under = colour * alpha[..., None] + ink * (1 - alpha[..., None])
    if look == 'line':
        flat = Image.fromarray(np.clip(colour * alpha[..., None] + 255 * (1 - alpha[..., None]), 0, 255).astype(np.uint8))
        grey = np.asarray(flat.filter(ImageFilter.MedianFilter(3))).astype(np.float32)
        edge = np.abs(np.diff(grey, axis=0, append=grey[-1:])).sum(-1) + np.abs(np.diff(grey, axis=1, append=grey[:, -1:])).sum(-1)
        lines = Image.fromarray(((edge > 70) * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(3))
        lines = np.asarray(lines.filter(ImageFilter.GaussianBlur(0.7))).astype(np.float32)[..., None] / 255
        under = under * (1 - lines) + 12 * lines
    return np.concatenate([under, np.maximum(grown, alpha)[..., None] * 255], -1).astype(np.uint8)


def tints(rng, strong):
    """A 3 x 3 colour change and an offset; the flag says that colour words may no longer hold."""
    recoloured = rng.random() < strong * 0.2
    turn = rng.uniform(-np.pi, np.pi) if recoloured else rng.normal(0, 0.09)
    saturation = rng.uniform(0.0, 1.2) if recoloured else rng.uniform(0.75, 1.25)
    value = rng.uniform(0.85, 1.12)
    cos, sin = np.cos(turn) * saturation, np.sin(turn) * saturation
    to_yiq = np.array([[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]])
    change = np.array([[1, 0, 0], [0, cos, -sin], [0, sin, cos]])
    return (np.linalg.inv(to_yiq) @ change @ to_yiq * value).T.astype(np.float32), recoloured


def paste(canvas, sprite, box, kernel, tint):
    side = canvas.shape[0]
    left, top = int(np.floor(box[0])), int(np.floor(box[1]))
    width, height = max(2, round(box[2] - box[0])), max(2, round(box[3] - box[1]))
    if left >= side or top >= side or left + width <= 0 or top + height <= 0:
        return
    if width > 3 * side or height > 3 * side:
        return
    small = np.asarray(sprite.resize((width, height), kernel, reducing_gap=2.0)).astype(np.float32)
    x0, y0 = max(0, -left), max(0, -top)
    x1, y1 = min(width, side - left), min(height, side - top)
    small = small[y0:y1, x0:x1]
    colour, alpha = small[..., :3], small[..., 3:] * (1 / 255)
    if tint is not None:
        colour = np.clip(colour @ tint, 0, 255)
    under = canvas[top + y0 : top + y1, left + x0 : left + x1]
    under += (colour - under) * alpha


def shade(canvas, box, strength):
    """The soft ellipse of render.ts."""
    side = canvas.shape[0]
    width, height = box[2] - box[0], box[3] - box[1]
    radius_x, radius_y = width * 0.52, max(0.7, min(width * 0.13, height * 0.16))
    centre_x, centre_y = (box[0] + box[2]) / 2, box[3] - radius_y * 0.35
    x0, x1 = max(0, int(centre_x - radius_x)), min(side, int(centre_x + radius_x) + 1)
    y0, y1 = max(0, int(centre_y - radius_y)), min(side, int(centre_y + radius_y) + 1)
    if x0 >= x1 or y0 >= y1:
        return
    dx = (np.arange(x0, x1) + 0.5 - centre_x) / radius_x
    dy = (np.arange(y0, y1) + 0.5 - centre_y) / radius_y
    near = np.clip(1 - dx[None, :] ** 2 - dy[:, None] ** 2, 0, 1)
    keep = 1 - strength * near * np.minimum(1, near * 1.8)
    canvas[y0:y1, x0:x1] *= keep[..., None].astype(np.float32)


def spoil(pixels, rng):
    """Changes of the whole picture that leave what it shows true."""
    picture = pixels
    if rng.random() < 0.25:
        image = Image.fromarray(picture)
        if rng.random() < 0.5:
            image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.9)))
        else:
            side = image.width
            less = int(side * rng.uniform(0.6, 0.95))
            image = image.resize((less, less), KERNELS[rng.integers(4)]).resize((side, side), KERNELS[rng.integers(1, 4)])
        picture = np.asarray(image)
    if rng.random() < 0.3:
        buffer = io.BytesIO()
        Image.fromarray(picture).save(buffer, 'JPEG', quality=int(rng.integers(40, 95)))
        picture = np.asarray(Image.open(buffer))
    if rng.random() < 0.6:
        values = picture.astype(np.float32)
        values = (values - 128) * rng.uniform(0.85, 1.15) + 128 + rng.uniform(-14, 14)
        values *= rng.uniform(0.95, 1.05, 3).astype(np.float32)
        if rng.random() < 0.3:
            values += rng.normal(0, rng.uniform(1, 7), values.shape).astype(np.float32)
        picture = np.clip(values, 0, 255).astype(np.uint8)
    return picture


def whole_window(rng, frame):
    """Nearly the whole scene."""
    width, height = frame
    cut = rng.uniform(0, 0.04)
    return (width * cut * rng.random(), height * cut * rng.random(), width * (1 - cut), height * (1 - cut))


def tile_window(rng, scene, parts):
    width, height = scene['frame']
    part = rng.uniform(*parts)
    w, h = width * part * rng.uniform(0.9, 1.1), height * part * rng.uniform(0.9, 1.1)
    w, h = min(w, width), min(h, height)
    return (rng.uniform(0, width - w), rng.uniform(0, height - h), w, h)


def thing_window(rng, scene):
    """A window around one member of a group."""
    width, height = scene['frame']
    group = scene['groups'][rng.integers(len(scene['groups']))]
    x, y, w, h = group['boxes'][rng.integers(len(group['boxes']))]
    tall = min(height, max(w * 0.75, h) * rng.uniform(1.15, 2.6))
    wide = min(width, tall * 4 / 3 * rng.uniform(0.85, 1.15))
    centre_x = x + w / 2 + rng.uniform(-0.25, 0.25) * max(0, wide - w)
    centre_y = y + h / 2 + rng.uniform(-0.25, 0.25) * max(0, tall - h)
    left = min(max(0, centre_x - wide / 2), width - wide)
    top = min(max(0, centre_y - tall / 2), height - tall)
    return (left, top, wide, tall)
