# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What of the changed files counts, alone and together, and into which datasets and models it is put."""

from typing import Any

import pytest

from rules.change import ChangedFile, FileStatus, Side, SideFile
from rules.materials.material import Sort
from tests.rules.materials.committed.test_described import CROISSANT
from tests.rules.materials.committing import KIB, MIB, PICKLE, file, found, places_of, sorts

DATASET, MODEL = Sort.DATASET, Sort.MODEL
CARD = "---\ndataset_info: {}\n---\n"


# -- one file -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "size", "counts"),
    [
        ("a.parquet", 1023, False),
        ("a.parquet", 1024, True),
        ("data/a.parquet", 102, False),
        ("data/a.parquet", 103, True),
        ("docs/a.parquet", 1024, True),
        ("a.csv", 100 * KIB - 1, False),
        ("a.csv", 100 * KIB, True),
        ("data/a.csv", 11 * KIB, True),
        ("docs/a.csv", 500 * KIB, False),
        ("docs/a.csv", 2 * MIB, True),
        ("docs/data/a.csv", 100 * KIB, True),
        ("a.json", 500 * KIB, False),
        ("a.json", MIB, True),
        ("a.zip", MIB, True),
        ("a.parquet", 10**15, True),
        # Tests and the like.
        ("tests/a.parquet", 64 * KIB, False),
        ("tests/a.parquet", 64 * KIB + 1, True),
        ("tests/data/a.csv", 64 * KIB, False),
        ("tests/data/a.csv", 65 * KIB, True),
        ("tests/a.csv", 65 * KIB, False),
        # Settings, translations and what tools write.
        ("locales/de.json", 5 * MIB, False),
        ("locales/de.json", 10 * MIB, True),
        ("locales/de.parquet", 5 * KIB, True),
        ("messages/a.csv", 500 * KIB, False),
        ("messages/a.csv", 2 * MIB, True),
        ("openapi/data.csv.part1", 500 * KIB, False),
        ("dump.csv.part1", 500 * KIB, True),
        ("dump.zip.001", 5 * MIB, True),
        ("package-lock.json", 5 * MIB, False),
        ("openapi.json", 5 * MIB, False),
        ("a.ipynb", 5 * MIB, False),
        ("a.min.js", 5 * MIB, False),
        ("a.woff2", 5 * MIB, False),
        # Unknown sizes.
        ("a.parquet", None, True),
        ("tests/a.parquet", None, True),
        ("a.csv", None, False),
    ],
)
def test_data_count_by_size_and_place(path: str, size: int | None, *, counts: bool) -> None:
    assert bool(found(file(path, size))) is counts


@pytest.mark.parametrize(
    ("path", "size", "counts"),
    [
        ("a.safetensors", KIB, True),
        ("a.pt", 5 * KIB, True),
        ("tests/a.pt", 5 * KIB, False),
        ("a.model", 10 * KIB, False),
        ("a.model", 64 * KIB, True),
        ("a.bin", 500 * KIB, False),
        ("a.bin", 2 * MIB, True),
        ("firmware/a.bin", 2 * MIB, False),
        ("flash/model.bin", 2 * MIB, True),
        ("tokenizer.model", 5 * KIB, True),
        ("tokenizer.json", 5 * MIB, False),
    ],
)
def test_weights_count_by_size_and_place(path: str, size: int | None, *, counts: bool) -> None:
    assert bool(found(file(path, size), sort=MODEL)) is counts


def test_a_file_of_both_sorts_is_of_one() -> None:
    for path in ("data/a.npz", "model/a.npz", "a.h5", "weights.h5", "a.bin", "data/a.pkl", "a.msgpack", "a.zip"):
        assert len(sorts(file(path, 20 * MIB))) == 1


# -- several together ---------------------------------------------------------------------------------------------


def series(folder: str, count: int, size: int | None = 4 * KIB, kind: str = "png") -> list[ChangedFile]:
    return [file(f"{folder}/{n:03}.{kind}", size) for n in range(count)]


