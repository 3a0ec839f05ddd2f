//! Pictures of trees, and trees as JSON: what `corpus/pictures/` looks like in each form, and laws
//! that hold of every tree of the corpus.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "reads the corpus")]

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

use rustpython_parser::parse_module;
use rustpython_text_size::{TextRange, TextSize};
use uneval::tree::picture::{self, Ink, Titled};
use uneval::tree::{Layout, Node, Op, Place, Plain, from_json, lower_body, to_json};
use uneval::{Driver, Files, Limits, NoTree, Options, Spot};
use uneval::{FileId, LineColumn, Source};

/// A thread's stack: trees are taken down, and compared, as deep as they are.
const STACK: usize = 1 << 30;

fn with_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap()
}

/// The files of this machine.
struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn is_dir(&self, path: &Path) -> bool {
        path.is_dir()
    }
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn json(tree: &Node) -> String {
    to_json(tree, &mut |_| None).unwrap()
}

/// The tree of a file of `corpus/pictures/`: of the code in it, or as JSON has it.
fn tree(name: &str) -> Node {
    let text = std::fs::read_to_string(corpus().join("pictures").join(name)).unwrap();
    if name.ends_with(".json") {
        return from_json(&text).unwrap();
    }
    let mut driver = Driver::new(&Disk, Options::default());
    let mut trees = driver.trees_of_code(&text).unwrap();
    trees.remove(0).tree
}

fn compare(name: &str) {
    let (title, tree) = (name.to_owned(), tree(name));
    let trees = [Titled { title: Some(title), tree }];
    let forms = [
        ("text", picture::text(&trees, Ink::Plain)),
        ("json", json(&trees[0].tree)),
        ("dot", picture::dot(&trees)),
        ("svg", picture::svg(&trees)),
    ];
    let mut shown = String::new();
    for (form, text) in forms {
        let line = "─".repeat(84_usize - form.len());
        let _ = writeln!(shown, "── {form} {line}\n{}", text.trim_end());
    }
    let mut settings = insta::Settings::clone_current();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/pictures");
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name.split('.').next().unwrap_or(name), shown));
}

#[test]
fn a_derivative() {
    compare("derivative.py");
}

#[test]
fn a_call() {
    compare("call.py");
}

#[test]
fn a_definition() {
    compare("definition.py");
}

#[test]
fn statements_from_left_to_right() {
    compare("statements.py");
}

#[test]
fn constants() {
    compare("constants.py");
}

#[test]
fn nodes_that_occur_again() {
    compare("shared.json");
}

#[test]
fn colours_change_nothing_but_colours() {
    let trees = [Titled { title: Some("t".into()), tree: tree("definition.py") }];
    let coloured = picture::text(&trees, Ink::Coloured);
    let mut pieces = coloured.split('\u{1b}');
    let mut bare = pieces.next().unwrap().to_owned();
    bare.extend(pieces.map(|piece| piece.split_once('m').unwrap().1));
    assert_eq!(bare, picture::text(&trees, Ink::Plain));
}

#[test]
fn control_characters_of_literals_are_not_shown() {
    let mut driver = Driver::new(&Disk, Options::default());
    let trees = driver.trees_of_code("f('\u{1b}[2J\t', \"\"\"a\u{c}\n\"\"\")").unwrap();
    for picture in [picture::text(&trees, Ink::Plain), picture::dot(&trees), picture::svg(&trees)] {
        assert!(!picture.contains(|c: char| c.is_control() && c != '\n'), "{picture}");
    }
}

/// To make it anew: `uneval tree corpus/pictures/derivative.py:1 --svg -o book/src/derivative.svg`.
#[test]
fn the_picture_in_the_book_is_up_to_date() {
    let trees = [Titled { title: None, tree: tree("derivative.py") }];
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src/derivative.svg");
    assert!(std::fs::read_to_string(book).unwrap() == picture::svg(&trees));
}

/// The trees of all files of the corpus.
fn all_trees() -> Vec<(PathBuf, Node)> {
    let (mut folders, mut found) = (vec![corpus()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "py")
                && let Ok(bytes) = std::fs::read(&path)
                && let Ok(source) = Source::decode("", &bytes)
                && let Ok(parsed) = parse_module(source.text())
            {
                let text = source.text();
                let layout = Layout::new(text, parsed.tokens());
                let within = TextRange::up_to(TextSize::of(text));
                let body = &parsed.syntax().body;
                found.push((path, lower_body(body, FileId(0), text, &layout, within, &mut Plain)));
            }
        }
    }
    found
}

