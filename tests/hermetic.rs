//! Compile-time code tries every way out that its authors could think of (language.md §10): each
//! is refused, or comes to the same on every machine, at every moment, in whatever order.
//!
//! `tests/hermetic/*.txt` holds the ways. `=== what it tries | what comes of it` stands above the
//! body of a function: the words of the refusal or the source of the value, or `same` if it just
//! has to be the same whenever it is asked for.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test of the command")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What must not come out.
const TEMPTATION: &str = "TEMPTATION";

/// A way out.
struct Way {
    what: String,
    expected: String,
    body: String,
}

impl Way {
    /// The ways that a text tells of.
    fn all(text: &str) -> Vec<Way> {
        let blocks = text.split("=== ").skip(1);
        blocks
            .map(|block| {
                let (head, body) = block.split_once('\n').unwrap();
                let (what, expected) = head.split_once(" | ").unwrap();
                Way { what: what.into(), expected: expected.into(), body: body.into() }
            })
            .collect()
    }

    /// A program that tries it.
    fn program(&self) -> String {
        let body: String = self.body.lines().map(|line| format!("    {line}\n")).collect();
        format!(
            "from cython.meta import comptime\n\n\n@comptime\ndef way():\n{body}\n\n\
             VALUE = comptime(way())\n"
        )
    }
}

/// What came of a program: its expansion, if there is one, and what was said of it.
#[derive(Debug, Default, PartialEq)]
struct Result {
    output: Option<String>,
    said: String,
}

