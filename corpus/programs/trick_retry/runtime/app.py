"""What `with` alone can't do: a block that is done again."""
from retrying import Flaky, retry


def fetch(source, log):
    """Reads until it works."""
    for trial in retry(3, ConnectionError):
        with trial as attempt:
            log.append(attempt)
            text = source.read()
            if text == "nothing":
                return None
    return text.upper()


def attempt_all(sources):
    results = []
    for source in sources:
        log = []
        try:
            results.append((fetch(source, log), log))
        except (ConnectionError, ValueError) as error:
            results.append((repr(error), log))
    return results


lost, odd = ConnectionError("lost"), ValueError("odd")
for result in attempt_all([
    Flaky("a"), Flaky(lost, "b"), Flaky(lost, lost, "nothing"), Flaky(lost, lost, lost, "c"),
    Flaky(lost, odd, "d"),
]):
    print(*result)

numbers = Flaky(lost, 1, lost, lost, 2)
total = 0
for _ in range(2):
    for trial in retry(3, ConnectionError):
        with trial:
            total += numbers.read()
print(total)