@pytest.mark.parametrize(
    ("files", "counts"),
    [
        (series("imgs", 19), False),
        (series("imgs", 20), True),
        (series("imgs", 20, None), True),
        (series("imgs", 19, MIB), True),
        (series("data/imgs", 4), False),
        (series("data/imgs", 5), True),
        (series("data/imgs", 2, MIB), True),
        (series("docs/images", 100), False),
        (series("docs/images", 200), True),
        (series("tests/images", 100), False),
        (series("tests/images", 20, 70 * KIB), True),
        ([*series("a", 10), *series("b", 10)], False),
        ([*series("a", 10), *series("a", 10, kind="wav")], True),
        (series("papers", 20, kind="pdf"), True),
    ],
)
def test_media_count_by_number_and_by_size_together(files: list[ChangedFile], *, counts: bool) -> None:
    assert bool(found(*files)) is counts


@pytest.mark.parametrize("name", ["metadata.csv", "metadata.jsonl", "metadata.parquet"])
def test_media_with_a_file_that_describes_each_are_a_dataset(name: str) -> None:
    (material,) = found(*series("samples/faces", 5), file(f"samples/faces/{name}", 200))
    assert len(material.parts) == 6
    assert found(*series("samples/faces", 4), file(f"samples/faces/{name}", 200)) == ()


@pytest.mark.parametrize(
    ("files", "counts"),
    [
        (series("a", 11, 99 * KIB, "csv"), True),
        (series("a", 9, 99 * KIB, "csv"), False),
        ([*series("a", 6, 99 * KIB, "csv"), *series("a", 6, 99 * KIB, "tsv")], False),
        (series("a", 11, 1000, "npy"), True),
        (series("a", 11, None, "csv"), False),
        (series("locales", 50, MIB, "json"), False),
    ],
)
def test_many_small_files_of_one_format_count_together(files: list[ChangedFile], *, counts: bool) -> None:
    assert bool(found(*files)) is counts


def test_small_files_in_tests_count_if_there_are_too_many_for_a_test() -> None:
    assert found(*series("tests/data", 159, 64 * KIB, "parquet")) == ()
    (material,) = found(*series("tests/data", 160, 64 * KIB, "parquet"))
    assert len(material.parts) == 160
    assert found(*series("tests/data", 300, 64 * KIB, "png")) == ()


def test_settings_belong_to_no_data() -> None:
    (material,) = found(file("schemas/a.parquet", 5 * KIB), file("schemas/a.json", 30))
    assert len(material.parts) == 1


def test_what_is_small_belongs_to_what_counts_beside_it() -> None:
    (material,) = found(file("data/a.parquet", 5 * KIB), file("data/labels.csv", 30), file("data/x.py", 30))
    assert [part.path for part in material.parts] == ["data/a.parquet", "data/labels.csv"]


def test_at_the_root_small_files_belong_to_nothing() -> None:
    (material,) = found(file("a.parquet", 5 * KIB), file("app.json", 30), file("b.parquet", 30))
    assert [part.path for part in material.parts] == ["a.parquet", "b.parquet"]


def test_the_files_of_a_model_are_one_model() -> None:
    names = ["config.json", "tokenizer.json", "vocab.txt", "model.safetensors.index.json", "README.md"]
    files = [file(f"bert/{name}", text='{"model_type": 1}') for name in names]
    shards = [file(f"bert/model-0000{n}-of-00002.safetensors", lfs=10**9) for n in (1, 2)]
    (model,) = found(*files, *shards, sort=MODEL)
    assert (model.name, model.folder, len(model.parts), model.size) == ("bert", "bert", 6, 2 * 10**9 + 4 * 17)
    assert [part.path for part in model.parts if part.describes] == [
        "bert/config.json",
        "bert/model.safetensors.index.json",
    ]
    assert found(*files, *shards) == ()


def test_settings_without_weights_only_describe_a_model() -> None:
    (model,) = found(file("bert/config.json", text='{"model_type": 1}'), file("bert/vocab.txt", 9), sort=MODEL)
    assert [part.path for part in model.parts] == ["bert/config.json"]
    assert found(file("tests/bert/config.json", text='{"model_type": 1}'), sort=MODEL) == ()
    assert found(file("bert/vocab.txt", 5 * MIB), sort=MODEL) == ()


