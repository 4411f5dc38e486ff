"""Phrases about scenes, what is true of which scene, and where it is seen.

A phrase is a tuple: ('np', concept, count, size, colour, many), ('kind', noun of a kind or category, many),
('rel', np, relation, np), ('sign', style, words), ('setting', words), ('element', word), ('none', word).
Truth is 1, 0, or -1 where no claim is made either way; such pairs train nothing and are not tested.
"""
import json

import numpy as np

INVERSE = {
    'left of': 'right of',
    'right of': 'left of',
    'above': 'below',
    'below': 'above',
    'on': 'under',
    'under': 'on',
    'in front of': 'behind',
    'behind': 'in front of',
}
RELATION_FORMS = {
    'left of': ['left of', 'to the left of', 'on the left of'],
    'right of': ['right of', 'to the right of', 'on the right of'],
    'above': ['above'],
    'below': ['below', 'beneath'],
    'next to': ['next to', 'beside'],
    'on': ['on top of', 'on'],
    'under': ['under', 'underneath'],
    'in front of': ['in front of'],
    'behind': ['behind'],
}
NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six']
CATEGORY_NOUNS = {
    'animal': 'animal',
    'plant': 'plant',
    'food': 'food',
    'vehicle': 'vehicle',
    'building': 'building',
    'person': 'person',
    'shape': 'shape',
}


def article(word):
    lower = word.lower()
    if lower.startswith(('uni', 'one ', 'eu')):
        return 'a'
    return 'an' if lower[0] in 'aeiou' or lower.startswith('hourglass') else 'a'


class Words:
    """The table of concepts and the words of the scenery."""

    def __init__(self, folder):
        with open(f'{folder}/words.json', encoding='utf-8') as file:
            data = json.load(file)
        self.concepts = {row['id']: row for row in data['concepts']}
        self.ids = sorted(self.concepts)
        self.kinds = data['kinds']
        self.colours = data['colours']
        self.sign_nouns = {style: noun['noun'] for style, noun in data['signNouns'].items()}
        self.sign_words = sorted({words for some in data['signWords'].values() for words in some})
        self.siblings = {}
        for row in data['concepts']:
            self.siblings.setdefault(row['kind'], []).append(row['id'])
        self.elements, self.settings, self.of_kind = {}, {}, {}
        with open(f'{folder}/scenery.jsonl', encoding='utf-8') as file:
            for line in file:
                row = json.loads(line)
                key = (row['kind'], row['variant'])
                self.elements[key] = set(row['elements'])
                self.settings[key] = set(row['settings']) | set(row['shortSettings'])
                self.of_kind.setdefault(row['kind'], set()).update(self.elements[key], self.settings[key])
        self.all_elements = sorted({word for words in self.elements.values() for word in words})
        self.all_settings = sorted({word for words in self.settings.values() for word in words})

    def alike(self, first, second):
        """Whether two different concepts are too alike for a claim that one is not the other."""
        a, b = self.concepts[first], self.concepts[second]
        if a['near'] is not None and a['near'] == b['near']:
            return True
        return (a['generic'] or b['generic']) and a['kind'] == b['kind']

    # Wording -------------------------------------------------------------------------------------

    def np_text(self, np, rng, determiner=None):
        _, concept, count, size, colour, many = np
        row = self.concepts[concept]
        noun = row['plural'] if many else concept
        inner = ' '.join(word for word in (size, colour, noun) if word)
        if count is not None:
            number = NUMBERS[count]
            if count == 1 and rng.random() < 0.3:
                number = 'a single'
            return f'{number} {inner}'
        if determiner == 'the':
            return f'the {inner}'
        if many:
            return inner
        if determiner == 'a':
            return f'{article(inner)} {inner}'
        roll = rng.random()
        return inner if roll < 0.35 else f'{article(inner)} {inner}' if roll < 0.85 else f'the {inner}'

    def text(self, phrase, rng):
        kind = phrase[0]
        if kind == 'np':
            return self.np_text(phrase, rng)
        if kind == 'kind':
            noun = phrase[1]
            if noun == 'food' or phrase[2]:
                return self.plural_of(noun) if phrase[2] else noun
            return noun if rng.random() < 0.4 else f'{article(noun)} {noun}'
        if kind == 'rel':
            _, subject, relation, target = phrase
            form = RELATION_FORMS[relation][rng.integers(len(RELATION_FORMS[relation]))]
            first = self.np_text(subject, rng, None if rng.random() < 0.3 else 'a')
            second = self.np_text(target, rng, ['a', 'the', None][rng.integers(3)])
            be = (' are' if subject[5] else ' is') if rng.random() < 0.15 else ''
            return f'{first}{be} {form} {second}'
        if kind == 'sign':
            _, style, words = phrase
            noun = self.sign_nouns[style] if style else 'sign'
            forms = [
                f'{article(noun)} {noun} that reads “{words}”',
                f'{noun} that reads {words}',
                f'{article(noun)} {noun} that says “{words}”',
                f'{noun} saying {words}',
                f'the words “{words}”',
                f'“{words}”',
            ]
            return forms[rng.integers(len(forms))]
        return phrase[1]

    def plural_of(self, noun):
        for kind in self.kinds.values():
            if kind['noun'] == noun:
                return kind['plural']
        return 'people' if noun == 'person' else f'{noun}s'


