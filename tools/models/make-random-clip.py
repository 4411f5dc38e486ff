"""Makes a CLIP of an ordinary size with random weights, in the layout of a model hub's folder, to measure speed with where
no hub can be reached. What it answers means nothing; how long it takes is what the real weights take.

    python tools/models/make-random-clip.py TARGET b32|b16

The folder is for `REALIGN_BENCH_PACK`. Needs what make-tiny-encoders.py needs, whose tokenizer it takes.
"""

import importlib
import json
import sys
from pathlib import Path

import torch
from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel

tiny = importlib.import_module("make-tiny-encoders")

PATCH_PX = {"b32": 32, "b16": 16}
IMAGE_PX = 224
WINDOW = 77


def make(target, size):
    (target / "onnx").mkdir(parents=True, exist_ok=True)
    tokenizer = tiny.clip_tokenizer()
    start, end = tokenizer.token_to_id("<|startoftext|>"), tokenizer.token_to_id("<|endoftext|>")
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
        {"model_max_length": WINDOW, "pad_token": "<|endoftext|>", "tokenizer_class": "CLIPTokenizer"},
    )
    tiny.write_json(target / "config.json", json.loads(config.to_json_string(use_diff=True)))
    processor = CLIPImageProcessor(size={"shortest_edge": IMAGE_PX}, crop_size=IMAGE_PX)
    tiny.write_json(target / "preprocessor_config.json", json.loads(processor.to_json_string()))


if __name__ == "__main__":
    with torch.no_grad():
        make(Path(sys.argv[1]), sys.argv[2])