def test_the_graph_of_openvino_is_no_data() -> None:
    assert sorts(file("ir/a.xml", 2 * MIB), file("ir/a.bin", 9 * MIB)) == [MODEL]
    assert sorts(file("ir/a.xml", 2 * MIB)) == [DATASET]


# -- folders and names --------------------------------------------------------------------------------------------


def parquet(*paths: str) -> list[ChangedFile]:
    return [file(path, 5 * KIB) for path in paths]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["reviews/a.parquet", "reviews/b.parquet"], [("reviews", "reviews")]),
        (["a/x.parquet", "b/x.parquet"], [("a", "a"), ("b", "b")]),
        (["data/train/0.parquet", "data/test/0.parquet"], [("data", "data")]),
        (["data/train/0.parquet"], [("data", "data")]),
        (["data/chunk-000/0.parquet", "data/chunk-001/0.parquet"], [("data", "data")]),
        (["data/year=2024/month=1/0.parquet"], [("data", "data")]),
        (["data/2023/a.parquet", "data/2024/a.parquet"], [("data", "data")]),
        (["train/a.parquet", "test_set/a.parquet"], [("test_set", "test_set"), ("train", "train")]),
        (["train/a.parquet", "validation/b.parquet"], [("", "a")]),
        (["data/en/a.parquet", "data/de/a.parquet"], [("data", "data")]),
        (["data/en/a.parquet"], [("data/en", "en")]),
        (["data/en/a.parquet", "data/xx/a.parquet"], [("data/en", "en"), ("data/xx", "xx")]),
        (["data/raw/a.parquet", "data/processed/a.parquet"], [("data", "data")]),
        (["data/raw/a.parquet"], [("data/raw", "raw")]),
        (["x.zarr/0", "x.zarr/1"], [("", "x.zarr")]),
        (["data/x.zarr/0"], [("data", "x.zarr")]),
        (["data/x.zarr/0", "data/y.zarr/0"], [("data", "data")]),
        (["reviews.parquet"], [("", "reviews")]),
        (["train-00000-of-00002.parquet", "train-00001-of-00002.parquet"], [("", "train")]),
        (["2024.parquet"], [("", "2024")]),
        ([".parquet/a.parquet"], [(".parquet", ".parquet")]),
    ],
)
def test_a_dataset_is_a_folder_and_its_splits_are_none(paths: list[str], expected: list[tuple[str, str]]) -> None:
    assert places_of(*parquet(*paths)) == expected


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["m/unet/a.safetensors", "m/vae/a.safetensors"], [("m", "m")]),
        (["m/model.safetensors", "m/onnx/model.onnx"], [("m", "m")]),
        (["m/onnx/model.onnx"], [("m/onnx", "onnx")]),
        (["unet/a.safetensors", "vae/a.safetensors"], [("", "a")]),
        (["serving/1/saved_model.pb", "serving/1/variables/variables.index"], [("serving/1", "1")]),
        (["out/checkpoint-500/a.pt", "out/checkpoint-900/a.pt"], [("out", "out")]),
        (["a/x.mlpackage/Data/m.mlmodel", "a/x.mlpackage/Data/weights/w.bin"], [("a", "x.mlpackage")]),
        (["a.pt", "b.pt"], [("", "a")]),
        (["models/a.pt", "models/b/c.pt"], [("models", "models"), ("models/b", "b")]),
    ],
)
def test_a_model_is_a_folder_and_its_parts_are_none(paths: list[str], expected: list[tuple[str, str]]) -> None:
    assert places_of(*(file(path, 5 * KIB) for path in paths), sort=MODEL) == expected


def test_classes_of_pictures_are_one_dataset() -> None:
    files = [one for name in ("cat", "dog", "owl") for one in series(f"data/pets/{name}", 3)]
    assert places_of(*files) == [("data/pets", "pets")]
    assert places_of(*files[:6]) == []
    owned = file("data/pets/owl/README.md", text=CARD)
    assert [one.folder for one in found(*files, owned)] == ["data/pets/owl"]


