"""Commands from the signatures of functions."""
import argparse
from inspect import signature


def cli(fn):
    """Adds `fn.main`, which reads the function's arguments from words of the command line."""
    def main(words=None):
        parser = argparse.ArgumentParser(prog=fn.__name__, description=first_line(fn.__doc__))
        parameters = signature(fn).parameters.values()
        for p in parameters:
            option = "--" + p.name.replace("_", "-")
            if p.annotation is bool:
                parser.add_argument(option, action="store_true")
            elif p.kind is p.KEYWORD_ONLY:
                parser.add_argument(option, type=p.annotation, default=p.default)
            elif p.kind is p.VAR_POSITIONAL:
                parser.add_argument(p.name, type=p.annotation, nargs="*")
            elif p.default is not p.empty:
                parser.add_argument(p.name, type=p.annotation, nargs="?", default=p.default)
            else:
                parser.add_argument(p.name, type=p.annotation)
        given = vars(parser.parse_args(words))
        positional, named = [], {}
        for p in parameters:
            if p.kind is p.VAR_POSITIONAL:
                positional += given[p.name]
            elif p.kind is p.KEYWORD_ONLY:
                named[p.name] = given[p.name]
            else:
                positional.append(given[p.name])
        return fn(*positional, **named)
    fn.main = main
    return fn


def first_line(doc):
    return doc.partition("\n")[0] if doc else None
