"""Makes the tiny dual encoders that the tests compare with: CLIP and SigLIP as transformers builds them, with random
weights, exported to ONNX in the layout of a model hub's folder, and what PyTorch answers for some texts and pictures.

    python tools/models/make-tiny-encoders.py TARGET [PHOTOS]

TARGET is test/fixtures/models; PHOTOS is a folder with photos.jsonl and images/, whose vectors (numbers only) are kept
too. Needs torch, transformers and pillow; made with torch 1.13.0, transformers 4.40.2, pillow 9.4.0. Weights come from
a fixed seed, but their last bits depend on the versions, so run it as a whole or not at all.
"""

import json
import math
import random
import sys
from pathlib import Path

import numpy
import torch
from PIL import Image, ImageDraw
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    CLIPConfig,
    CLIPImageProcessor,
    CLIPModel,
    SiglipConfig,
    SiglipImageProcessor,
    SiglipModel,
)

SEED = 20
PHOTO_COUNT = 16
IMAGE_PX = 64

TEXTS = [
    "a photo of a dog",
    "A red double-decker bus parked on the street, next to 3 people.",
    "  two   cats\nand a BIRD  ",
    "café crème, naïve façade — “quoted” text's end",
    "日本語 and emoji 🐝🐝 in one line",
    "it's they're don't 1234 5678",
    "",
    "a b",
    "the long one: " + " ".join(f"word{index} and thing number {index}" for index in range(40)),
]


def corpus():
    nouns = "dog cat bus street tree person people bird house car boat table cup sign text photo picture".split()
    colours = "red green blue yellow black white brown orange".split()
    verbs = "sits stands runs parked walking holding behind above next to on in under".split()
    chooser = random.Random(SEED)
    for _ in range(3000):
        parts = [chooser.choice(["a", "the", "two", "3", "some"]), chooser.choice(colours), chooser.choice(nouns)]
        parts += [chooser.choice(verbs), chooser.choice(["a", "the"]), chooser.choice(colours), chooser.choice(nouns)]
        yield " ".join(parts) + chooser.choice([".", "!", "", ", it's nice"])


