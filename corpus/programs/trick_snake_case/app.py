"""A class from a library that was written in another style."""
import inspect

from naming import snake_case


@snake_case
class Robot:
    """Moves about."""

    maxSpeed = 3
    homePlace: tuple = (0, 0)
    topSpeed = maxSpeed * 2
    HTTPPort = 80
    _lastError = None
    LIMIT = 10

    def __init__(self, startPlace=homePlace):
        self.place = startPlace
        self.log = []

    def moveTo(self, newPlace, *, atSpeed=maxSpeed):
        """Goes somewhere."""
        self.log.append((self.place, newPlace, atSpeed))
        self.place = newPlace
        return self

    def goHome(self):
        return self.move_to(self.home_place)

    @property
    def lastMove(self):
        """The move before this one."""
        return self.log[-1]

    @lastMove.setter
    def lastMove(self, newMove):
        self.log.append(newMove)

    @staticmethod
    def kindOf(x):
        return type(x).__name__

    @classmethod
    def parkedAt(cls, x, y):
        return cls((x, y))


robot = Robot().move_to((2, 3)).move_to((5, 5), atSpeed=9).go_home()
print(robot.place, robot.log, robot.last_move)
robot.last_move = "by hand"
print(robot.log[-1], Robot.kind_of(1), Robot.parked_at(1, 2).place)
print([name for name in vars(Robot) if name == "__init__" or not name.endswith("__")])
print(Robot.max_speed, Robot.top_speed, Robot.http_port, Robot.LIMIT, Robot.__annotations__)
print(Robot.move_to.__qualname__, inspect.signature(Robot.move_to), Robot.last_move.__doc__)
try:
    robot.moveTo
except AttributeError as error:
    print(error)


class Quick(Robot):
    def go_home(self):
        return super().go_home().place


print(Quick((7, 7)).go_home(), Quick.__doc__, Robot.__doc__)
