from paths import both, has_path, kind, steps

def show(tree, x):
    print(has_path(tree, ["a"]), has_path(tree, ["a", "b"]), has_path(tree, ["c"]))
    print(has_path(tree, [("a", 1)]), has_path(tree, [("a", 2)]), has_path(tree, ["a"]))
    print(kind([1, 2], x), kind({"k": 1}, x), kind({1, 2}, x), kind([1], x), kind([[1, 2]], x))
    print(both(x), steps(x))

show({"a": {"b": 1}, ("a", 1): 2}, 3)
