# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Addresses: which of them lead to data or models, and where in lines they count."""

import pytest

from tests.rules.materials.lines_help import loaded, told

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://huggingface.co/datasets/org/name", "dataset org/name"),
        ("https://huggingface.co/datasets/squad", "dataset squad"),
        ("https://huggingface.co/datasets/squad/resolve/main/x.json", "dataset squad"),
        ("https://huggingface.co/gpt2/resolve/main/x.bin", "model gpt2"),
        ("https://hf.co/datasets/org/name/resolve/main/x.csv", "dataset org/name"),
        ("https://huggingface.co/api/datasets/org/name/croissant", "dataset org/name"),
        ("hf://datasets/org/name/x.parquet", "dataset org/name"),
        ("hf://org/name/x.bin", "model org/name"),
        ("https://huggingface.co/org/name", "model org/name"),
        ("https://huggingface.co/org/name.v1.", "model org/name.v1"),
        ("https://huggingface.co/org/name/resolve/main/model.safetensors", "model org/name"),
        ("https://www.kaggle.com/datasets/org/name", "dataset org/name"),
        ("https://www.kaggle.com/c/titanic/data", "dataset titanic"),
        ("https://www.kaggle.com/models/google/gemma/", "model google/gemma"),
        ("https://zenodo.org/record/123/files/x.zip?download=1", "dataset https://zenodo.org/record/123"),
        ("https://zenodo.org/records/123/files/best.pth", "model https://zenodo.org/records/123"),
        ("https://zenodo.org/records/123/files/pretrained.zip", "model https://zenodo.org/records/123"),
        ("https://doi.org/10.5281/zenodo.123", "dataset https://doi.org/10.5281/zenodo.123"),
        ("https://ndownloader.figshare.com/files/123", "dataset https://ndownloader.figshare.com/files/123"),
        ("https://www.openml.org/d/31", "dataset 31"),
        (
            "https://archive.ics.uci.edu/ml/machine-learning-databases/iris/iris.data",
            "dataset https://archive.ics.uci.edu/ml/machine-learning-databases/iris/iris.data",
        ),
        ("https://physionet.org/content/mimiciv/2.2/", "dataset https://physionet.org/content/mimiciv"),
        (
            "https://dataverse.harvard.edu/api/access/datafile/123",
            "dataset https://dataverse.harvard.edu/api/access/datafile/123",
        ),
        ("https://catalog.data.gov/dataset/x", "dataset https://catalog.data.gov/dataset/x"),
        ("https://opendatalab.com/org/name", "dataset org/name"),
        ("https://tfhub.dev/google/elmo/3", "model https://tfhub.dev/google/elmo/3"),
        ("https://modelscope.cn/datasets/org/name", "dataset org/name"),
        ("https://modelscope.cn/models/org/name/summary", "model org/name"),
        ("https://civitai.com/api/download/models/128713", "model https://civitai.com/api/download/models/128713"),
        ("https://ollama.com/library/llama3", "model llama3"),
        ("https://drive.google.com/uc?export=download&id=1V7wGx0PZ9sB5xkW", "dataset 1V7wGx0PZ9sB5xkW"),
        ("https://drive.google.com/file/d/1V7wGx0PZ9sB5xkW/view", "dataset 1V7wGx0PZ9sB5xkW"),
        ("s3://acme/data/x/", "dataset s3://acme/data/x"),
        ("gs://acme/checkpoints/last", "model gs://acme/checkpoints/last"),
        ("https://acme.s3.amazonaws.com/train.tar", "dataset https://acme.s3.amazonaws.com/train.tar"),
        ("https://storage.googleapis.com/a/b.tfrecord", "dataset https://storage.googleapis.com/a/b.tfrecord"),
        ("https://download.pytorch.org/models/r.pth", "model https://download.pytorch.org/models/r.pth"),
        (
            "https://github.com/a/b/releases/download/v1/yolo.pt",
            "model https://github.com/a/b/releases/download/v1/yolo.pt",
        ),
        (
            "https://raw.githubusercontent.com/a/b/main/data/input.txt",
            "dataset https://raw.githubusercontent.com/a/b/main/data/input.txt",
        ),
        ("https://example.org/x.parquet", "dataset https://example.org/x.parquet"),
        ("https://example.org/x.csv.gz?raw=1", "dataset https://example.org/x.csv.gz"),
        ("https://example.org/x.gguf", "model https://example.org/x.gguf"),
        ("https://example.org/x.h5", "model https://example.org/x.h5"),
        ("https://example.org/data/x.h5", "dataset https://example.org/data/x.h5"),
        ("https://example.org/x.npz", "dataset https://example.org/x.npz"),
        ("https://example.org/train.zip", "dataset https://example.org/train.zip"),
        ("ftp://example.org/corpus.tar.gz", "dataset ftp://example.org/corpus.tar.gz"),
    ],
)
def test_an_address_of_data_or_a_model_is_told(address: str, expected: str) -> None:
    assert told("a.py", f'URL = "{address}"') == [expected]
    assert told("a.sh", f"curl -LO '{address}'") == [expected]
    assert told("a.yaml", f"url: {address}") == [expected]
    assert told("a.json", f'{{"url": "{address}"}}') == [expected]


