"""Loads Realign's exports with the libraries that they are for, without a network, and compares every row."""

import glob
import hashlib
import json
import os
import re
import sys
import tarfile
import tempfile
import tomllib
import traceback
from csv import DictReader as csv_reader
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(sys.argv[1])
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_OFFLINE"] = "1"
os.environ["HF_HOME"] = tempfile.mkdtemp(prefix="realign-hf-")

import datasets  # noqa: E402
import mlcroissant as mlc  # noqa: E402
import pyarrow.csv as arrow_csv  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402
import webdataset as wds  # noqa: E402
from PIL import Image  # noqa: E402
from pycocotools.coco import COCO  # noqa: E402

from common import COUNT, TEXTS, caption  # noqa: E402

datasets.disable_progress_bars()
CAPTIONS = [caption(index) for index in range(COUNT)]
SIZES = [(24 + index, 16) for index in range(COUNT)]


def same(found, expected, what: str) -> None:
    if list(found) != list(expected):
        raise AssertionError(f"{what}: {list(found)!r} is not {list(expected)!r}")


def load(kind: str, **options):
    return datasets.load_dataset(kind, split="train", **options)


def check_images(data) -> None:
    if not isinstance(data.features["image"], datasets.Image):
        raise AssertionError(f"the column image is {data.features['image']}")
    same([image.size for image in data["image"]], SIZES, "sizes")


def imagefolder(path: Path) -> None:
    data = load("imagefolder", data_dir=str(path))
    check_images(data)
    same(data["text"], CAPTIONS, "texts")


def hf_parquet(path: Path) -> None:
    for data in [load(str(path)), load("parquet", data_files=str(path / "data" / "*.parquet"))]:
        check_images(data)
        same(data["text"], CAPTIONS, "texts")
        same([list(alt) for alt in data["alt"]], [[text] for text in TEXTS], "alt-texts")
    with open(glob.glob(str(path / "data" / "*.parquet"))[0], "rb") as file:
        names = pq.read_table(file).column_names
        same(names[:2], ["image", "image_id"], "columns for pyarrow")


def webdataset(path: Path) -> None:
    shards = sorted(glob.glob(str(path / "*.tar")))
    samples = list(wds.WebDataset(shards, shardshuffle=False).decode("pil").to_tuple("jpg", "txt", "json"))
    same([image.size for image, _, _ in samples], SIZES, "sizes")
    same([text for _, text, _ in samples], CAPTIONS, "texts")
    same([columns["alt"] for _, _, columns in samples], [[text] for text in TEXTS], "alt-texts")
    data = load("webdataset", data_files={"train": shards})
    same([image.size for image in data["jpg"]], SIZES, "sizes in datasets")
    same(data["txt"], CAPTIONS, "texts in datasets")


def img2dataset(path: Path) -> None:
    samples = list(wds.WebDataset(str(path / "00000.tar"), shardshuffle=False).decode("pil"))
    same([sample["__key__"] for sample in samples], [f"{index:09}" for index in range(COUNT)], "keys")
    same([sample["txt"] for sample in samples], CAPTIONS, "texts")
    rows = pq.read_table(path / "00000.parquet").to_pylist()
    same([row["status"] for row in rows], ["success"] * COUNT, "status")
    same([row["url"] for row in rows], [f"https://example.test/{index}.jpg" for index in range(COUNT)], "urls")
    same([sample["json"]["sha256"] for sample in samples], [row["sha256"] for row in rows], "hashes")
    stats = json.loads((path / "00000_stats.json").read_text())
    same([stats["count"], stats["successes"]], [COUNT, COUNT], "counts")


def coco(path: Path) -> None:
    index = COCO(str(path / "annotations" / "captions.json"))
    images = index.loadImgs(sorted(index.getImgIds()))
    texts = [index.loadAnns(index.getAnnIds(imgIds=image["id"]))[0]["caption"] for image in images]
    same(texts, CAPTIONS, "captions")
    for image in images:
        if not (path / "images" / image["file_name"]).is_file():
            raise AssertionError(f"{image['file_name']} is not in images/")


