# The mistake is in the module that the macro comes from.
from broken import m

print(m(1))
