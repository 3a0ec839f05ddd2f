//! `uneval tree`: the code tree of a piece of Python, in one of several forms.

use std::path::{Path, PathBuf};

use clap::Args;

use super::console::{Console, Status, Stop};
use super::disk::{self, Disk};
use super::settings::{Settings, WorkerLimits};
use super::stack;
use crate::codenode::{Node, repr, to_json};
use crate::diagnostic::render::{self, Colouring};
use crate::driver::{Driver, NoTree, Options, Spot};
use crate::picture::{self, Ink, Titled};
use crate::source::LineColumn;

/// Show the code tree of a piece of Python
#[derive(Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["place", "code"])))]
pub(crate) struct Tree {
    /// FILE:LINE shows what a macro gets that is called on the line, or the statement that starts
    /// there; FILE:LINE:COLUMN shows the expression there
    #[arg(value_name = "PLACE")]
    place: Option<String>,
    /// Show this expression, or these statements, instead
    #[arg(short = 'e', long = "code", value_name = "CODE", allow_hyphen_values = true)]
    code: Option<String>,
    #[command(flatten)]
    form: PictureForm,
    /// Where to write [default: standard output]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

/// The form of the picture: lines of text if none is chosen.
#[derive(Args, Clone, Copy)]
#[group(multiple = false)]
struct PictureForm {
    /// As the Python expression that builds it
    #[arg(long)]
    repr: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// In the language of Graphviz
    #[arg(long)]
    dot: bool,
    /// As an SVG image
    #[arg(long)]
    svg: bool,
}

/// What is to be shown.
enum TreeSource {
    Place(PathBuf, Spot),
    Code(String),
}

impl Tree {
    /// Prints or writes the picture.
    pub(crate) fn run(self, console: &Console) -> Result<Status, Stop> {
        let wanted = match (self.code, &self.place) {
            (Some(code), _) => TreeSource::Code(code),
            (None, place) => {
                let place = place.as_deref().unwrap_or_default();
                let (path, spot) = spot(place).map_err(Stop::Usage)?;
                TreeSource::Place(path, spot)
            }
        };
        let ink = match self.output {
            None if console.colours_output() => Ink::Coloured,
            _ => Ink::Plain,
        };
        let input = match &wanted {
            TreeSource::Place(path, _) => path.clone(),
            TreeSource::Code(_) => PathBuf::from("."),
        };
        let options = self.settings.with_project(WorkerLimits::default(), &[input])?.options()?;
        let (form, style) = (self.form, console.style());
        let drawn = stack::with_large(|| draw(wanted, options, form, (ink, style)));
        match drawn {
            Ok(Ok(picture)) => {
                match &self.output {
                    Some(path) => write(path, &picture)?,
                    None => console.print(picture.as_bytes())?,
                }
                Ok(Status::Success)
            }
            Ok(Err(why)) => {
                console.complain(&why);
                Ok(Status::Errors)
            }
            Err(crash) => {
                console.complain(&crash.report(None));
                Ok(Status::Internal)
            }
        }
    }
}

fn write(path: &Path, picture: &str) -> Result<(), Stop> {
    disk::save(path, picture.as_bytes(), None)
        .map_err(|error| Stop::Failure(format!("can't write {}: {error}", path.display())))
}

/// The picture, or what to complain of.
fn draw(
    wanted: TreeSource,
    options: Options,
    form: PictureForm,
    (ink, style): (Ink, Colouring),
) -> Result<String, String> {
    let mut driver = Driver::new(&Disk, options);
    let found = match wanted {
        TreeSource::Place(path, spot) => driver.trees(&disk::absolute(&path), spot),
        TreeSource::Code(code) => driver.trees_of_code(&code),
    };
    let trees = match found {
        Ok(trees) => trees,
        Err(NoTree::Nothing(why)) => return Err(format!("error: {why}\n")),
        Err(NoTree::Findings(findings)) => {
            return Err(render::render(&findings, driver.sources(), style));
        }
    };
    match form {
        PictureForm { repr: true, .. } if trees.iter().any(|titled| is_too_deep(&titled.tree)) => {
            Err("error: the tree is too deep to be indented; --json isn't indented\n".to_owned())
        }
        PictureForm { repr: true, .. } => Ok(reprs(&trees)),
        PictureForm { json: true, .. } => {
            let json = |titled: &Titled| to_json(&titled.tree, &mut |loc| driver.place(loc));
            let all: Result<String, _> = trees.iter().map(json).collect();
            all.map_err(|why| format!("error: {}\n", why.message))
        }
        PictureForm { dot: true, .. } => Ok(picture::dot(&trees)),
        PictureForm { svg: true, .. } => Ok(picture::svg(&trees)),
        _ => Ok(picture::text(&trees, ink)),
    }
}

/// Whether the indentation of a `repr` would take more room than anybody can want.
fn is_too_deep(root: &Node) -> bool {
    const MOST: usize = 1 << 26;
    let mut indentation = 0;
    let mut open = vec![(root, 0)];
    while let Some((node, depth)) = open.pop() {
        indentation += 4 * depth;
        if indentation > MOST {
            return true;
        }
        open.extend(node.args().iter().map(|arg| (arg, depth + 1)));
    }
    false
}

/// The trees as Python builds them, each below its title.
fn reprs(trees: &[Titled]) -> String {
    let repr = |titled: &Titled| {
        let title = titled.title.as_ref().map_or(String::new(), |title| format!("# {title}\n"));
        format!("{title}{}\n", repr(&titled.tree))
    };
    trees.iter().map(repr).collect()
}

/// The file and the spot that `FILE:LINE` or `FILE:LINE:COLUMN` names.
fn spot(place: &str) -> Result<(PathBuf, Spot), String> {
    let number = |text: &str| text.parse::<u32>().ok();
    let (rest, last) = place.rsplit_once(':').unwrap_or((place, ""));
    let Some(last) = number(last) else {
        return Err(format!("which line of {place}? Say FILE:LINE or FILE:LINE:COLUMN"));
    };
    match rest.rsplit_once(':').and_then(|(file, line)| Some((file, number(line)?))) {
        Some((file, line)) => Ok((file.into(), Spot::At(LineColumn { line, column: last }))),
        None => Ok((rest.into(), Spot::Line(last))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_line_and_maybe_a_column() {
        let at = |line, column| Spot::At(LineColumn { line, column });
        assert_eq!(spot("a.py:3"), Ok(("a.py".into(), Spot::Line(3))));
        assert_eq!(spot("a.py:3:14"), Ok(("a.py".into(), at(3, 14))));
        assert_eq!(spot("c:/a.py:3"), Ok(("c:/a.py".into(), Spot::Line(3))));
        assert!(spot("a.py").is_err());
        assert!(spot("a.py:x").is_err());
    }
}
