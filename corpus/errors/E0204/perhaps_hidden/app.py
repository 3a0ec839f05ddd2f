from kit import shape

print(shape.area(3))
