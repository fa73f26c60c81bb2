# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Comments, docstrings and strings, told apart from code in lines without their file."""

import pytest

from rules.materials.loaded.masks import Comments, masked


@pytest.mark.parametrize(
    ("comments", "lines", "text"),
    [
        (Comments.PYTHON, "x = 1  # y", "x = 1     "),
        (Comments.PYTHON, "x = '# no'", "x = '# no'"),
        (Comments.PYTHON, 'x = "it\'s"  # y', 'x = "it\'s"     '),
        (Comments.PYTHON, r'x = "a\"#b"', r'x = "a\"#b"'),
        (Comments.PYTHON, '"""a\nb"""\nc', "    \n    \nc"),
        (Comments.PYTHON, "  r'''a\nb'''\nc", "  r    \n    \nc"),
        (Comments.PYTHON, 'x = """a\nb"""\nc', 'x = """a\nb"""\nc'),
        (Comments.PYTHON, '"""a', "    "),
        (Comments.PYTHON, '"""a\\', "     "),
        (Comments.PYTHON, ">>> a\n... b\nc", "     \n     \nc"),
        (Comments.HASH, "x <- 'a'  # b", "x <- 'a'     "),
        (Comments.SLASH, "x; // y\nz", "x;     \nz"),
        (Comments.SLASH, 'x = "http://a"; /* y\nz */ w', 'x = "http://a";     \n     w'),
        (Comments.SLASH, "/* y", "    "),
        (Comments.SLASH, "/*y*", "    "),
        (Comments.SLASH, " * see x\n *\nz", "        \n  \nz"),
        (Comments.SLASH, "a * b", "a * b"),
        (Comments.SLASH, "x = `a\n// b`", "x = `a\n// b`"),
        (Comments.SHELL, "x a#b  # c", "x a#b     "),
        (Comments.SHELL, "  # a\nb", "     \nb"),
        (Comments.SHELL, "  ; a = b", "         "),
        (Comments.SHELL, 'echo "wget x"\nwget', "             \nwget"),
        (Comments.SHELL, "echo a && wget x", "echo a && wget x"),
        (Comments.SHELL, "@echo a", "       "),
    ],
)
def test_comments_are_blank(comments: Comments, lines: str, text: str) -> None:
    assert masked(lines.encode(), comments).text.decode() == text


@pytest.mark.parametrize(
    ("comments", "lines", "bare"),
    [
        (Comments.PYTHON, "f('a b')", "f('...')"),
        (Comments.PYTHON, 'f("")', 'f("")'),
        (Comments.PYTHON, 'f("""a\n(""")', 'f("""...""")'),
        (Comments.PYTHON, "f('a\nb)", "f('.\nb)"),
        (Comments.SLASH, "f(`a\n(`)", "f(`...`)"),
        (Comments.SHELL, "f 'a'", "f 'a'"),
    ],
)
def test_the_inside_of_strings_is_hollow(comments: Comments, lines: str, bare: str) -> None:
    seen = masked(lines.encode(), comments)
    assert seen.bare.decode().replace("\1", ".") == bare
    assert len(seen.bare) == len(seen.text) == len(lines)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ('the end\n"""\nx = 1', "       \n   \nx = 1"),
        ('the end\n    """\nx = """a"""', '       \n       \nx = """a"""'),
        ('def f():\n    """\n    the beginning', "def f():\n       \n                 "),
        ('"""\nthe beginning', "   \n             "),
        ('x\n"""the beginning\ny', "x\n                \n "),
        ('x = """\nload', 'x = """\nload'),
        ('x\n"""a"""\ny', "x\n       \ny"),
    ],
)
def test_a_docstring_that_is_torn_apart_hides_as_little_as_can_be(lines: str, text: str) -> None:
    assert masked(lines.encode(), Comments.PYTHON).text.decode() == text


def test_a_docstring_is_indented_by_so_much_and_no_more() -> None:
    far = " " * 300 + '"""a"""'
    assert masked(far.encode(), Comments.PYTHON).text.decode() == far
