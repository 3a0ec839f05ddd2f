# The two modules import each other as they are, and do no worse afterwards.
import part

print(part.f(1), part.g(2))