@pytest.mark.parametrize(
    "address",
    [
        "https://huggingface.co",
        "https://huggingface.co/datasets",
        "https://huggingface.co/docs/datasets",
        "https://huggingface.co/spaces/org/name",
        "https://huggingface.co/org/name/discussions/1",
        "https://huggingface.co/org",
        "https://example.org",
        "https://example.org/x",
        "https://example.org/x.json",
        "https://example.org/x.html",
        "https://example.org/tool.tar.gz",
        "https://example.org/page?file=x.csv",
        "https://github.com/a/datasets/archive/v1.tar.gz",
        "https://github.com/a/b/releases/download/v1/tool.zip",
        "https://json.schemastore.org/package.json",
        "https://www.apache.org/licenses/LICENSE-2.0",
        "https://api.github.com/repos/a/b",
        "s3://acme/terraform.tfstate",
        "https://acme.s3.amazonaws.com/logo.png",
        "xhttps://example.org/x.csv",
        "https://",
    ],
)
def test_another_address_is_quiet(address: str) -> None:
    assert told("a.py", f'URL = "{address}"') == []
    assert told("a.sh", f"curl -LO '{address}'") == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("a.py", 'raise ValueError("see https://example.org/x.csv for it")'),
        ("a.py", "# https://example.org/x.csv"),
        ("a.py", '_HOMEPAGE = "https://huggingface.co/datasets/org/name"'),
        ("a.py", 'docs_url: str = "https://huggingface.co/org/name"'),
        ("a.py", 'meta = {"license": "https://huggingface.co/datasets/org/name"}'),
        ("a.py", 'info(citation="https://huggingface.co/datasets/org/name")'),
        ("a.tsx", '<a href="https://huggingface.co/datasets/org/name">'),
        ("a.yaml", "homepage: https://huggingface.co/datasets/org/name"),
        ("a.yaml", "note: see https://huggingface.co/datasets/org/name"),
        ("Dockerfile", 'LABEL org.opencontainers.image.url="https://huggingface.co/org/name"'),
        ("a.sh", "echo see https://huggingface.co/org/name"),
        ("a.py", 'url = f"https://huggingface.co/{repo}"'),
        ("a.py", 'url = f"https://huggingface.co/datasets/org/{name}"'),
        ("a.py", 'url = f"hf://datasets/org/{name}"'),
        ("a.sh", "curl https://example.org/$NAME.csv"),
    ],
)
def test_an_address_to_be_read_by_people_or_that_nobody_knows_yet_is_quiet(path: str, line: str) -> None:
    assert told(path, line) == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("a.py", 'download("https://example.org/x.csv")'),
        ("a.py", 'os.system("wget -q https://example.org/x.csv")'),
        ("a.py", 'urls = ["https://example.org/x.csv",'),
        ("a.py", 'load(data_source="https://example.org/x.csv")'),
        ("a.ts", "fetch(`https://example.org/x.csv`)"),
        ("a.sh", "URL=https://example.org/x.csv"),
        ("a.sh", "wget \\\n  https://example.org/x.csv"),
        ("Dockerfile", "ADD https://example.org/x.csv /data/"),
        ("Makefile", "data.csv:\n\tcurl -o $@ https://example.org/x.csv"),
        ("a.yaml", "- run: wget https://example.org/x.csv"),
        ("a.yaml", "run: |\n  wget https://example.org/x.csv"),
        ("a.yaml", "- https://example.org/x.csv"),
        ("a.toml", 'file = "https://example.org/x.csv"'),
        ("a.py", 'f"https://example.org/x.csv"'),
    ],
)
def test_an_address_that_is_used_counts(path: str, line: str) -> None:
    assert told(path, line) == ["dataset https://example.org/x.csv"]


def test_a_variable_at_the_end_hides_no_name_before_it() -> None:
    assert told("a.py", 'f"https://huggingface.co/org/name/resolve/main/{file}"') == ["model org/name"]


def test_what_reads_an_address_tells_what_it_is() -> None:
    assert told("a.sh", "dvc get https://github.com/acme/registry x.xml") == [
        "dataset https://github.com/acme/registry"
    ]
    assert told("a.py", 'dvc.api.open("x", repo="https://github.com/acme/registry")') == [
        "dataset https://github.com/acme/registry"
    ]
    assert told("a.sh", "git clone https://github.com/acme/code") == []


@pytest.mark.parametrize(
    ("address", "pinned"),
    [
        ("https://huggingface.co/org/name", False),
        ("https://huggingface.co/org/name/resolve/main/x.bin", False),
        (f"https://huggingface.co/org/name/resolve/{COMMIT}/x.bin", True),
        (f"hf://datasets/org/name@{COMMIT}/x", True),
        (f"https://raw.githubusercontent.com/a/b/{COMMIT}/x.csv", True),
        ("https://zenodo.org/records/1", None),
        ("https://example.org/x.csv", None),
    ],
)
def test_an_address_may_pin_what_it_leads_to(address: str, pinned: bool | None) -> None:
    assert [found.pinned for found in loaded("a.py", f'"{address}"')] == [pinned]
