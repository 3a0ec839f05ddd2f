"""Stands in for the operating system at compile time: there is none."""


def _refuse(name):
    def refused(*args, **kwargs):
        raise OSError(f"compile-time code has no operating system: {name}() can't be called")

    refused.__name__ = name
    return refused


for _name in """
    access chdir chmod chown close cpu_count dup execv execve fstat getcwd getpid getrandom
    kill link listdir lstat mkdir open pipe popen putenv read readlink remove rename replace rmdir
    scandir stat symlink system times truncate uname unlink unsetenv urandom utime waitpid write
""".split():
    globals()[_name] = _refuse(_name)

error = OSError


class _Environment(dict):
    def __missing__(self, name):
        raise KeyError(f"{name}: compile-time code has no environment")


environ = _Environment()