class View:
    """What is seen of a scene through a window, in output pixels; `side` is the picture's side."""

    def __init__(self, words, groups, relations, background, side):
        self.words, self.groups, self.relations = words, groups, relations
        self.background, self.side = background, side
        self.by_id = {group['id']: group for group in groups}
        self.by_concept = {}
        for group in groups:
            self.by_concept.setdefault(group['concept'], []).append(group)
        self.pairs = {}
        for subject, relation, target in relations:
            self.pairs.setdefault((subject, target), set()).add(relation)

    def np_of_group(self, np, group):
        _, _, count, size, colour, many = np
        if not group['whole'] and (count is not None or many):
            return -1
        state = 1
        for said, true in ((size, group['size']), (colour, group['colour'])):
            if said is None:
                continue
            if true is None:
                state = min(state, -1)
            elif said != true:
                return 0
        if count is not None and count != group['count']:
            return 0
        if size is not None and not group['sized']:
            return -1
        if many and group['count'] == 1:
            return -1 if state == 1 else state
        if group['faint']:
            return -1
        return state

    def np(self, np):
        """Truth and the groups that make it true."""
        concept, count = np[1], np[2]
        own = self.by_concept.get(concept, ())
        states = [(self.np_of_group(np, group), group) for group in own]
        true = [group for state, group in states if state == 1]
        if true:
            if count is not None and len([g for g in own if np[4] is None or g['colour'] in (None, np[4])]) > 1:
                return -1, ()
            return 1, true
        if any(state == -1 for state, _ in states):
            return -1, ()
        if count is not None and len(own) > 1:
            return -1, ()
        if any(other != concept and other in self.words.concepts and self.words.alike(concept, other) for other in self.by_concept):
            return -1, ()
        return 0, ()

    def rel(self, phrase):
        _, subject, relation, target = phrase
        first, firsts = self.np(subject)
        second, seconds = self.np(target)
        if first == 0 or second == 0:
            return 0, ()
        if first == -1 or second == -1:
            return -1, ()
        state, found = 0, []
        for a in firsts:
            for b in seconds:
                held = self.pairs.get((a['id'], b['id']), ())
                if a is b or not (a['whole'] and b['whole']):
                    state = -1
                elif relation in held:
                    found.append(a)
                elif INVERSE.get(relation) not in held:
                    state = -1
        return (1, found) if found else (state, ())

    def truth(self, phrase):
        kind = phrase[0]
        if kind == 'np':
            return self.np(phrase)
        if kind == 'rel':
            return self.rel(phrase)
        if kind == 'kind':
            return self.broad(phrase)
        if kind == 'sign':
            return self.sign(phrase)
        if kind == 'element':
            return self.scenery(phrase[1], self.words.elements)
        if kind == 'setting':
            return self.scenery(phrase[1], self.words.settings)
        return 0, ()

    def broad(self, phrase):
        found, state = [], 0
        for group in self.groups:
            row = self.words.concepts.get(group['concept'])
            if row is None:
                continue
            nouns = (self.words.kinds[row['kind']]['noun'], CATEGORY_NOUNS.get(row['category']))
            if phrase[1] in nouns:
                if group['faint'] or (phrase[2] and group['count'] == 1):
                    state = -1
                else:
                    found.append(group)
            elif row['category'] == 'figure' and phrase[1] in ('person', 'shape', 'figure'):
                state = -1
        return (1, found) if found else (state, ())

    def sign(self, phrase):
        _, style, words = phrase
        state = 0
        for group in self.groups:
            if group['concept'] != 'sign':
                continue
            if group['faint'] or not group['whole']:
                state = -1
            elif group['words'] == words and (style is None or group['style'] == style):
                return 1, [group]
        return state, ()

    def scenery(self, word, table):
        if self.background is None:
            return 0, ()
        key = (self.background['kind'], self.background['variant'])
        if word in table[key]:
            return (1, ()) if self.background['all'] else (-1, ())
        return (-1, ()) if word in self.words.of_kind[key[0]] else (0, ())

    # What to say -----------------------------------------------------------------------------------

    def some_np(self, group, rng, plain=0.45):
        """A true noun phrase for a group, with some of its attributes."""
        colour = group['colour'] if group['colour'] and rng.random() > plain else None
        many = group['count'] > 1 and group['whole'] and rng.random() < 0.5
        return ('np', group['concept'], None, None, colour, many)

    def say(self, rng, most):
        """Phrases to be asked, and twins among them: (kind, true, false), which differ in one thing."""
        words, said = self.words, []
        pick = lambda some: some[rng.integers(len(some))]
        groups = [group for group in self.groups if not group['faint'] and group['concept'] != 'sign']
        for group in groups:
            concept, row = group['concept'], words.concepts[group['concept']]
            said.append((3.0, [self.some_np(group, rng, 0.75)]))
            if group['colour']:
                wrong = pick([colour for colour in words.colours if colour != group['colour']])
                coloured = lambda colour: ('np', concept, None, None, colour, False)
                said.append((1.6, ['colour', coloured(group['colour']), coloured(wrong)]))
            if group['whole']:
                counts = [count for count in (1, 2, 3, 4) if count != group['count']]
                wrong = pick(counts if rng.random() < 0.4 else [c for c in counts if abs(c - group['count']) == 1])
                colour = group['colour'] if rng.random() < 0.3 else None
                weight = 1.2 if group['count'] > 1 else 0.7
                counted = lambda count: ('np', concept, count, None, colour, count > 1)
                said.append((weight, ['count', counted(group['count']), counted(wrong)]))
            if group['size'] and group['sized']:
                wrong = 'small' if group['size'] == 'large' else 'large'
                many = group['count'] > 1
                sized = lambda size: ('np', concept, None, size, None, many)
                said.append((3.0, ['size', sized(group['size']), sized(wrong)]))
            plain = lambda name: ('np', name, None, None, None, False)
            said.append((0.8, ['object', plain(concept), plain(pick(words.siblings[row['kind']]))]))
            noun = words.kinds[row['kind']]['noun']
            if rng.random() < 0.5:
                noun = CATEGORY_NOUNS.get(row['category'], noun)
            said.append((0.5, [('kind', noun, group['count'] > 1 and rng.random() < 0.5)]))
        usable = [r for r in self.relations if all(self.by_id[i]['whole'] and not self.by_id[i]['faint'] and self.by_id[i]['concept'] != 'sign' for i in (r[0], r[2]))]
        for _ in range(min(3, len(usable))):
            subject, relation, target = pick(usable)
            first, second = (self.some_np(self.by_id[i], rng, 0.7) for i in (subject, target))
            right = ('rel', first, relation, second)
            if relation in INVERSE:
                wrong = ('rel', first, INVERSE[relation], second) if rng.random() < 0.5 else ('rel', second, relation, first)
                said.append((2.0, ['relation', right, wrong]))
            else:
                said.append((1.0, [right]))
        for group in self.groups:
            if group['concept'] == 'sign' and group['whole'] and not group['faint']:
                style = group['style'] if rng.random() < 0.6 else None
                other = pick([text for text in words.sign_words if text != group['words']])
                said.append((3.5, ['sign', ('sign', style, group['words']), ('sign', style, other)]))
        if self.background and self.background['all']:
            key = (self.background['kind'], self.background['variant'])
            said.append((0.6, [('element', pick(sorted(words.elements[key])))]))
            said.append((0.6, [('setting', pick(sorted(words.settings[key])))]))
        phrases, twins = [], []
        while said and len(phrases) < most:
            weights = [weight for weight, _ in said]
            _, some = said.pop(rng.choice(len(said), p=np.array(weights) / sum(weights)))
            if len(some) == 3:
                twins.append(tuple(some))
            phrases += some[-2:]
        return phrases, twins