/// A run of the command in a folder of its own, with what might tempt.
struct World {
    folder: tempfile::TempDir,
    environment: Vec<(&'static str, String)>,
}

impl World {
    /// A folder with these programs, and environment variables that are set there.
    fn new(programs: &[(String, String)], environment: &[(&'static str, &str)]) -> World {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        for name in ["secret.txt", "secret.zip", "secret.db"] {
            write(name, TEMPTATION);
        }
        write("tempting.py", &format!("SECRET = '{TEMPTATION}'\n"));
        for (name, text) in programs {
            write(name, text);
        }
        let environment = environment.iter().map(|(name, value)| (*name, value.to_string()));
        World { folder, environment: environment.collect() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Expands the programs in this order.
    fn expand(&self, programs: &[&String]) -> BTreeMap<String, Result> {
        let before = listing(self.path());
        let out = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_uneval"));
        command.env_clear().envs(self.environment.iter().cloned()).current_dir(self.path());
        command.arg("expand").args(programs).arg("-o").arg(out.path()).stdin(Stdio::null());
        let run = command.output().unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        assert!(matches!(run.status.code(), Some(0 | 1)), "{said}");
        assert_eq!(String::from_utf8(run.stdout).unwrap(), "");
        assert_eq!(listing(self.path()), before, "something was written");
        let here = self.path().to_string_lossy().into_owned();
        for leak in [TEMPTATION, &here, env!("CARGO_BIN_EXE_uneval"), env!("CARGO_MANIFEST_DIR")] {
            assert!(!said.contains(leak), "{leak} in {said}");
        }
        let mut results = BTreeMap::new();
        for name in programs {
            let output = fs::read_to_string(out.path().join(name)).ok();
            for leak in [TEMPTATION, &here, env!("CARGO_BIN_EXE_uneval")] {
                assert!(!output.as_ref().is_some_and(|o| o.contains(leak)), "{leak} in {output:?}");
            }
            results.insert((*name).clone(), Result { output, said: about(&said, name) });
        }
        results
    }
}

/// The findings about a file, of all that was said.
fn about(said: &str, name: &str) -> String {
    let mut findings: Vec<String> = Vec::new();
    for line in said.lines() {
        match findings.last_mut() {
            // A finding begins at the margin, as does what is counted at the end.
            Some(last) if line.starts_with(' ') || line.is_empty() || line.contains('│') => {
                last.push_str(line);
                last.push('\n');
            }
            _ => findings.push(format!("{line}\n")),
        }
    }
    let place = format!("┌─ {name}:");
    findings.into_iter().filter(|finding| finding.contains(&place)).collect()
}

/// All there is in a folder, with what is in the files.
fn listing(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    let read = |entry: fs::DirEntry| {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let is_small = entry.metadata().is_ok_and(|metadata| metadata.len() < 1 << 20);
        let bytes = if is_file && is_small { fs::read(entry.path()).unwrap() } else { Vec::new() };
        (entry.file_name().to_string_lossy().into_owned(), bytes)
    };
    entries.map(read).collect()
}

/// Tries the ways, twice: in two places, environments, time zones and orders.
fn try_all(text: &str) {
    let ways = Way::all(text);
    let programs: Vec<(String, String)> = (0..)
        .zip(&ways)
        .map(|(number, way): (u32, _)| (format!("way{number:02}.py"), way.program()))
        .collect();
    let mut names: Vec<&String> = programs.iter().map(|(name, _)| name).collect();
    let long = "x".repeat(5000);
    let first = World::new(
        &programs,
        &[
            (TEMPTATION, TEMPTATION),
            ("HOME", TEMPTATION),
            ("USER", TEMPTATION),
            ("PYTHONPATH", "."),
            ("RUSTPYTHONPATH", "."),
            ("PYTHONBREAKPOINT", "tempting.SECRET"),
            ("PYTHONHASHSEED", "17"),
            ("LC_ALL", "de_DE.UTF-8"),
            ("TZ", "Asia/Tokyo"),
            ("LONG", &long),
        ],
    );
    let results = first.expand(&names);
    let second = World::new(&programs, &[("TZ", "America/New_York"), ("LC_ALL", "C")]);
    names.reverse();
    let again = second.expand(&names);
    let mut wrong = Vec::new();
    for ((name, _), way) in programs.iter().zip(&ways) {
        let (result, again) = (&results[name], &again[name]);
        if result != again {
            wrong.push(format!("{}: {result:?} and then {again:?}", way.what));
        }
        let value = result.output.as_ref().and_then(|output| output.split("VALUE = ").nth(1));
        let is_expected = match value {
            Some(value) => {
                way.expected == "same"
                    || value.trim_end() == way.expected
                    || result.said.contains(&way.expected)
            }
            None => result.said.contains(&way.expected),
        };
        if !is_expected {
            wrong.push(format!("{}: {result:?}, not {}", way.what, way.expected));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn there_is_no_clock() {
    try_all(include_str!("hermetic/clock.txt"));
}

#[test]
fn there_are_no_files() {
    try_all(include_str!("hermetic/files.txt"));
}

#[test]
fn there_is_no_chance() {
    try_all(include_str!("hermetic/randomness.txt"));
}

#[test]
fn objects_have_no_addresses() {
    try_all(include_str!("hermetic/identity.txt"));
}

#[test]
fn there_is_no_machine() {
    try_all(include_str!("hermetic/machine.txt"));
}

#[test]
fn there_is_nothing_outside() {
    try_all(include_str!("hermetic/outside.txt"));
}

#[test]
fn what_is_written_is_said() {
    try_all(include_str!("hermetic/streams.txt"));
}

#[cfg(unix)]
#[test]
fn embed_stays_below_the_root() {
    use std::os::unix::fs::symlink;
    let embed = |path: &str| {
        let call = format!("VALUE = comptime(embed({path}, binary=True))");
        format!("from cython.meta import comptime, embed\n{call}\n")
    };
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.txt"), TEMPTATION).unwrap();
    let absolute = format!("{:?}", outside.path().join("secret.txt"));
    let above = "it isn't below the source root";
    let link = "a link leads out of the source root";
    let special = "it is a device or a pipe, not a file";
    let cases = [
        ("'own.txt'", "VALUE = b'own'"),
        ("'folder/../own.txt'", "VALUE = b'own'"),
        ("'link_below'", "VALUE = b'own'"),
        ("'folder/link_up'", "VALUE = b'own'"),
        ("'chain'", "VALUE = b'own'"),
        (&absolute, above),
        ("'/etc/passwd'", above),
        ("'/dev/zero'", above),
        ("'../secret.txt'", above),
        ("'folder/../../secret.txt'", above),
        ("'link_out'", link),
        ("'folder_out/secret.txt'", link),
        ("'folder_out/../own.txt'", "VALUE = b'own'"),
        ("'chain_out'", link),
        ("'link_absolute'", link),
        ("'process/self/environ'", link),
        ("'zero'", link),
        ("'pipe'", special),
        ("'folder'", "it is a folder"),
        ("''", "it is a folder"),
        ("'.'", "it is a folder"),
        ("'circle'", "can't be embedded"),
        ("'lost'", "there is no such file"),
        ("'sparse'", "can't be embedded"),
        ("'nothing'", "there is no such file"),
        ("'own.txt\\0'", "can't be embedded"),
        ("'\\udc80'", "there is no such file"),
        ("'n' * 5000", "can't be embedded"),
    ];
    let numbered = (0..).zip(&cases);
    let programs: Vec<(String, String)> = numbered
        .map(|(number, (path, _)): (u32, _)| (format!("way{number:02}.py"), embed(path)))
        .collect();
    let world = World::new(&programs, &[(TEMPTATION, TEMPTATION)]);
    let at = |name: &str| world.path().join(name);
    fs::write(at("own.txt"), "own").unwrap();
    fs::create_dir(at("folder")).unwrap();
    // Larger than all memory that there is to have.
    fs::File::create(at("sparse")).unwrap().set_len(1 << 40).unwrap();
    for (link, target) in [
        ("link_below", "own.txt"),
        ("folder/link_up", "../own.txt"),
        ("chain", "folder/link_up"),
        ("chain_out", "link_out"),
        ("process", "/proc"),
        ("zero", "/dev/zero"),
        ("circle", "circle"),
        ("lost", "nowhere"),
    ] {
        symlink(target, at(link)).unwrap();
    }
    symlink(outside.path().join("secret.txt"), at("link_absolute")).unwrap();
    symlink(outside.path(), at("folder_out")).unwrap();
    let name = outside.path().file_name().unwrap();
    symlink(Path::new("..").join(name).join("secret.txt"), at("link_out")).unwrap();
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    let results = world.expand(&programs.iter().map(|(name, _)| name).collect::<Vec<_>>());
    for ((name, _), (path, expected)) in programs.iter().zip(&cases) {
        let Result { output, said } = &results[name];
        let come = output.as_deref().unwrap_or(said);
        let come = come.replace('"', "'");
        assert!(come.contains(expected), "{path}: {come}");
    }
}

/// Does to the library, and to what native code keeps, all it can.
const SPOIL: &str = "\
import abc, builtins, collections.abc, csv, gc, io, json, math, random, re, sys, warnings, zlib
math.pi = 3
builtins.len = lambda of: 7
builtins.hidden = 'left behind'
sys.modules['json'] = math
json.decoder.scanner = None
json.JSONEncoder.item_separator = '!'
collections.OrderedDict.left = io.UnsupportedOperation.left = zlib.error.left = 1
random.seed(3)
sys.setrecursionlimit(500)
sys.set_int_max_str_digits(1000)
warnings.simplefilter('error')
csv.register_dialect('left')
collections.abc.Sequence.register(type(sys))
re.compile = None
gc.disable()
gc.callbacks.append(print)
class Left(Exception): pass
sys.left = [Left, Left()]
sys.left.append(sys.left)
sys.path.append('left')
sys.settrace(lambda *event: None)
id(object())
return 1
";

/// What of that might be seen.
const LOOK: &str = "\
import abc, builtins, collections.abc, csv, gc, io, json, math, random, re, sys, warnings, zlib
counts = [abc.get_cache_token(), gc.get_count(), gc.isenabled(), len(gc.callbacks), csv.list_dialects()]
known = [each.__name__ for each in Exception.__subclasses__()]
left = [hasattr(each, 'left') for each in (collections.OrderedDict, io.UnsupportedOperation, zlib.error, sys)]
limits = [sys.getrecursionlimit(), sys.get_int_max_str_digits(), sys.gettrace(), sys.path]
texts = [json.dumps([1, 2]), hasattr(builtins, 'hidden'), random.random(), len(warnings.filters)]
return [math.pi, builtins.len('abc'), id(object()), counts, known, left, limits, texts]
";

#[test]
fn nothing_is_left_for_other_files() {
    let way = |body: &str| {
        Way { what: String::new(), expected: String::new(), body: body.into() }.program()
    };
    let mut programs = Vec::new();
    for number in 0..6 {
        programs.push((format!("look{number}.py"), way(LOOK)));
        programs.push((format!("spoil{number}.py"), way(SPOIL)));
    }
    let world = World::new(&programs, &[]);
    let results = world.expand(&programs.iter().map(|(name, _)| name).collect::<Vec<_>>());
    assert!(results["spoil0.py"].output.is_some(), "{}", results["spoil0.py"].said);
    let seen = results["look0.py"].output.as_ref();
    assert!(seen.is_some_and(|seen| seen.contains("3.141592653589793")), "{results:?}");
    for number in 1..6 {
        assert_eq!(results[&format!("look{number}.py")].output.as_ref(), seen);
    }
}
