//! Macro libraries that are installed: as they were written, or expanded with their compile-time
//! source beside them (language.md §13). A program that uses one prints what it does where nothing is
//! expanded and macros are plain functions.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test of the command")]

mod sandbox;

use std::process::Command;

use sandbox::{Run, Sandbox};

/// Where packages are in the environment `env`.
const SITE: &str = "env/lib/python3.12/site-packages";

/// At run time, a macro is the plain function that it is written as.
const STUB: &str = "def macro(x):\n    return x\n\n\ncomptime = unroll = macro\n";

/// A module with a macro that needs names of its module.
const TWICE: &str = "\
from uneval.meta import macro

RATE = 3

def helper(x):
    return x * RATE

@macro
def twice(x):
    return helper(x) + x - x
";

/// How a library is installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Expanded,
    Plain,
}

/// A library and a program: the files of the library; the program, a macro of which nothing may be
/// left in it.
struct Case {
    library: &'static [(&'static str, &'static str)],
    program: &'static str,
    gone: &'static str,
}

/// The folder of a test in which the library `lib` is written, and nothing installed.
fn project(files: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::new(&[("stub/uneval/meta.py", STUB.as_bytes())]);
    for (name, text) in files {
        sandbox.write(name, text);
    }
    sandbox.write("env/pyvenv.cfg", "home = /usr/bin\nversion = 3.12.1\n");
    std::fs::create_dir_all(sandbox.path(SITE)).unwrap();
    sandbox
}

/// Installs what is below the folder `library`.
#[track_caller]
fn install(sandbox: &Sandbox, library: &str, form: Form) {
    if form == Form::Expanded {
        return sandbox.run(&format!("expand {library} -o {SITE} --python env")).expect(0, "", "");
    }
    let below = format!("{library}/");
    for file in sandbox.files() {
        if let Some(name) = file.strip_prefix(&below) {
            sandbox.write(&format!("{SITE}/{name}"), sandbox.read(&file));
        }
    }
}

/// What `python3` prints for the program, with modules from these folders.
fn python(sandbox: &Sandbox, program: &str, folders: &[&str]) -> String {
    let paths = folders.iter().map(|folder| sandbox.path(folder));
    let mut command = Command::new("python3");
    command.args(["-B", "-X", "utf8"]).arg(sandbox.path(program));
    command.env("PYTHONPATH", std::env::join_paths(paths).unwrap());
    let Run { out, err, .. } = Run::of(command.output().unwrap());
    out + &err
}

/// Checks the law for a program with a library in one form.
#[track_caller]
fn check(Case { library, program, gone }: &Case, form: Form) {
    let sandbox = project(&[("app/app.py", program)]);
    for (name, text) in *library {
        sandbox.write(&format!("written/{name}"), text);
    }
    install(&sandbox, "written", form);
    sandbox.run("expand app -o out --python env").expect(0, "", "");
    let output = sandbox.read("out/app.py");
    assert!(!output.contains(gone), "{form:?} {library:?}:\n{output}");
    let wanted = python(&sandbox, "app/app.py", &["written", "stub"]);
    assert!(!wanted.contains("Traceback"), "{wanted}");
    let folders = match form {
        Form::Expanded => vec![SITE],
        Form::Plain => vec![SITE, "stub"],
    };
    assert_eq!(python(&sandbox, "out/app.py", &folders), wanted, "{form:?}:\n{output}");
}

