# An import in a class that does something is done there; one that does nothing may go before the class.
import first

print("before")


class Plan:
    from tools import step

    value = step(1)

    def go(self, x):
        return x


print(Plan.value, Plan().go(2))


class Quiet:
    from calm import half

    value = half(8)


print(Quiet.value)