def test_a_folder_with_a_card_of_its_own_is_a_dataset_of_its_own() -> None:
    files = parquet("data/train/en/a.parquet", "data/test/a.parquet")
    assert places_of(*files) == [("data", "data")]
    card = file("data/train/README.md", text="---\nlicense: mit\n---\n")
    assert places_of(*files, card) == [("data", "data"), ("data/train", "train")]
    there = SideFile("data/train/README.md", Side.HEAD, CARD)
    assert places_of(*files, beside=(there,)) == [("data", "data"), ("data/train", "train")]


@pytest.mark.parametrize(
    "beside",
    [
        SideFile("data/train/README.md", Side.HEAD, "# No card"),
        SideFile("data/train/README.md", Side.BASE, CARD),
        SideFile("data/train/NOTES.md", Side.HEAD, CARD),
    ],
)
def test_other_files_there_make_it_none(beside: SideFile) -> None:
    files = parquet("data/train/a.parquet", "data/test/a.parquet")
    assert places_of(*files, beside=(beside,)) == [("data", "data")]


def test_a_card_alone_is_a_material_that_only_describes() -> None:
    card = file("reviews/README.md", text=CARD, status=FileStatus.MODIFIED)
    ((part,),) = (one.parts for one in found(card))
    assert (part.format, part.describes, part.new) == ("dataset card", True, False)
    assert found(file("reviews/README.md", text="# Reviews\n")) == ()


def test_a_card_above_belongs_to_the_first_data_below() -> None:
    files = parquet("b/x.parquet", "a/x.parquet")
    materials = found(file("README.md", text=CARD), *files)
    assert [(one.folder, len(one.parts)) for one in materials] == [("a", 2), ("b", 1)]
    materials = found(file("c/README.md", text=CARD), *files)
    assert [one.folder for one in materials] == ["a", "b", "c"]


def test_a_package_of_data_lies_where_its_description_does() -> None:
    package = file("gdp/croissant.json", text=CROISSANT)
    assert places_of(package, *parquet("gdp/tables/a.parquet")) == [("gdp", "gdp")]
    assert places_of(package, *parquet("gdp/x/a.parquet", "gdp/y/a.parquet")) == [("gdp/x", "x"), ("gdp/y", "y")]
    assert places_of(file("croissant.json", text=CROISSANT), *parquet("x/a.parquet")) == [("x", "x")]


def test_what_dvc_keeps_lies_beside_its_pointer() -> None:
    text = "outs:\n- {path: reviews, md5: 1.dir, size: 5000}\n"
    assert places_of(file("data/reviews.dvc", text=text)) == [("data", "reviews")]


def test_each_file_is_part_of_one_material() -> None:
    files = [*parquet("a/x.parquet", "a/train/y.parquet", "b/x.parquet"), file("README.md", text=CARD)]
    paths = [part.path for one in found(*files) for part in one.parts]
    assert sorted(paths) == sorted(set(paths)) == sorted(one.path for one in files)


# -- names that strangers choose ------------------------------------------------------------------------------------

NAMES = [
    "a\nb.parquet",
    "../../a.parquet",
    "a//b.parquet",
    "/a.parquet",
    "\u202ea.parquet",
    "\udcff.parquet",
    "train/\n/a.parquet",
    "d" * 4000 + ".parquet",
    "d/" * 2000 + "a.parquet",
    "en/" * 1000 + "a.parquet",
    "x.zarr/" * 500 + "0",
    " .parquet",
]


@pytest.mark.parametrize("path", NAMES)
def test_no_name_breaks_anything(path: str) -> None:
    for one in (file(path, 5 * KIB), file(path, None), file(path, 5 * KIB, start=PICKLE), file(path, lfs=10**15)):
        for sort in Sort:
            for material in found(one, sort=sort):
                assert material.name
                assert material.name.isprintable()
                assert len(material.name) <= 90
                assert material.parts[0].path == path


@pytest.mark.parametrize(
    "shape", ["data/{n}/x.parquet", "{n}.parquet", "a/{n}.png", "d/" * 500 + "{n}.csv", "{n}/README.md"]
)
def test_thousands_of_files_are_taken(shape: str) -> None:
    more: dict[str, Any] = {"text": CARD} if shape.endswith("md") else {"size": 5 * KIB}
    assert found(*(file(shape.format(n=n), **more) for n in range(3000)))