#[test]
fn every_tree_comes_back_from_json() {
    with_stack(|| {
        let trees = all_trees();
        assert!(trees.len() > 100, "where is the corpus?");
        for (path, tree) in trees {
            let read = from_json(&json(&tree));
            let read = read.unwrap_or_else(|why| panic!("{}: {}", path.display(), why.message));
            assert!(read == tree, "{} comes back as another tree", path.display());
            assert_eq!(json(&read), json(&tree), "{}", path.display());
        }
    });
}

#[test]
fn every_tree_has_pictures() {
    with_stack(|| {
        for (path, tree) in all_trees() {
            let trees = [Titled { title: None, tree }];
            let text = picture::text(&trees, Ink::Plain);
            let shown = text.lines().count();
            assert!(shown as u64 <= trees[0].tree.size() + 2, "{}", path.display());
            let svg = picture::svg(&trees);
            let (opened, closed) = (svg.matches("<g ").count(), svg.matches("</g>").count());
            assert_eq!(opened, closed, "{}", path.display());
            assert!(picture::dot(&trees).ends_with("}\n"));
        }
    });
}

#[test]
fn every_place_of_the_corpus_has_trees_or_a_reason() {
    with_stack(|| {
        let mut trees = 0;
        let limits = Limits { steps: 200_000, ..Limits::default() };
        for (path, _) in all_trees() {
            let mut driver = Driver::new(&Disk, Options { limits, ..Options::default() });
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            for line in 0..=text.lines().count() as u32 + 2 {
                // Each asks for the whole file anew: other columns in each line.
                let columns = (line * 7 % 30..90).step_by(30);
                let columns = columns.map(|column| LineColumn { line, column });
                let spots = columns.map(Spot::At).chain([Spot::Line(line)]);
                for spot in spots {
                    match driver.trees(&path, spot) {
                        Ok(found) => {
                            assert!(!found.is_empty(), "{}: {spot:?}", path.display());
                            trees += found.len();
                        }
                        Err(NoTree::Nothing(why)) => assert!(!why.is_empty()),
                        Err(NoTree::Findings(found)) => {
                            panic!("{}: {spot:?}: {found:?}", path.display())
                        }
                    }
                }
            }
        }
        assert!(trees > 10_000, "only {trees} trees");
    });
}

/// `-…-x`, with so many signs.
fn deep(levels: usize) -> Node {
    let x = Node::var("x", uneval::tree::Origin::Site);
    (0..levels).fold(x, |node, _| Node::new(Op::NEG, vec![node]))
}

#[test]
fn deep_trees_are_written_drawn_and_read() {
    with_stack(|| {
        let tree = deep(100_000);
        let read = from_json(&json(&tree)).unwrap();
        assert!(read == tree);
        let trees = [Titled { title: None, tree }];
        assert!(picture::text(&trees, Ink::Plain).contains("more below"));
        assert_eq!(picture::svg(&trees).matches("<g ").count(), 100_001);
        assert_eq!(picture::dot(&trees).matches("->").count(), 100_000);
    });
}

#[test]
fn a_tree_with_more_paths_than_can_be_counted_is_drawn_once() {
    let x = Node::var("x", uneval::tree::Origin::Site);
    let tree = (0..200).fold(x, |node, _| Node::new(Op::PLUS, vec![node.clone(), node]));
    let text = json(&tree);
    assert_eq!(text.matches("\"op\"").count(), 201);
    assert_eq!(json(&from_json(&text).unwrap()), text);
    let trees = [Titled { title: None, tree }];
    assert_eq!(picture::svg(&trees).matches("class=\"arrow\"").count(), 199);
    assert_eq!(picture::dot(&trees).matches("style=dashed, constraint").count(), 199);
}

#[test]
fn json_says_where_code_came_from() {
    let place = Place { file: "a\"b.py".into(), line: 3, column: 7 };
    let text = to_json(&tree("derivative.py"), &mut |_| Some(place.clone())).unwrap();
    assert!(text.contains(r#""loc": {"file": "a\"b.py", "line": 3, "column": 7}"#), "{text}");
    assert!(from_json(&text).unwrap() == tree("derivative.py"));
}
