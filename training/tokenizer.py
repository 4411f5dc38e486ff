"""Byte-pair tokenizer in the form of CLIP's: lower case, end-of-word mark, one start and one end token."""
import json
import re
import unicodedata
from collections import Counter

START, END = '<|startoftext|>', '<|endoftext|>'
PIECES = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d|[^\W\d_]+|\d|(?:[^\s\w]|_)+")


def byte_letters():
    """GPT-2's table from bytes to printable letters."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table = {byte: chr(byte) for byte in kept}
    extra = 0
    for byte in range(256):
        if byte not in table:
            table[byte] = chr(256 + extra)
            extra += 1
    return table


LETTERS = byte_letters()


def words_of(text):
    text = unicodedata.normalize('NFC', text).lower()
    return PIECES.findall(re.sub(r'\s+', ' ', text))


def letters_of(word):
    letters = [LETTERS[byte] for byte in word.encode('utf-8')]
    letters[-1] += '</w>'
    return letters


def merge(parts, pair):
    merged, index = [], 0
    while index < len(parts):
        if index + 1 < len(parts) and (parts[index], parts[index + 1]) == pair:
            merged.append(parts[index] + parts[index + 1])
            index += 2
        else:
            merged.append(parts[index])
            index += 1
    return merged


def learn(texts, most=1800, least=12):
    """Merges, most frequent pair first (ties by spelling), until words that are frequent are whole."""
    counts = Counter(word for text in texts for word in words_of(text))
    words = [(letters_of(word), count) for word, count in sorted(counts.items()) if count >= least]
    merges = []
    while len(merges) < most:
        pairs = Counter()
        for parts, count in words:
            for pair in zip(parts, parts[1:]):
                pairs[pair] += count
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        words = [(merge(parts, best) if len(parts) > 1 else parts, count) for parts, count in words]
    return merges


class Tokenizer:
    """Encodes like `tokenizer.json` says; ids are letters, letters at a word's end, merges, start, end."""

    def __init__(self, merges):
        self.merges = [tuple(pair) for pair in merges]
        letters = [LETTERS[byte] for byte in range(256)]
        tokens = letters + [letter + '</w>' for letter in letters]
        tokens += [first + second for first, second in self.merges] + [START, END]
        self.ids = {}
        for token in tokens:
            self.ids.setdefault(token, len(self.ids))
        self.ranks = {pair: rank for rank, pair in enumerate(self.merges)}
        self.start, self.end = self.ids[START], self.ids[END]
        self.known = {}

    def word(self, word):
        known = self.known.get(word)
        if known is not None:
            return known
        parts = letters_of(word)
        while len(parts) > 1:
            rank, pair = min((self.ranks.get(pair, 1 << 30), pair) for pair in zip(parts, parts[1:]))
            if rank == 1 << 30:
                break
            parts = merge(parts, pair)
        ids = [self.ids[part] for part in parts]
        self.known[word] = ids
        return ids

    def encode(self, text, window):
        ids = [token for word in words_of(text) for token in self.word(word)]
        return [self.start, *ids[: window - 2], self.end]

    def to_json(self):
        added = [
            {
                'id': self.ids[token],
                'content': token,
                'single_word': False,
                'lstrip': False,
                'rstrip': False,
                'normalized': False,
                'special': True,
            }
            for token in (START, END)
        ]
        split = {
            'type': 'Split',
            'pattern': {
                'Regex': "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"
            },
            'behavior': 'Removed',
            'invert': True,
        }
        return {
            'version': '1.0',
            'truncation': None,
            'padding': None,
            'added_tokens': added,
            'normalizer': {
                'type': 'Sequence',
                'normalizers': [
                    {'type': 'NFC'},
                    {'type': 'Replace', 'pattern': {'Regex': '\\s+'}, 'content': ' '},
                    {'type': 'Lowercase'},
                ],
            },
            'pre_tokenizer': {
                'type': 'Sequence',
                'pretokenizers': [
                    split,
                    {'type': 'ByteLevel', 'add_prefix_space': False, 'trim_offsets': True, 'use_regex': False},
                ],
            },
            'post_processor': {
                'type': 'RobertaProcessing',
                'sep': [END, self.end],
                'cls': [START, self.start],
                'trim_offsets': False,
                'add_prefix_space': False,
            },
            'decoder': {'type': 'ByteLevel', 'add_prefix_space': True, 'trim_offsets': True, 'use_regex': True},
            'model': {
                'type': 'BPE',
                'dropout': None,
                'unk_token': END,
                'continuing_subword_prefix': '',
                'end_of_word_suffix': '</w>',
                'fuse_unk': False,
                'byte_fallback': False,
                'vocab': self.ids,
                'merges': [' '.join(pair) for pair in self.merges],
            },
        }

    @staticmethod
    def from_json(path):
        with open(path, encoding='utf-8') as file:
            return Tokenizer([merge.split(' ') for merge in json.load(file)['model']['merges']])
