# Tabs stay, and count in the layout.
from cython.meta import macro, uneval


@macro
def twice(x):  # uneval: ignore[W0310]
	return uneval(x + x)


def f(first_argument, second_argument, third_argument):
	if first_argument:
		return	twice(first_argument(second_argument, third_argument) + third_argument(2))	# tab
	else:
		twice(1)
