"""Writes data sets with the libraries that people write them with, for Realign's importers."""

import csv
import hashlib
import json
import sys
from pathlib import Path

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import webdataset as wds

from common import COUNT, TEXTS, caption, picture

ROOT = Path(sys.argv[1])


def folder(name: str) -> Path:
    path = ROOT / name
    path.mkdir(parents=True)
    return path


def pictures(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)
    for index in range(COUNT):
        (path / f"{index:04}.jpg").write_bytes(picture(index))


def base() -> None:
    """What the exports are made from: alt-texts and captions."""
    path = folder("base")
    pictures(path)
    with open(path / "data.jsonl", "w", encoding="utf-8") as file:
        for index in range(COUNT):
            row = {"file_name": f"{index:04}.jpg", "alt": TEXTS[index], "caption": caption(index)}
            row["url"] = f"https://example.test/{index}.jpg"
            file.write(json.dumps(row) + "\n")


def imagefolders() -> None:
    rows = [{"file_name": f"{index:04}.jpg", "text": TEXTS[index]} for index in range(COUNT)]
    path = folder("imagefolder-jsonl")
    pictures(path / "train")
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (path / "train" / "metadata.jsonl").write_text("\n".join(lines), encoding="utf-8")
    path = folder("imagefolder-csv")
    pictures(path / "train")
    with open(path / "train" / "metadata.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["file_name", "text"])
        writer.writeheader()
        writer.writerows(rows)
    path = folder("imagefolder-parquet")
    pictures(path / "train")
    pq.write_table(pa.Table.from_pylist(rows), path / "train" / "metadata.parquet")


def huggingface() -> None:
    """As `push_to_hub` writes it, and with other compressions than its own."""
    data = datasets.Dataset.from_dict(
        {
            "image": [{"bytes": picture(index), "path": f"{index}.jpg"} for index in range(COUNT)],
            "text": TEXTS,
        },
        features=datasets.Features({"image": datasets.Image(), "text": datasets.Value("string")}),
    )
    data.to_parquet(folder("hf-parquet") / "train-00000-of-00001.parquet")
    table = data.with_format("arrow")[:]
    for codec in ["none", "gzip", "zstd", "brotli", "lz4"]:
        pq.write_table(table, folder(f"hf-parquet-{codec}") / "x.parquet", compression=codec, row_group_size=4)
    pq.write_table(table, folder("hf-parquet-paged") / "x.parquet", write_page_index=True, data_page_version="2.0")


def links() -> None:
    rows = {
        "URL": [f"https://example.test/{index}.jpg" for index in range(COUNT)],
        "TEXT": TEXTS,
        "WIDTH": pa.array([24 + index for index in range(COUNT)], pa.int32()),
        "similarity": pa.array([0.25] * COUNT, pa.float32()),
        "hash": pa.array([-(2**62) + index for index in range(COUNT)], pa.int64()),
        "LANGUAGE": pa.array(["en"] * COUNT).dictionary_encode(),
    }
    pq.write_table(pa.table(rows), folder("laion") / "part-00000.snappy.parquet")


def webdatasets() -> None:
    path = folder("webdataset")
    with wds.ShardWriter(str(path / "shard-%06d.tar"), maxcount=4, verbose=0) as sink:
        for index in range(COUNT):
            sink.write(
                {
                    "__key__": f"sample{index:06}",
                    "jpg": picture(index),
                    "txt": TEXTS[index],
                    "json": {"url": f"https://example.test/{index}.jpg", "width": 24 + index},
                }
            )


def listed(index: int, fails: bool) -> dict:
    """A row as img2dataset's logger and writers make it."""
    return {
        "url": f"https://example.test/{index}.jpg",
        "caption": TEXTS[index],
        "key": f"{index:09}",
        "status": "failed_to_download" if fails else "success",
        "error_message": "HTTP Error 404: Not Found" if fails else None,
        "width": None if fails else 24 + index,
        "height": None if fails else 16,
        "original_width": None if fails else 24 + index,
        "original_height": None if fails else 16,
        "exif": None if fails else "{}",
        "sha256": None if fails else hashlib.sha256(picture(index)).hexdigest(),
    }


def img2dataset() -> None:
    """Its three kinds, each with two failed downloads, after `writer.py` of img2dataset 1.45."""
    fails = {1, 4}
    rows = [listed(index, index in fails) for index in range(COUNT)]
    stats = json.dumps({"count": COUNT, "successes": COUNT - 2, "failed_to_download": 2, "status_dict": {}})
    kinds = {name: folder(f"img2dataset-{name}") for name in ["tar", "files", "parquet"]}
    for path in kinds.values():
        (path / "00000_stats.json").write_text(stats)
    with wds.TarWriter(str(kinds["tar"] / "00000.tar")) as sink:
        for index, row in enumerate(rows):
            if index not in fails:
                sink.write({"__key__": row["key"], "jpg": picture(index), "txt": TEXTS[index], "json": row})
    (kinds["files"] / "00000").mkdir()
    for index, row in enumerate(rows):
        if index in fails:
            continue
        stem = kinds["files"] / "00000" / row["key"]
        stem.with_suffix(".jpg").write_bytes(picture(index))
        stem.with_suffix(".txt").write_text(TEXTS[index], encoding="utf-8")
        stem.with_suffix(".json").write_text(json.dumps(row, indent=4))
    table = pa.Table.from_pylist(rows)
    pq.write_table(table, kinds["tar"] / "00000.parquet")
    pq.write_table(table, kinds["files"] / "00000.parquet")
    jpgs = [None if index in fails else picture(index) for index in range(COUNT)]
    pq.write_table(table.append_column("jpg", pa.array(jpgs, pa.binary())), kinds["parquet"] / "00000.parquet")


def coco() -> None:
    path = folder("coco")
    pictures(path / "val2017")
    (path / "annotations").mkdir()
    images = [
        {"id": index + 1, "file_name": f"{index:04}.jpg", "width": 24 + index, "height": 16}
        for index in range(COUNT)
    ]
    annotations = [
        {"id": index + 1, "image_id": COUNT - index, "caption": TEXTS[COUNT - 1 - index]}
        for index in range(COUNT)
    ]
    document = {"info": {}, "licenses": [], "images": images, "annotations": annotations}
    (path / "annotations" / "captions_val2017.json").write_text(json.dumps(document))


def metaclip() -> None:
    path = folder("metaclip")
    (path / "0").mkdir()
    with wds.TarWriter(str(path / "0" / "0.tar")) as sink:
        for index in range(COUNT):
            uuid = hashlib.sha224(f"https://example.test/{index}.jpg".encode()).hexdigest()[:24]
            sink.write({"__key__": uuid, "json": {"texts": [["alt", TEXTS[index]]]}, "jpeg": picture(index)})


for write in [base, imagefolders, huggingface, links, webdatasets, img2dataset, coco, metaclip]:
    write()