def clip_tokenizer():
    tokenizer = Tokenizer(
        models.BPE(continuing_subword_prefix="", end_of_word_suffix="</w>", fuse_unk=False, unk_token="<|endoftext|>")
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    words = r"""'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"""
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(words), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=700,
        special_tokens=["<|startoftext|>", "<|endoftext|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        end_of_word_suffix="</w>",
    )
    tokenizer.train_from_iterator(corpus(), trainer)
    start, end = tokenizer.token_to_id("<|startoftext|>"), tokenizer.token_to_id("<|endoftext|>")
    tokenizer.post_processor = processors.RobertaProcessing(
        sep=("<|endoftext|>", end), cls=("<|startoftext|>", start), add_prefix_space=False, trim_offsets=False
    )
    return tokenizer


def siglip_tokenizer():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]"""), ""),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    trainer = trainers.UnigramTrainer(vocab_size=400, special_tokens=["<pad>", "</s>", "<unk>"], unk_token="<unk>")
    tokenizer.train_from_iterator(corpus(), trainer)
    end = tokenizer.token_to_id("</s>")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", end)]
    )
    return tokenizer


def encode(tokenizer, text, window, pad, end):
    ids = tokenizer.encode(text).ids
    if len(ids) > window:
        ids = ids[: window - 1] + [end]
    return ids + [pad] * (window - len(ids))


def spread(model):
    """Stock initialisation gives nearly the same vector for every picture, which would prove nothing."""
    generator = torch.Generator().manual_seed(SEED)
    for name, parameter in model.named_parameters():
        if parameter.dim() < 2:
            continue
        fan_in = parameter[0].numel()
        gain = 1.0 if "embedding" in name else 1.6 / math.sqrt(fan_in)
        with torch.no_grad():
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * gain)


class Vision(torch.nn.Module):
    def __init__(self, model, is_clip):
        super().__init__()
        self.model, self.is_clip = model, is_clip

    def forward(self, pixel_values):
        answer = self.model.vision_model(pixel_values=pixel_values)
        pooled = answer.pooler_output
        return self.model.visual_projection(pooled) if self.is_clip else pooled


class Text(torch.nn.Module):
    def __init__(self, model, is_clip):
        super().__init__()
        self.model, self.is_clip = model, is_clip

    def forward(self, input_ids):
        answer = self.model.text_model(input_ids=input_ids)
        pooled = answer.pooler_output
        return self.model.text_projection(pooled) if self.is_clip else pooled


def export(module, example, path, names):
    inputs, outputs = names
    axes = {inputs: {0: "batch"}, outputs: {0: "batch"}}
    if inputs == "input_ids":
        axes[inputs][1] = "tokens"
    torch.onnx.export(
        module,
        example,
        str(path),
        input_names=[inputs],
        output_names=[outputs],
        dynamic_axes=axes,
        opset_version=14,
        do_constant_folding=True,
    )


def draw_pictures(folder):
    """Two pictures of our own: a large JPEG with shapes and noise, and a tall PNG with fine lines."""
    folder.mkdir(parents=True, exist_ok=True)
    chooser = numpy.random.default_rng(SEED)
    height, width = 260, 420
    y, x = numpy.mgrid[0:height, 0:width]
    base = numpy.stack([x * 255 / width, y * 255 / height, 128 + 100 * numpy.sin(x / 17 + y / 29)], axis=-1)
    noisy = numpy.clip(base + chooser.normal(0, 8, base.shape), 0, 255).astype(numpy.uint8)
    picture = Image.fromarray(noisy)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((60, 50, 190, 180), fill=(220, 40, 30))
    pen.polygon([(250, 230), (330, 60), (400, 220)], fill=(20, 90, 200))
    picture.save(folder / "shapes.jpg", quality=90)
    tall = Image.new("RGB", (130, 220), (240, 236, 220))
    pen = ImageDraw.Draw(tall)
    for line in range(0, 220, 5):
        pen.line((0, line, 130, 220 - line), fill=(line, 120, 255 - line), width=1 + line % 3)
    pen.rectangle((30, 80, 100, 150), fill=(30, 160, 60))
    tall.save(folder / "lines.png")
    return ["shapes.jpg", "lines.png"]


def unit(vectors):
    vectors = vectors.detach().numpy().astype(numpy.float64)
    return vectors / numpy.linalg.norm(vectors, axis=-1, keepdims=True)


def rounded(vector):
    return [round(float(value), 6) for value in vector]


def picture_vectors(vision, processor, paths):
    answers = []
    for path in paths:
        pixels = processor(Image.open(path).convert("RGB"), return_tensors="pt")["pixel_values"]
        answers.append(unit(vision(pixels))[0])
    return answers


def write_json(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def make(target, kind, photos):
    is_clip = kind == "clip"
    folder = target / f"tiny-{kind}"
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    tokenizer = clip_tokenizer() if is_clip else siglip_tokenizer()
    window = 77 if is_clip else 64
    end = tokenizer.token_to_id("<|endoftext|>" if is_clip else "</s>")
    # As the published tokenizers have it: CLIP fills up with its end token, SigLIP with a token of its own.
    pad_token = "<|endoftext|>" if is_clip else "<pad>"
    pad = tokenizer.token_to_id(pad_token)
    size = dict(hidden_size=32, intermediate_size=64, num_attention_heads=2, num_hidden_layers=2)
    text = dict(
        size, vocab_size=tokenizer.get_vocab_size(), max_position_embeddings=window, eos_token_id=end, pad_token_id=pad
    )
    vision = dict(size, image_size=IMAGE_PX, patch_size=16)
    torch.manual_seed(SEED)
    if is_clip:
        text["bos_token_id"] = tokenizer.token_to_id("<|startoftext|>")
        config = CLIPConfig(text_config=text, vision_config=vision, projection_dim=24)
        model = CLIPModel(config).eval()
        processor = CLIPImageProcessor(size={"shortest_edge": IMAGE_PX}, crop_size=IMAGE_PX)
    else:
        config = SiglipConfig(text_config=text, vision_config=vision)
        model = SiglipModel(config).eval()
        processor = SiglipImageProcessor(size={"height": IMAGE_PX, "width": IMAGE_PX})
        # The same thing in words that the exporter knows.
        model.vision_model.embeddings.patch_embedding.padding = (0, 0)
    spread(model)
    towers = Vision(model, is_clip).eval(), Text(model, is_clip).eval()
    names = ("image_embeds", "text_embeds") if is_clip else ("pooler_output", "pooler_output")
    export(towers[0], torch.zeros(2, 3, IMAGE_PX, IMAGE_PX), folder / "onnx/vision_model.onnx", ("pixel_values", names[0]))
    ids = torch.tensor([encode(tokenizer, text, window, pad, end) for text in TEXTS])
    export(towers[1], ids[:2], folder / "onnx/text_model.onnx", ("input_ids", names[1]))
    tokenizer.save(str(folder / "tokenizer.json"))
    write_json(
        folder / "tokenizer_config.json",
        {"model_max_length": window, "pad_token": pad_token, "tokenizer_class": "CLIPTokenizer" if is_clip else "T5Tokenizer"},
    )
    write_json(folder / "config.json", json.loads(config.to_json_string(use_diff=True)))
    write_json(folder / "preprocessor_config.json", json.loads(processor.to_json_string()))
    text_vectors = unit(towers[1](ids))
    pictures = draw_pictures(target / "pictures")
    reference = {
        "made": {"torch": torch.__version__, "seed": SEED},
        "texts": [
            {"text": text, "ids": tokens, "vector": rounded(vector)}
            for text, tokens, vector in zip(TEXTS, ids.tolist(), text_vectors)
        ],
        "pictures": [
            {"name": name, "vector": rounded(vector)}
            for name, vector in zip(pictures, picture_vectors(towers[0], processor, [target / "pictures" / p for p in pictures]))
        ],
        "photos": [],
    }
    if photos is not None:
        rows = [json.loads(line) for line in (photos / "photos.jsonl").read_text(encoding="utf-8").splitlines()]
        names = [row["file_name"] for row in rows][:PHOTO_COUNT]
        vectors = picture_vectors(towers[0], processor, [photos / "images" / Path(name).name for name in names])
        reference["photos"] = [{"name": Path(n).name, "vector": rounded(v)} for n, v in zip(names, vectors)]
        cosines = numpy.array(vectors) @ numpy.array(vectors).T
        others = cosines[~numpy.eye(len(vectors), dtype=bool)]
        print(kind, "cosines between photos: mean", others.mean().round(3), "least", others.min().round(3))
    write_json(folder / "reference.json", reference)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    photos = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with torch.no_grad():
        for kind in ("clip", "siglip"):
            make(target, kind, photos)