const CASES: [Case; 11] = [
    Case {
        library: &[("lib.py", TWICE)],
        program: "from lib import twice\nn = 2\nprint(twice(n))\n",
        gone: "twice",
    },
    // Through modules that pass macros on and say nothing of compile time.
    Case {
        library: &[
            ("lib/__init__.py", "from .api import *\n"),
            ("lib/api.py", "from .core import *\n"),
            ("lib/core.py", "from lib.m import twice\n"),
            ("lib/m.py", TWICE),
        ],
        program: "from lib import twice\nfrom lib.core import twice as again\n\
                  n = 2\nprint(twice(n), again(n))\n",
        gone: "twice",
    },
    Case {
        library: &[("lib/__init__.py", "from . import m as macros\n"), ("lib/m.py", TWICE)],
        program: "import lib\nfrom lib import macros\n\
                  n = 2\nprint(lib.macros.twice(n), macros.twice(n), lib.m.RATE)\n",
        gone: "twice",
    },
    // Importing a package makes the modules that it imports its attributes.
    Case {
        library: &[("lib/__init__.py", "from .m import twice\n"), ("lib/m.py", TWICE)],
        program: "import lib\nn = 2\nprint(lib.m.RATE, lib.twice(n))\n",
        gone: "twice",
    },
    Case {
        library: &[("lib/__init__.py", "from .twice import twice\n"), ("lib/twice.py", TWICE)],
        program: "from lib import twice\nn = 2\nprint(twice(n))\n",
        gone: "twice(n)",
    },
    // Packages without files of their own.
    Case {
        library: &[("space/lib/__init__.py", ""), ("space/lib/m.py", TWICE)],
        program: "import space.lib.m\nfrom space.lib import m\nfrom space.lib.m import twice\n\
                  n = 2\nprint(space.lib.m.twice(n), m.twice(n), twice(n))\n",
        gone: "twice",
    },
    // The compile-time names come through another module.
    Case {
        library: &[
            ("lib/__init__.py", ""),
            (
                "lib/compat.py",
                "try:\n    from uneval.meta import macro\nexcept ImportError:\n    \
                 from cython.meta import macro\n",
            ),
            ("lib/m.py", "from .compat import macro\n\n@macro\ndef twice(x):\n    return x + x\n"),
        ],
        program: "from lib.m import twice\nn = 2\nprint(twice(n))\n",
        gone: "twice",
    },
    // A module without macros belongs to its library.
    Case {
        library: &[
            ("lib/__init__.py", ""),
            ("lib/state.py", "RATE = 3\n"),
            (
                "lib/m.py",
                "from uneval.meta import macro\nfrom . import state\nfrom .state import RATE\n\n\
                 @macro\ndef rates():\n    return state.RATE, RATE\n",
            ),
        ],
        program: "import lib.state\nfrom lib.m import rates\nfrom lib.state import RATE\n\
                  lib.state.RATE = 10\nprint(rates(), RATE)\n",
        gone: "rates",
    },
    Case {
        library: &[
            ("lib/__init__.py", "from .constants import TABLE\nfrom .functions import power\n"),
            (
                "lib/constants.py",
                "from uneval.meta import comptime\n\nTABLE = comptime({i: i * i for i in range(3)})\n",
            ),
            (
                "lib/functions.py",
                "from uneval.meta import unroll\n\n@unroll\ndef power(x, n):\n    r = x\n    \
                 for _ in range(n - 1):\n        r = r * x\n    return r\n",
            ),
        ],
        program: "from lib import TABLE, power\nn = 3\nprint(power(n, 2), TABLE)\n\
                  print(list(map(power, [2, 3], [2, 2])))\n",
        gone: "power(n",
    },
    Case {
        library: &[
            ("one/__init__.py", "from .m import twice\n"),
            ("one/m.py", TWICE),
            ("two/__init__.py", ""),
            (
                "two/m.py",
                "from one import twice\nfrom uneval.meta import macro\n\n\
                 @macro\ndef four_times(x):\n    return twice(twice(x))\n",
            ),
        ],
        program: "from two.m import four_times\nn = 2\nprint(four_times(n))\n",
        gone: "times",
    },
    Case {
        library: &[("lib/__init__.py", "print('lib')\n"), ("lib/m.py", TWICE)],
        program: "def f(n):\n    from lib.m import twice\n    return twice(n)\n\
                  print('start')\nprint(f(2))\n",
        gone: "twice",
    },
];

#[test]
fn expanded_libraries_keep_the_law() {
    CASES.iter().for_each(|case| check(case, Form::Expanded));
}

#[test]
fn libraries_in_plain_source_keep_the_law() {
    CASES.iter().for_each(|case| check(case, Form::Plain));
}

#[test]
fn one_project_uses_an_expanded_library_and_a_plain_one() {
    let sandbox = project(&[
        ("maclib/maclib/__init__.py", "from .m import twice\n"),
        ("maclib/maclib/m.py", TWICE),
        (
            "plainmac/plainmac.py",
            "from uneval.meta import macro\n\n@macro\ndef half(x):\n    return x / 2\n",
        ),
        ("app/pyproject.toml", "[project]\nname = \"app\"\n"),
        (
            "app/src/app.py",
            "from maclib import twice\nfrom plainmac import half\n\nn = 5\nprint(twice(n), half(n))\n",
        ),
    ]);
    install(&sandbox, "maclib", Form::Expanded);
    install(&sandbox, "plainmac", Form::Plain);
    let wanted = "from maclib.m import helper\n\nn = 5\nprint(helper(5) + 5 - 5, 2.5)\n";
    let expands = |arguments: &str, environment: Option<&str>| {
        let mut command = sandbox.command(arguments);
        command.env_remove("VIRTUAL_ENV");
        command.envs(environment.map(|folder| ("VIRTUAL_ENV", sandbox.path(folder))));
        Run::of(command.output().unwrap()).expect(0, wanted, "");
    };
    expands("expand app/src/app.py --python env", None);
    expands("expand app/src/app.py", Some("env"));
    let settings = "[project]\nname = \"app\"\n\n[tool.uneval]\nenvironment = \"../env\"\n";
    sandbox.write("app/pyproject.toml", settings);
    expands("expand app/src/app.py", None);
    // In the folder of the project, where its environment mostly is.
    std::fs::rename(sandbox.path("env"), sandbox.path("app/.venv")).unwrap();
    sandbox.write("app/pyproject.toml", settings.replace("../env", ".venv"));
    expands("expand app/src/app.py", None);
    sandbox.write("out/app.py", wanted);
    let site = SITE.replace("env/", "app/.venv/");
    assert_eq!(python(&sandbox, "out/app.py", &[&site]), "15 2.5\n");
}

