"""Makes a CLIP of an ordinary size with random weights, in the layout of a model hub's folder, to measure speed with where
no hub can be reached. What it answers means nothing; how long it takes is what the real weights take.

    python tools/models/make-random-clip.py TARGET b32|b16 [MERGES]

The folder is for `REALIGN_BENCH_PACK`. Needs what make-tiny-encoders.py needs. MERGES is CLIP's own list of merges
(bpe_simple_vocab_16e6.txt.gz, in the Python package open_clip_torch): with it texts have as many tokens as for a real
CLIP. Without it the tokenizer is that of the tiny encoders, which cuts words into small pieces, so that texts take two
to three times as long.
"""

import gzip
import importlib
import json
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer, models, processors
from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel

tiny = importlib.import_module("make-tiny-encoders")

PATCH_PX = {"b32": 32, "b16": 16}
IMAGE_PX = 224
WINDOW = 77
START, END = "<|startoftext|>", "<|endoftext|>"
# Of a vocabulary of 49,408: all but 256 bytes, each also as the end of a word, and two special tokens.
MERGE_COUNT = 49_152 - 2 * 256


def clip_tokenizer(merges_path):
    """CLIP's vocabulary, in its order: bytes, bytes that end a word, merges, special tokens."""
    with gzip.open(merges_path, "rt", encoding="utf-8") as file:
        lines = file.read().split("\n")[1 : MERGE_COUNT - 1]
    merges = [tuple(line.split()) for line in lines]
    alphabet = byte_letters()
    words = [*alphabet, *(letter + "</w>" for letter in alphabet), *("".join(pair) for pair in merges), START, END]
    vocabulary = {word: index for index, word in enumerate(words)}
    model = models.BPE(
        vocabulary, merges, continuing_subword_prefix="", end_of_word_suffix="</w>", fuse_unk=False, unk_token=END
    )
    tokenizer = Tokenizer(model)
    tokenizer.add_special_tokens([START, END])
    like = tiny.clip_tokenizer()
    tokenizer.normalizer, tokenizer.pre_tokenizer, tokenizer.decoder = like.normalizer, like.pre_tokenizer, like.decoder
    tokenizer.post_processor = processors.RobertaProcessing(
        sep=(END, vocabulary[END]), cls=(START, vocabulary[START]), add_prefix_space=False, trim_offsets=False
    )
    return tokenizer


def byte_letters():
    """GPT-2's letters for bytes: those that print stand for themselves and come first."""
    printing = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    return [chr(each) for each in printing] + [chr(256 + index) for index in range(256 - len(printing))]


def make(target, size, merges_path=None):
    (target / "onnx").mkdir(parents=True, exist_ok=True)
    tokenizer = tiny.clip_tokenizer() if merges_path is None else clip_tokenizer(merges_path)
    start, end = tokenizer.token_to_id(START), tokenizer.token_to_id(END)
    torch.manual_seed(tiny.SEED)
    config = CLIPConfig(
        text_config=dict(
            hidden_size=512, intermediate_size=2048, num_attention_heads=8, num_hidden_layers=12,
            vocab_size=tokenizer.get_vocab_size(), max_position_embeddings=WINDOW,
            bos_token_id=start, eos_token_id=end, pad_token_id=end,
        ),
        vision_config=dict(
            hidden_size=768, intermediate_size=3072, num_attention_heads=12, num_hidden_layers=12,
            image_size=IMAGE_PX, patch_size=PATCH_PX[size],
        ),
        projection_dim=512,
    )
    model = CLIPModel(config).eval()
    vision, text = tiny.Vision(model, True).eval(), tiny.Text(model, True).eval()
    tiny.export(vision, torch.zeros(2, 3, IMAGE_PX, IMAGE_PX), target / "onnx/vision_model.onnx", ("pixel_values", "image_embeds"))
    ids = torch.tensor([tiny.encode(tokenizer, line, WINDOW, end, end) for line in tiny.TEXTS[:2]])
    tiny.export(text, ids, target / "onnx/text_model.onnx", ("input_ids", "text_embeds"))
    tokenizer.save(str(target / "tokenizer.json"))
    tiny.write_json(
        target / "tokenizer_config.json",
        {"model_max_length": WINDOW, "pad_token": END, "tokenizer_class": "CLIPTokenizer"},
    )
    tiny.write_json(target / "config.json", json.loads(config.to_json_string(use_diff=True)))
    processor = CLIPImageProcessor(size={"shortest_edge": IMAGE_PX}, crop_size=IMAGE_PX)
    tiny.write_json(target / "preprocessor_config.json", json.loads(processor.to_json_string()))


if __name__ == "__main__":
    with torch.no_grad():
        make(Path(sys.argv[1]), *sys.argv[2:])
