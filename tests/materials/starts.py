# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How binary files of many formats begin, as their specifications and real files have it, by the corpus's names."""

import struct

_NUMPY = b"\x93NUMPY\x01\x00\x76\x00{'descr': '<f4', 'fortran_order': False, 'shape': (1000, 1000), }".ljust(128)
_SAFETENSORS = b'{"__metadata__":{"format":"pt"},"lm_head.weight":{"dtype":"F16","shape":[8,8],"data_offsets":[0,128]}}'


def _member(name: str, content: bytes = b"") -> bytes:
    """A file in a zip, stored: its local header and its bytes (APPNOTE 4.3.7)."""
    header = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, len(content), len(content), len(name), 0)
    return header + name.encode() + content


def _pickle(module: str, name: str, protocol: int = 4) -> bytes:
    """A pickle that calls module.name with no arguments."""
    if protocol < 4:
        return bytes([0x80, protocol]) + f"c{module}\n{name}\nq\x00)\x81.".encode()
    words = (b"\x8c" + bytes([len(word)]) + word.encode() for word in (module, name))
    body = b"\x94".join(words) + b"\x94\x93\x94)\x81\x94."
    return b"\x80\x04\x95" + struct.pack("<Q", len(body)) + body


_TORCH = (
    b"\x80\x02ccollections\nOrderedDict\nq\x00)Rq\x01(X\x06\x00\x00\x00weightq\x02"
    b"ctorch._utils\n_rebuild_tensor_v2\nq\x03"
)
# The magic number and the version that torch.save wrote before 1.6, each a pickle of its own.
_LEGACY = b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.\x80\x02}q\0."

STARTS = {
    "arrow": b"ARROW1\0\0\xff\xff\xff\xff",
    "blosc": b"\x02\x01\x21\x04\x90\x01\0\0",
    "bzip2": b"BZh91AY&SY\0\0",
    "der": b"\x30\x82\x09\x77\x02\x01\x03\x30",
    "dicom": b"\0" * 128 + b"DICM\x02\0\0\0UL\x04\0",
    "docx": _member("[Content_Types].xml", b"<?xml version='1.0'?>") + _member("word/document.xml"),
    "elf": b"\x7fELF\x02\x01\x01\0",
    "eot": b"\x54\x12\x01\0\x9c\x11\x01\0\x01\0\x02\0",
    "exe": b"MZ\x90\0\x03\0\0\0\x04\0",
    "firmware": b"\x18\xf0\x9f\xe5\x18\xf0\x9f\xe5\0\0\xa0\xe1",
    "floats": struct.pack("<8f", 0.5, -1.25, 3.0, 0.1, -0.7, 2.2, 0.01, 1.5),
    "ggml": b"lmgg\x01\0\0\0\0\x7d\0\0",
    "gguf": b"GGUF\x03\0\0\0\x23\x01\0\0\0\0\0\0",
    "gif": b"GIF89a\x20\x03\x58\x02\xf7\0\0",
    "glb": b"glTF\x02\0\0\0\xc0\x5d\0\0",
    "gzip": b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xec\xbd",
    "hdf5": b"\x89HDF\r\n\x1a\n\0\0\0\0\0\x08\x08\0",
    "ico": b"\0\0\x01\0\x03\0\x10\x10\0\0",
    "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01",
    "las": b"LASF\0\0\0\0\0\0\0\0",
    "leveldb": b"\0\x08\x01\x0c\x08\x01\x12\0",
    "matlab": b"MATLAB 5.0 MAT-file, Platform: GLNXA64".ljust(124) + b"\0\x01IM",
    "midi": b"MThd\0\0\0\x06\0\x01\0\x02\x01\xe0",
    "mo": b"\xde\x12\x04\x95\0\0\0\0\x2a\0\0\0",
    "mp3": b"ID3\x03\0\0\0\0\x0fv",
    "mp4": b"\0\0\0\x20ftypisom\0\0\x02\0",
    "msgpack": b"\x81\xa6params\x82\xa5dense\x81\xa6kernel\xc7\0\0",
    "npy": _NUMPY,
    "npz": _member("x_train.npy", _NUMPY),
    "onnx": b"\x08\x07\x12\x07pytorch\x1a\x051.13.1\x3a\0",
    "otf": b"OTTO\0\x0c\0\x80\0\x03\0\x40",
    "parquet": b"PAR1\x15\x04\x15\0\x15\0",
    "pdf": b"%PDF-1.5\n%\xd0\xd4\xc5\xd8\n1 0 obj\n<</Length 9>>\nstream\n\0",
    "pickle-os-system": _pickle("os", "system"),
    "pickle-sklearn": _pickle("sklearn.linear_model._logistic", "LogisticRegression"),
    "pickle2": _pickle("numpy.core.multiarray", "_reconstruct", protocol=2),
    "pickle4": _pickle("collections", "OrderedDict"),
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "protobuf": b"\x0a\x12\x0a\x04main\x12\x0a\x08\0\x10\x01",
    "rosbag": b"#ROSBAG V2.0\nE\0\0\0\x0d\0\0\0index_pos=",
    "safetensors": struct.pack("<Q", len(_SAFETENSORS)) + _SAFETENSORS,
    "sqlite": b"SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20",
    "stata": b"<stata_dta><header><release>118</release>\0",
    "tar": b"000000.jpg".ljust(100, b"\0") + b"0000644\0".ljust(157, b"0") + b"ustar\x0000",
    "tflite": b"\x1c\0\0\0TFL3\x14\0\x20\0",
    "tfrecord": b"\x8e\x01\0\0\0\0\0\0\x5a\x1d\x0c\x31\x0a\x8b\x01\x0a",
    "tokens": struct.pack("<8H", 464, 3290, 318, 257, 1332, 50256, 198, 11),
    "torch-legacy": b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.\x80\x02}q\0."
    + _TORCH,
    "torch-zip": _member("archive/data.pkl", _TORCH),
    "ttf": b"\0\x01\0\0\0\x12\x01\0\0\x04\0\x20",
    "wasm": b"\0asm\x01\0\0\0",
    "wav": b"RIFF\x24\x08\x03\0WAVEfmt \x10\0\0\0",
    "webp": b"RIFF\x24\x20\0\0WEBPVP8 ",
    "woff2": b"wOF2\0\x01\0\0",
    "zip": b"PK\x03\x04\x14\0\0\0\x08\0" + b"\0" * 16 + b"\x05\0\0\0a.txt",
    "zip-with-pth": _member("data", b"{}") + _member("pytorch_variables.pth", _member("archive/data.pkl", _TORCH)),
    "zstd": b"\x28\xb5\x2f\xfd\x04\x58\0\0",
}
