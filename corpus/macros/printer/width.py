# Expressions are laid out at 88 columns, as brackets and operators allow.
from cython.meta import macro, uneval


@macro
def same(x):
    return uneval(x)


def f(first_argument, second_argument, third_argument, fourth_argument):
    short = same(first_argument   +   second_argument)
    fits = same(
        first_argument + second_argument * third_argument -
        fourth_argument + 1234567
    )
    total = same(
        first_argument + second_argument * third_argument -
        fourth_argument + first_argument * 2
    )
    call = same(
        first_argument(second_argument, third_argument,
        *fourth_argument, key=first_argument, other=2)
    )
    nested = same(
        first_argument(second_argument(third_argument,
        [fourth_argument, first_argument]), {"key": third_argument})
    )
    display = same(
        {"first": first_argument, "second": second_argument, "third":
        [third_argument, fourth_argument]}
    )
    choice = same(
        first_argument.attribute if second_argument.attribute and
        third_argument else fourth_argument.value
    )
    logic = same(
        first_argument and second_argument or third_argument and
        fourth_argument or first_argument[0]
    )
    compared = same(
        first_argument.first_attribute <
        second_argument.second_attribute <= third_argument.attribute
    )
    comprehension = same(
        [first_argument(item, second_argument) for item in
        third_argument if item not in fourth_argument]
    )
    function = same(
        lambda value, other=first_argument: value + other +
        second_argument + third_argument + fourth_argument
    )
    chain = same(

        first_argument.method_one(second_argument).method_two(third_argument).method_three(fourth_argument)
    )
    index = same(
        first_argument[second_argument : third_argument,
        fourth_argument : first_argument, second_argument]
    )
    text = same("a long text that is kept as one piece however long it is, for it can't be broken")
    wrapped(same(
        first_argument + second_argument * third_argument -
        fourth_argument + first_argument * 2)
    )
    if same(
        first_argument and second_argument or third_argument and
        fourth_argument or first_argument[0]
    ):
        return same(
            (first_argument, second_argument, third_argument,
            fourth_argument, first_argument, second_argument)
        )
    deep = [[[[same(
        first_argument + second_argument * third_argument -
        fourth_argument + first_argument
    )]]]]
    total += same(
        first_argument ** second_argument ** third_argument **
        fourth_argument ** first_argument
    )
    return same(-first_argument), short, fits, call, nested, display, choice, logic, compared