def altogether(path: Path) -> None:
    data = load("json", data_files=str(path / "altogether.json"), field="data")
    one_line = [" ".join(text.split("\n")) for text in CAPTIONS]
    same(data["round1"], one_line, "round1")
    same([Path(path / name).is_file() for name in data["img_path"]], [True] * COUNT, "pictures")


def altogether_round3(path: Path) -> None:
    """The published loader reads `round3` and nothing else."""
    data = load("json", data_files=str(path / "altogether.json"), field="data")
    same(data["round3"], [" ".join(text.split("\n")) for text in CAPTIONS], "round3")


def metaclip_nested(path: Path) -> None:
    metaclip(path)
    captions = json.loads((path / "captions" / "0" / "0.json").read_text(encoding="utf-8"))
    same([list(entry) for entry in captions.values()], [["altogether"]] * COUNT, "captions")


def metaclip(path: Path) -> None:
    """The pairs in the order in which the published reader takes them."""
    with tarfile.open(path / "0" / "0.tar") as tar:
        names = [member.name for member in tar]
        texts = [json.load(tar.extractfile(name))["texts"] for name in names if name.endswith(".json")]
    for first, second in zip(names[::2], names[1::2]):
        same([first.split(".")[0], {".jpeg", ".json"}], [second.split(".")[0], {f".{first.split('.')[1]}", f".{second.split('.')[1]}"}], "pair")
    same([kind_and_text[0][0] for kind_and_text in texts], ["alt"] * COUNT, "kinds")
    same(len(json.loads((path / "captions" / "0" / "0.json").read_text())).__str__(), str(COUNT), "captions")


def jsonl(path: Path) -> None:
    data = load("json", data_files=str(path / "data.jsonl"))
    same(data["caption"], CAPTIONS, "captions")


def csv(path: Path) -> None:
    data = load("csv", data_files=str(path / "data.csv"))
    same(data["caption"], CAPTIONS, "captions")


def tsv(path: Path) -> None:
    """Cells are neither quoted nor escaped for pyarrow; our backslash sequences are undone as docs/formats says."""
    plain = arrow_csv.ParseOptions(delimiter="\t", quote_char=False, escape_char=False)
    data = arrow_csv.read_csv(path / "data.tsv", parse_options=plain)
    letters = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    texts = [re.sub(r"\\([\\tnr])", lambda found: letters[found[1]], text) for text in data["caption"].to_pylist()]
    same(texts, CAPTIONS, "captions")


def sidecars(path: Path) -> None:
    """Pairs as trainers find them: the picture's path with another ending, and the text's first line."""
    pictures = sorted(path.glob("*.jpg"))
    sizes = {}
    for picture in pictures:
        with Image.open(picture) as image:
            sizes[os.path.splitext(picture)[0] + ".txt"] = image.size
    texts = [Path(name).read_text(encoding="utf-8").split("\n")[0] for name in sizes]
    same(zip(texts, sizes.values()), zip([" ".join(text.split("\n")) for text in CAPTIONS], SIZES), "pairs")


def kohya(path: Path) -> None:
    config = tomllib.loads((path / "dataset.toml").read_text())
    subset = config["datasets"][0]["subsets"][0]
    entries = json.loads((path / subset["metadata_file"]).read_text(encoding="utf-8"))
    same([entry["caption"] for entry in entries.values()], CAPTIONS, "captions")
    pictures = [(path / subset["image_dir"] / f"{stem}.jpg").is_file() for stem in entries]
    same(pictures, [True] * COUNT, "pictures")


def docci(path: Path) -> None:
    data = load("json", data_files=str(path / "docci_descriptions.jsonlines"))
    same(data["description"], CAPTIONS, "descriptions")


def label_studio(path: Path) -> None:
    """The keys that its import takes, and that results fit the configuration."""
    tasks = json.loads((path / "tasks.json").read_text(encoding="utf-8"))
    config = ElementTree.parse(path / "labelling.xml").getroot()
    area = config.find("TextArea")
    for task in tasks:
        for needed in config.findall("*[@value]"):
            if needed.get("value", "").lstrip("$") not in task["data"]:
                raise AssertionError(f"the configuration wants {needed.get('value')}")
        for result in task["annotations"][0]["result"]:
            same([result["from_name"], result["to_name"], result["type"]], [area.get("name"), area.get("toName"), "textarea"], "result")
    same([task["annotations"][0]["result"][0]["value"]["text"][0] for task in tasks], CAPTIONS, "captions")


