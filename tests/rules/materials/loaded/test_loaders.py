# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Functions that load data and models: what of them is a reference, and what is not."""

import pytest

from tests.rules.materials.lines_help import loaded, told

COMMIT = "0123456789abcdef0123456789abcdef01234567"

LOADING = [
    ("load_dataset('org/name')", "dataset org/name"),
    ('load_dataset("squad", split="train")', "dataset squad"),
    ('datasets.load_dataset(split="test", path="cais/mmlu")', "dataset cais/mmlu"),
    ('x = self.client.load_dataset("org/name")', "dataset org/name"),
    ('sns.load_dataset("penguins")', "dataset penguins"),
    ('hf_hub_download(repo_id="org/data", filename="x", repo_type="dataset")', "dataset org/data"),
    ('snapshot_download("org/data", repo_type="dataset")', "dataset org/data"),
    ('snapshot_download("org/name")', "model org/name"),
    ('huggingface_hub.hf_hub_download("org/name", "model.bin")', "model org/name"),
    ('MsDataset.load("org/name")', "dataset org/name"),
    ('tfds.load("imagenet2012")', "dataset imagenet2012"),
    ('tfds.builder(name="mnist:3.0.1")', "dataset mnist:3.0.1"),
    ("torchvision.datasets.CIFAR10(root=path, download=True)", "dataset CIFAR10"),
    ("datasets.FashionMNIST(path)", "dataset FashionMNIST"),
    ("torchaudio.datasets.LIBRISPEECH(path)", "dataset LIBRISPEECH"),
    ("tf.keras.datasets.mnist.load_data()", "dataset mnist"),
    ("fetch_openml('mnist_784', version=1)", "dataset mnist_784"),
    ("fetch_openml(data_id=554)", "dataset 554"),
    ("sklearn.datasets.fetch_california_housing()", "dataset california_housing"),
    ("openml.datasets.get_dataset(40996)", "dataset 40996"),
    ("fetch_ucirepo(id=53)", "dataset 53"),
    ('kagglehub.dataset_download("org/name")', "dataset org/name"),
    ('api.dataset_download_files("org/name", path=here)', "dataset org/name"),
    ('kagglehub.competition_download("titanic")', "dataset titanic"),
    ('kagglehub.model_download("google/gemma/pyTorch/2b")', "model google/gemma/pyTorch/2b"),
    ('nltk.download("wordnet")', "dataset wordnet"),
    ('gdown.download(id="1V7wGx0PZ9sB5x", output="data.zip")', "dataset 1V7wGx0PZ9sB5x"),
    ('gdown.download(id="1V7wGx0PZ9sB5x", output="best.pth")', "model 1V7wGx0PZ9sB5x"),
    ('pd.read_csv("https://example.org/table")', "dataset https://example.org/table"),
    ('spark.read.parquet("s3://acme/clicks/")', "dataset s3://acme/clicks"),
    ('load_dataset("csv", data_files="https://example.org/x.csv")', "dataset https://example.org/x.csv"),
    (
        'get_file("x.zip", origin="https://example.org/x.zip")',
        "dataset https://example.org/x.zip",
    ),
    (
        'load_state_dict_from_url("https://example.org/resnet.zip")',
        "model https://example.org/resnet.zip",
    ),
    ('mlc.Dataset(jsonld="https://example.org/croissant")', "dataset https://example.org/croissant"),
    ('AutoModel.from_pretrained("org/name")', "model org/name"),
    ("BertModel.from_pretrained('bert-base-uncased')", "model bert-base-uncased"),
    ('PeftModel.from_pretrained(base, "org/adapter")', "model org/adapter"),
    ('FastModel.from_pretrained(model_name = "org/name")', "model org/name"),
    ('pipeline("text-classification", model="org/name")', "model org/name"),
    ("await pipeline('feature-extraction', 'org/name')", "model org/name"),
    ("pipeline(model='gpt2')", "model gpt2"),
    ('SentenceTransformer("all-MiniLM-L6-v2")', "model all-MiniLM-L6-v2"),
    ('LLM(model="org/name", dtype="auto")', "model org/name"),
    ('torch.hub.load("pytorch/vision:v0.10.0", "resnet18")', "model pytorch/vision"),
    ('timm.create_model("vit_base", pretrained=True)', "model vit_base"),
    ("torchvision.models.resnet50(pretrained=True)", "model resnet50"),
    ("models.resnet50(weights=ResNet50_Weights.DEFAULT)", "model resnet50"),
    ('tf.keras.applications.ResNet50(weights="imagenet")', "model ResNet50"),
    ('open_clip.create_model("ViT-B-32", pretrained="laion2b_s34b_b79k")', "model ViT-B-32"),
    ('spacy.load("en_core_web_sm")', "model en_core_web_sm"),
    ('whisper.load_model("large-v3")', "model large-v3"),
    ('clip.load("ViT-B/32")', "model ViT-B/32"),
    ('YOLO("yolov8n.pt")', "model yolov8n.pt"),
    ('api.load("glove-wiki-gigaword-50")', "model glove-wiki-gigaword-50"),
    ('pipe.load_lora_weights("org/lora")', "model org/lora"),
]

