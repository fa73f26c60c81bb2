# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a path tells of what is in a file."""

import pytest

from rules.data import table
from rules.materials.committed import formats
from rules.materials.material import Sort

DATASET, MODEL = Sort.DATASET, Sort.MODEL


@pytest.mark.parametrize(
    ("path", "name", "sort"),
    [
        ("a/train.parquet", "Parquet", DATASET),
        ("a/TRAIN.PARQUET", "Parquet", DATASET),
        ("a.jsonl.gz", "JSON Lines (gz)", DATASET),
        ("a.warc.gz", "WARC (gz)", DATASET),
        ("scan.nii.gz", "NIfTI (gz)", DATASET),
        ("a.csv.zst", "CSV (zst)", DATASET),
        ("a.tar.gz", "tar archive", DATASET),
        ("a.gz", "compressed file", DATASET),
        ("a.gz.xz", "compressed file", DATASET),
        ("man.1.gz", "compressed file", DATASET),
        ("train-images-idx3-ubyte", "IDX images and labels", DATASET),
        ("a.tfrecord-00000-of-00010", "TFRecord", DATASET),
        ("x.zarr/0.0", "Zarr", DATASET),
        ("a/x.lance/data/1.lance", "Lance", DATASET),
        ("x.mlpackage/Data/weights/weight.bin", "Core ML", MODEL),
        ("pytorch_model-00001-of-00003.bin", "PyTorch", MODEL),
        ("model-00001-of-00002.safetensors", "safetensors", MODEL),
        ("saved_model.pb", "TensorFlow graph", MODEL),
        ("variables/variables.data-00000-of-00001", "TensorFlow checkpoint", MODEL),
        ("model.ckpt-1000.index", "TensorFlow checkpoint", MODEL),
        ("group1-shard1of4.bin", "TensorFlow.js", MODEL),
        ("tf_model.h5", "Keras", MODEL),
        ("ggml-base.en.bin", "GGML", MODEL),
        ("model.onnx.data", "ONNX", MODEL),
        ("flax_model.msgpack", "MessagePack", MODEL),
        ("tokenizer.model", "SentencePiece", MODEL),
        ("tokenizer.json", "tokenizer", MODEL),
    ],
)
def test_a_path_tells_a_format_and_its_sort(path: str, name: str, sort: Sort) -> None:
    told = formats.of_path(path)
    assert told is not None
    assert (told.name, told.sort) == (name, sort)


@pytest.mark.parametrize(
    "path", ["src/a.py", "Makefile", "", "/", ".parquet", "parquet", "a.py.gz/b", ".zarr/a", "notes.md", "a\n.b", "a."]
)
def test_most_paths_tell_none(path: str) -> None:
    assert formats.of_path(path) is None


@pytest.mark.parametrize(
    ("path", "sort"),
    [
        ("features.npz", DATASET),
        ("models/a.npz", MODEL),
        ("data/models/a.npz", MODEL),
        ("models/data/a.npz", DATASET),
        ("models/train.npz", DATASET),
        ("data/model.npz", MODEL),
        ("data/train_model.npz", MODEL),  # a model's word goes before one of data
        ("a.h5", DATASET),
        ("weights/best.h5", MODEL),
        ("a.pkl", MODEL),
        ("data/a.pkl", DATASET),
        ("data/classifier.pkl", MODEL),
        ("app/labels.pkl", MODEL),
        ("shakespeare/train.bin", DATASET),
        ("a.bin", MODEL),
        ("out/tokens.msgpack", DATASET),
    ],
)
def test_a_format_of_both_sorts_is_told_by_name_then_by_the_nearest_folder(path: str, sort: Sort) -> None:
    told = formats.of_path(path)
    assert told is not None
    assert told.sort is sort


@pytest.mark.parametrize(
    ("path", "unsafe"),
    [
        ("a.pt", True),
        ("a.pkl", True),
        ("a.pkl.gz", True),
        ("a.joblib", True),
        ("a.safetensors", False),
        ("a.onnx", False),
    ],
)
def test_what_can_run_code_when_loaded_is_unsafe(path: str, *, unsafe: bool) -> None:
    told = formats.of_path(path)
    assert told is not None
    assert told.unsafe is unsafe


@pytest.mark.parametrize(
    ("path", "strong"), [("a.parquet", True), ("a.csv", False), ("a.png", False), ("a.woff", False)]
)
def test_a_strong_format_is_used_for_nothing_else(path: str, *, strong: bool) -> None:
    told = formats.of_path(path)
    assert told is not None
    assert told.strong is strong


@pytest.mark.parametrize(
    ("path", "one"),
    [("a/x.zarr/0/1", "a/x.zarr"), ("a/x.zarr/y.zarr/1", "a/x.zarr"), ("a/b.csv", "a/b.csv"), ("a/x.zarr", "a/x.zarr")],
)
def test_some_folders_are_one_file_to_people(path: str, one: str) -> None:
    assert formats.one_file(path) == one


def test_no_extension_and_no_name_stands_in_the_table_twice() -> None:
    rows = table("formats")["formats"].values()
    for column in ("ext", "names", "folders"):
        entries = [entry for row in rows for entry in row.get(column, ())]
        assert sorted(entries) == sorted(set(entries))
        assert all(entry == entry.lower() for entry in entries)


def test_a_format_that_others_use_as_well_counts_from_a_larger_size_on() -> None:
    rows = [formats.of_path(f"a.{extension}") for extension in ("csv", "json", "zip", "bin", "model", "txt", "sql")]
    assert all(row is not None and row.least > formats.STRONG for row in rows)