def fiftyone(path: Path) -> None:
    """As its importer of the older kind reads it: without metadata.json, paths joined to the folder."""
    samples = json.loads((path / "samples.json").read_text(encoding="utf-8"))["samples"]
    same([sample["caption"] for sample in samples], CAPTIONS, "captions")
    same([(path / sample["filepath"]).is_file() for sample in samples], [True] * COUNT, "pictures")
    same([isinstance(sample["tags"], list) for sample in samples], [True] * COUNT, "tags")
    if (path / "metadata.json").exists():
        raise AssertionError("metadata.json makes it the newer kind")


def fiftyone_csv(path: Path) -> None:
    with open(path / "labels.csv", encoding="utf-8", newline="") as file:
        rows = list(csv_reader(file))
    same([row["caption"] for row in rows], CAPTIONS, "captions")
    same([(path / "data" / row["filepath"]).is_file() for row in rows], [True] * COUNT, "pictures")


def croissant(name: str, has_images: bool):
    """Validates the description, compares the hashes, and reads every record by it."""

    def check(path: Path) -> None:
        data = mlc.Dataset(jsonld=path / "croissant.json")
        if data.metadata.ctx.issues.errors:
            raise AssertionError(data.metadata.ctx.issues.report())
        document = json.loads((path / "croissant.json").read_text(encoding="utf-8"))
        for entry in document["distribution"]:
            if "sha256" in entry:
                same([hashlib.sha256((path / entry["contentUrl"]).read_bytes()).hexdigest()], [entry["sha256"]], entry["@id"])
        for key in ["license", "url", "creator", "datePublished", "rai:dataCollection", "rai:annotationPlatform"]:
            if not document.get(key):
                raise AssertionError(f"{key} is missing")
        if name == "":
            return
        records = list(data.records(record_set=name))
        same([record["records/text"].decode() for record in records], CAPTIONS, "texts")
        if has_images:
            pictures = [record["records/image"].size for record in records] if "records/image" in records[0] else [
                record["pictures-content/image"].size for record in data.records(record_set="pictures-content")
            ]
            same(sorted(pictures), sorted(SIZES), "pictures")

    return check


CHECKS = {
    "imagefolder": imagefolder,
    "imagefolder-csv": imagefolder,
    "imagefolder-parquet": imagefolder,
    "hf-parquet": hf_parquet,
    "webdataset": webdataset,
    "img2dataset": img2dataset,
    "coco": coco,
    "altogether": altogether,
    "altogether-round3": altogether_round3,
    "metaclip": metaclip,
    "metaclip-nested": metaclip_nested,
    "jsonl": jsonl,
    "csv": csv,
    "tsv": tsv,
    "txt": sidecars,
    "kohya": kohya,
    "docci": docci,
    "label-studio": label_studio,
    "fiftyone": fiftyone,
    "fiftyone-csv": fiftyone_csv,
}
CROISSANTS = {
    "jsonl": croissant("records", False),
    "csv": croissant("records", False),
    "imagefolder": croissant("records", True),
    "imagefolder-csv": croissant("records", True),
    "hf-parquet": croissant("records", True),
    "coco": croissant("", False),
    "webdataset": croissant("", False),
}

sys.stdout = sys.stderr
RUNS = [(name, name, check) for name, check in CHECKS.items()]
RUNS += [(f"croissant of {name}", name, check) for name, check in CROISSANTS.items()]
for name, folder, check in RUNS:
    try:
        check(ROOT / folder)
        result = {"name": name, "problem": None}
    except Exception as error:  # noqa: BLE001 - whatever a library throws is the result
        traceback.print_exc()
        result = {"name": name, "problem": f"{type(error).__name__}: {error}"}
    print(json.dumps(result), file=sys.__stdout__, flush=True)