QUIET = [
    "load_dataset(name)",
    "load_dataset(cfg.name)",
    "load_dataset()",
    'load_dataset("csv", data_files="data/x.csv")',
    'load_dataset("./data")',
    'load_dataset("data/train")',
    'load_dataset(f"org/{name}")',
    'load_dataset("org/" + name)',
    'load_dataset("org/" "name")',
    'load_dataset("/org/name")',
    'load_dataset("org/name/more")',
    'load_dataset("a b")',
    'load_dataset("path/to/data")',
    'load_dataset("your-org/your-data")',
    'load_dataset("<org>/<name>")',
    'load_dataset("../x")',
    'load_dataset("x/..")',
    'load_dataset("tmp.json")',
    'task.load_dataset("valid")',
    'load_from_disk("org/name")',
    'hf_hub_download(repo_id="org/app", filename="x", repo_type="space")',
    'from_pretrained("output")',
    "AutoModel.from_pretrained(path)",
    'AutoModel.from_pretrained("./checkpoints/last")',
    'AutoModel.from_pretrained("models/bert")',
    'AutoModel.from_pretrained("org/weights.bin")',
    "pipeline('text-classification')",
    "pipeline(model='openai/gpt-4o')",
    'torch.hub.load("acme/net", "resnet18", source="local")',
    'timm.create_model("resnet18", pretrained=False)',
    'timm.create_model("resnet18")',
    "torchvision.models.resnet18(weights=None)",
    "torchvision.datasets.ImageFolder(root)",
    "torchvision.datasets.FakeData()",
    "load_iris()",
    "spacy.load(path)",
    'spacy.load("output")',
    'whisper.load_model("mine")',
    'YOLO("runs/train/best.pt")',
    'YOLO("best.pt")',
    'pd.read_csv("data/x.csv")',
    'pd.read_csv(os.path.join(root, "x.csv"))',
    "def load_dataset(name='org/name'): ...",
    "class MNIST(Dataset): ...",
    "class LLM(Base, model='org/name'): ...",
    "my_load_dataset('org/name')",
    "load_dataset['org/name']",
    "print(\"load_dataset('org/name')\")",
    "raise ValueError('see https://huggingface.co/datasets/org/name')",
    'gdown.download(id=file_id, output="data.zip")',
    'load_model("auth/user")',
]


@pytest.mark.parametrize(("line", "expected"), LOADING)
def test_what_loads_is_told(line: str, expected: str) -> None:
    assert told("train.py", f"import x\n{line}\n") == [expected]


@pytest.mark.parametrize("line", QUIET)
def test_what_loads_nothing_from_elsewhere_is_quiet(line: str) -> None:
    assert told("train.py", f"import x\n{line}\n") == []


def test_a_call_over_lines_is_told_at_its_first_one() -> None:
    text = 'a = 1\nds = load_dataset(\n    # the data\n    "org/name",  # here\n    split=pick(["x"], {"y": ()}),\n)\n'
    (found,) = loaded("a.py", text, first=10)
    assert (found.id, found.line, found.path) == ("org/name", 11, "a.py")


def test_a_call_whose_end_is_not_among_the_new_lines_is_told_too() -> None:
    assert told("a.py", 'x = foo(load_dataset(\n    "org/name",\n    split=') == ["dataset org/name"]


def test_an_end_without_its_beginning_disturbs_nothing() -> None:
    assert told("a.py", ')],}\n  x]\n)\nload_dataset("org/name")') == ["dataset org/name"]


def test_calls_within_calls_are_told_each() -> None:
    text = 'train(load_dataset("org/data"), AutoModel.from_pretrained("org/model"))'
    assert told("a.py", text) == ["dataset org/data", "model org/model"]


def test_a_name_that_is_given_one_string_stands_for_it() -> None:
    assert told("a.py", 'NAME: str = "org/name"\nload_dataset(NAME)\n') == ["dataset org/name"]
    assert told("a.ts", "const name = 'org/name';\nawait pipeline('x', name);\n") == ["model org/name"]
    assert told("a.py", 'N = "org/name"\nN = "org/other"\nload_dataset(N)\n') == []


@pytest.mark.parametrize(
    ("call", "pinned"),
    [
        ('load_dataset("org/name")', False),
        ('load_dataset("org/name", revision="main")', False),
        (f'load_dataset("org/name", revision="{COMMIT}")', True),
        ('load_dataset("org/name", revision=wanted)', None),
        ('torch.hub.load("org/name:main", "x")', False),
        (f'torch.hub.load("org/name:{COMMIT}", "x")', True),
        ('kagglehub.dataset_download("org/name")', None),
    ],
)
def test_a_commit_pins_what_is_loaded(call: str, pinned: bool | None) -> None:
    assert [found.pinned for found in loaded("a.py", call)] == [pinned]


def test_a_reference_tells_where_it_lies() -> None:
    (found,) = loaded("a.py", 'load_dataset("org/name")')
    assert (found.host, found.source) == ("Hugging Face", "https://huggingface.co/datasets/org/name")
