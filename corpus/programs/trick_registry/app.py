"""Loaders of file formats, and commands that are spread over several modules."""
from registries import COMMANDS, command, registry
import more

with registry() as loaders:
    def lines(text):
        return [line.strip() for line in text.splitlines() if line.strip()]

    @loaders.add("csv", "tsv")
    def load_table(text, separator=","):
        """A list of rows."""
        return [line.split(separator) for line in lines(text)]

    @loaders.add("ini")
    @staticmethod
    def load_ini(text):
        return dict(line.split("=", 1) for line in lines(text))

    @loaders.add("json")
    def load_json(text):
        import json
        return json.loads(text)

    @loaders.add("list")
    class Lines(list):
        """Lines that know how many they are."""

        def __init__(self, text):
            super().__init__(lines(text))

        def __repr__(self):
            return f"{len(self)} lines"


def load(name, text):
    ending = name.rpartition(".")[2]
    if ending not in loaders:
        raise ValueError(f"{ending} isn't one of {', '.join(loaders)}")
    return loaders[ending](text)


@command
def show(name):
    """Shows a file."""
    return f"show {name}"


for name, text in (("a.csv", "1,2\n\n3,4"), ("b.ini", "k=v"), ("c.json", "[1]"), ("d.list", "x\ny")):
    print(load(name, text))
try:
    load("e.xml", "")
except ValueError as error:
    print(error)
print(loaders["csv"] is loaders["tsv"], load_table.__doc__, loaders["list"] is Lines, len(loaders))
print([(name, function("x"), function.__doc__) for name, function in COMMANDS.items()])
print(show("y"), show.__name__, more.erase("z"))
