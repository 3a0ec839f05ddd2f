"""Commands from the signatures of functions."""
import argparse

from cython.meta import STARPARAM, VAR, codenode, comptime, macro, quote, uneval, unroll


@macro
def cli(fn):
    """Adds `fn.main`, which reads the function's arguments from words of the command line."""
    f = uneval(fn)
    name, command = f.name, f.variable
    about = f.docstring.value.partition("\n")[0] if f.docstring else None
    options = keyword_only(f.parameters)
    flag = uneval(bool)
    given = codenode(VAR, name="given")
    arguments = [a.replace(lambda v: attribute(given, v)) for a in f.arguments]

    with quote as added:
        def main(words=None):
            parser = argparse.ArgumentParser(prog=name, description=about)
            for p in unroll(p for p in f.parameters if p.name):
                if comptime(p.annotation == flag):
                    parser.add_argument(option(p), action="store_true")
                elif comptime(p in options):
                    parser.add_argument(option(p), type=p.annotation, default=p.default)
                elif comptime(p.op == STARPARAM):
                    parser.add_argument(p.name, type=p.annotation, nargs="*")
                elif comptime(p.default is not None):
                    parser.add_argument(p.name, type=p.annotation, nargs="?", default=p.default)
                else:
                    parser.add_argument(p.name, type=p.annotation)
            given = parser.parse_args(words)
            return command(*arguments)

        setattr(command, "main", main)
    return [f, added]


@comptime
def attribute(given, variable):
    """`given.x` for a variable `x`."""
    if variable.op == VAR:
        name = variable.name
        return uneval(getattr(given, name))


@comptime
def option(parameter):
    return "--" + parameter.name.replace("_", "-")


@comptime
def keyword_only(parameters):
    """Those behind a star."""
    stars = [i for i, p in enumerate(parameters) if p.op == STARPARAM]
    return parameters[stars[0] + 1:] if stars else []
