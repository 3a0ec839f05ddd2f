"""Reads lines of a log."""
from patterns import fields, regex

LINE = regex(r"^\[(\w+)\] (.*?)(?:: (\d+))?$")


def read(line):
    match = LINE.match(line)
    return match and match.groups()


def version(text):
    return fields(r"(?P<major>\d+)\.(?P<minor>\d+)", text)


print(read("[info] loaded: 12"), read("[warn] no number"), read("nothing"))
print(version("python 3.11"), version("none"))
print(regex("[aeiou]").sub("*", "vowels"), regex(r"\s+").split("a  b c"))
