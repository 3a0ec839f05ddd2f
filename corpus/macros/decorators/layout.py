# The text around a definition stays as it is; what it leaves stands where it stood.
from cython.meta import macro, uneval, quote
x = 1; y = 2  # before


@macro
def same(function):
    return uneval(function)


@macro
def logged(function, *words):
    tree = uneval(function)
    with quote as line:
        print(words)
    tree.body.insert(0, line)
    return tree


@macro
def gone(function):
    uneval(function)


class A:
	# a tab
	@logged("a",
		"b",  # the second
	)
	# between
	def f(self):
		if True:
			return """
	two lines
""" # after the text
		# at the end of f

	# at the end of A
	pass
# below A
@same

# between

def g(a, b = 2,
      *, c=  3):  # spaces of its own
    return (a+b
            +c)
    # at the end of g

    # and on
# below g
if x:
  # two columns
  @logged()
  def h(): return 'h'   # short
  z = 3
@gone
def i():
    pass
    # in i
# below i


@gone
class J: pass



print(A().f(), g(1), h(), z)
@logged("last")
def k(): pass
print(k())