#[test]
fn macros_that_the_python_chooses_go_with_their_source() {
    let sandbox = project(&[
        ("pyproject.toml", "[project]\nname = \"app\"\nrequires-python = \">=3.9\"\n"),
        (
            "written/lib/__init__.py",
            "import sys\n\nif sys.version_info >= (3, 8):\n    from .new import twice\nelse:\n    from .old import twice\n",
        ),
        ("written/lib/new.py", TWICE),
        ("written/lib/old.py", TWICE),
        ("app.py", "from lib import twice\n\nprint(twice(2))\n"),
    ]);
    install(&sandbox, "written", Form::Expanded);
    let wanted = "from lib.new import helper\n\nprint(helper(2) + 2 - 2)\n";
    sandbox.run("expand app.py --python env").expect(0, wanted, "");
    // Where it isn't known which, it is told.
    sandbox.write("pyproject.toml", "");
    let run = sandbox.run("expand app.py --python env");
    assert!(run.err.starts_with("error[E0204]: "), "{}", run.err);
}

#[test]
fn projects_that_are_installed_as_they_stand_are_found() {
    let sandbox = project(&[
        ("maclib/src/maclib/__init__.py", ""),
        ("maclib/src/maclib/m.py", TWICE),
        ("app/pyproject.toml", ""),
        ("app/src/app/__init__.py", ""),
        (
            "app/src/app/main.py",
            "from uneval.meta import comptime\nfrom maclib.m import twice\n\nFILE = comptime(__file__)\nn = 2\nprint(twice(n))\n",
        ),
    ]);
    let at = |folder: &str| sandbox.path(folder).display().to_string();
    sandbox.write(&format!("{SITE}/__editable__.maclib-1.0.pth"), at("maclib/src"));
    // The project itself is its own still.
    sandbox.write(&format!("{SITE}/app.pth"), format!("import app_hook\n{}\n", at("app/src")));
    let wanted = "from maclib.m import helper\n\nFILE = \"src/app/main.py\"\nn = 2\nprint(helper(2) + 2 - 2)\n";
    sandbox.run("expand app/src/app/main.py --python env").expect(0, wanted, "");
}

#[test]
fn findings_point_into_the_compile_time_source() {
    let sandbox = project(&[
        ("written/lib/__init__.py", ""),
        ("written/lib/m.py", TWICE),
        ("app.py", "from lib.m import twice\n\nprint(twice())\n"),
    ]);
    install(&sandbox, "written", Form::Expanded);
    let run = sandbox.run("expand app.py --python env");
    assert_eq!(run.status, 1);
    let place = format!("{SITE}/lib/m.py.uneval:9:5");
    assert!(run.err.contains(&place) && run.err.contains("def twice(x):"), "{}", run.err);
    sandbox.write(&format!("{SITE}/lib/m.py.uneval"), "from uneval.meta import macro\ndef (\n");
    let run = sandbox.run("expand app.py --python env");
    assert!(run.err.starts_with("error[E0103]: "), "{}", run.err);
    assert!(run.err.contains("lib/m.py.uneval:2:5"), "{}", run.err);
}

#[test]
fn compile_time_source_of_another_version_is_refused() {
    let sandbox = project(&[
        ("written/lib/__init__.py", ""),
        ("written/lib/m.py", TWICE),
        ("app.py", "from lib.m import twice\n\nn = 2\nprint(twice(n))\n"),
    ]);
    install(&sandbox, "written", Form::Expanded);
    sandbox.write(&format!("{SITE}/lib/m.py"), "def assistant(x):\n    return x * 3\n");
    let run = sandbox.run("expand app.py --python env");
    assert_eq!((run.status, &*run.out), (1, ""));
    let wanted = "error[E0211]: `lib.m` has no `helper` as it is installed\n";
    assert!(run.err.starts_with(wanted), "{}", run.err);
    assert!(
        run.err.contains("`m.py` isn't what `m.py.uneval` beside it expands to"),
        "{}",
        run.err
    );
    // A module may have names that the text doesn't show.
    sandbox.write(&format!("{SITE}/lib/m.py"), "def __getattr__(name):\n    return abs\n");
    assert_eq!(sandbox.run("expand app.py --python env").status, 0);
}

