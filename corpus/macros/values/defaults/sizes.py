N = 3
WORDS = ("a", "b")
DOUBLED = N * 2
