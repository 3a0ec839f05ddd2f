"""Functions as commands."""
import inspect

from commands import cli


@cli
def greet(name: str, times: int = 1, *, loud: bool = False, greeting: str = "Hello"):
    """Greets somebody.

    Loudly, if need be.
    """
    text = f"{greeting}, {name}"
    if loud:
        text = text.upper() + "!"
    return [text] * times


@cli
def total(*numbers: float, round_to: int = 2):
    return round(sum(numbers), round_to)


@cli
def now():
    """Tells the time."""
    return "noon"


def run(command, *words):
    try:
        return command.main(list(words))
    except SystemExit as end:
        return f"exit {end.code}"


print(greet("Ada"), run(greet, "Bob"), run(greet, "Cy", "2", "--loud", "--greeting=Bye"))
print(run(total), run(total, "1.5", "2.25"), run(total, "1.26", "--round-to", "1"), run(now))
print(run(greet, "--help"), run(now, "--help"), run(total, "-h"))
for command in greet, total, now:
    print(command.__name__, command.__doc__, inspect.signature(command), inspect.signature(command.main))