#[test]
fn modules_that_a_library_lacks_are_told() {
    let sandbox = project(&[
        ("written/lib/__init__.py", "from .m import twice\n"),
        ("written/lib/m.py", TWICE),
        ("written/lib/plain.py", "x = 1\n"),
        (
            "there.py",
            "import lib.plain\nfrom lib import twice, fast\nfrom lib.fast import f\n\nprint(twice(2), lib.plain.x)\n",
        ),
        (
            "app.py",
            "from lib import twice\nfrom lib.typo import twice as again\n\nprint(twice(2), again(2))\n",
        ),
    ]);
    install(&sandbox, "written", Form::Expanded);
    sandbox.write(&format!("{SITE}/lib/fast.cpython-312-x86_64-linux-gnu.so"), "");
    assert_eq!(sandbox.run("expand there.py --python env").err, "");
    let run = sandbox.run("expand app.py --python env");
    assert!(run.err.starts_with("error[E0201]: there is no module `lib.typo`\n"), "{}", run.err);
    assert!(
        run.err.contains(&format!("it was looked for at `{SITE}/lib/typo.py`\n")),
        "{}",
        run.err
    );
}

#[test]
fn packages_without_macros_are_of_the_world() {
    let sandbox = project(&[(
        "app.py",
        "from uneval.meta import comptime\n\n@comptime\ndef rate():\n    import fast\n    return fast.RATE\n\nprint(comptime(rate()))\n",
    )]);
    let package = "try:\n    import cython\nexcept ImportError:\n    cython = None\nRATE = 3\n";
    sandbox.write(&format!("{SITE}/fast/__init__.py"), package);
    let run = sandbox.run("expand app.py --python env");
    assert!(run.err.contains("`packages = [\"fast\"]` in [tool.uneval] opens it"), "{}", run.err);
}

#[test]
fn the_source_goes_with_its_output() {
    let sandbox = project(&[
        ("src/lib/__init__.py", "from .m import twice\n"),
        ("src/lib/m.py", TWICE),
        ("src/lib/use.py", "from .m import twice, RATE\n\nprint(twice(RATE))\n"),
        ("src/lib/star.py", "from .m import *\n"),
        ("src/lib/plain.py", "x = 1\n"),
        ("src/env/pyvenv.cfg", ""),
        ("src/env/lib/python3.12/site-packages/other.py", TWICE),
    ]);
    let companions = || -> Vec<String> {
        let files = sandbox.files().into_iter();
        files
            .filter_map(|f| f.strip_prefix("out/")?.strip_suffix(".uneval").map(str::to_owned))
            .collect()
    };
    sandbox.run("expand src -o out").expect(0, "", "");
    // What a star brings is found by the source of the other module.
    assert_eq!(companions(), ["lib/__init__.py", "lib/m.py", "lib/use.py"]);
    assert_eq!(sandbox.read("out/lib/m.py.uneval"), TWICE);
    // It is found where only the outputs are.
    sandbox.write("use.py", "from lib import twice\n\nprint(twice(3))\n");
    let expanded = "from lib.m import helper\n\nprint(helper(3) + 3 - 3)\n";
    sandbox.run("expand use.py --root out").expect(0, expanded, "");
    // Where the macros are gone, so is the source.
    sandbox.write("src/lib/m.py", "RATE = 3\n\ndef twice(x):\n    return x\n");
    sandbox.run("expand src -o out").expect(0, "", "");
    assert!(companions().is_empty(), "{:?}", companions());
    // A file that isn't written keeps what goes with it.
    sandbox.write("src/lib/m.py", TWICE);
    sandbox.run("expand src -o out").expect(0, "", "");
    sandbox.write("src/lib/m.py", "from uneval.meta import macro\ndef (\n");
    assert_eq!(sandbox.run("expand src -o out").status, 1);
    assert_eq!(sandbox.read("out/lib/m.py.uneval"), TWICE);
}

#[test]
fn environments_that_are_not_there_are_told() {
    let sandbox = project(&[("app.py", "x = 1\n"), ("pyproject.toml", "")]);
    let folder = sandbox.path("gone");
    sandbox.run("expand app.py --python gone").refuses("python gone: there is no such interpreter");
    let why = "python app.py: no folder of packages belongs to it";
    sandbox.run("expand app.py --python app.py").refuses(why);
    let mut command = sandbox.command("expand app.py");
    let run = Run::of(command.env("VIRTUAL_ENV", &folder).output().unwrap());
    run.refuses(&format!("VIRTUAL_ENV {}: there is no such folder", folder.display()));
    sandbox.write("pyproject.toml", "[tool.uneval]\nenvironment = \"gone\"\n");
    let run = sandbox.run("expand app.py");
    run.refuses(&format!("environment {}: there is no such folder", folder.display()));
}
