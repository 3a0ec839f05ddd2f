"""Stands in for the operating system at compile time: there is none."""


import sys


def refuse(name, lacks="operating system"):
    def refused(*args, **kwargs):
        raise OSError(f"compile-time code has no {lacks}: {name}() can't be called")

    refused.__name__ = refused.__qualname__ = name
    return refused


for _name in """
    _exit abort access chdir chmod chown close ctermid dup dup2 execl execv execve execvp fchmod fchown
    fdopen fstat fsync ftruncate get_terminal_size getegid geteuid getgid
    getgroups getloadavg getlogin getpgid getppid getrandom getuid isatty kill killpg link listdir
    lseek lstat makedirs memfd_create mkdir mkfifo mknod nice open openpty pipe popen putenv
    read readlink remove removedirs rename renames replace rmdir scandir sendfile setgid setsid setuid
    spawnl spawnv startfile stat statvfs strerror symlink sync sysconf system times truncate ttyname umask
    unlink unsetenv urandom utime wait waitpid waitstatus_to_exitcode WIFSTOPPED WSTOPSIG walk fwalk write
""".split():
    globals()[_name] = refuse("os." + _name)


def is_asked_by_package():
    """Whether code of an installed package asks, perhaps by the library: it looks what the system has
    to tell, and does without."""
    frame = sys._getframe(2)
    while frame is not None:
        file = frame.f_globals.get("__file__")
        if isinstance(file, str):
            return file.startswith("/site-packages/")
        frame = frame.f_back
    return False


def getcwd():
    if is_asked_by_package():
        return "/"
    raise OSError("compile-time code has no operating system: os.getcwd() can't be called")


def getcwdb():
    return getcwd().encode()


WNOHANG = 1


def getpid():
    return 1


error = OSError


class _Environment(dict):
    def __missing__(self, name):
        raise KeyError(f"{name}: compile-time code has no environment")


environ = _Environment()
