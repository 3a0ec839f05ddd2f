"""Uses the whole box."""
import toolbox
from toolbox import check, fill, trace
from toolbox.checks import CheckFailed
from toolbox.checksums import agrees
from toolbox.units import Leg, convert as converted

LIMIT = 3


def journey(legs):
    total = 0.0
    for leg in legs:
        check(leg.length > 0)
        total += converted(leg.length, "mile", "km")
    return round(converted(total, "km", "m")), converted(total, "km", to="km") == total


def report(name, count):
    return fill("{name} has {count} of {limit}: {text}", name=name, count=count + 1, limit=10,
                text="so {braced}")


def checked(values):
    results = []
    for value in values:
        try:
            check(value in range(LIMIT))
            check(value != 1 or value < 0)
            results.append(trace(value * 2, label="doubled"))
        except CheckFailed as failed:
            results.append(str(failed))
    return results


def main():
    print(journey([Leg(1.0), Leg(2.5)]))
    print(report("box", 4))
    for line in checked([0, 1, 5]):
        print(line)
    print(toolbox.words("""
        A text that is wrapped
        before the program runs, so that
        nothing is left to do.
    """, limit=24))
    print(toolbox.crc_table(), hex(toolbox.crc32(b"123456789")), agrees(b"corpus"))
    print(trace(sum(i for i in range(4))) + trace(LIMIT))
    print(converted(90, "min", "h"), converted(2, "h", "min"), converted(1, "inch", "m"))


if __name__ == "__main__":
    main()
