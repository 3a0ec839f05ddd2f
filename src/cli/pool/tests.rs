//! Files around bugs and barriers are expanded, in order, by workers that die of some of them.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{io, str};

use super::*;
use crate::driver::Barrier;

/// Files that hold their own names. Those that start with `plain` can't use macros.
struct Named;

impl Files for Named {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let import = if name.starts_with("plain") { "" } else { "import cython.meta" };
        match name.starts_with("gone") {
            true => Err(io::ErrorKind::NotFound.into()),
            false => Ok(format!("{import} # {name}\n").into_bytes()),
        }
    }

    fn is_file(&self, _: &Path) -> bool {
        false
    }

    fn is_dir(&self, _: &Path) -> bool {
        false
    }
}

/// A worker that has a bug in `bug…`, dies at one place of `slow…`, at one after the other of
/// `hopeless…`, and of `deep…` as a whole.
struct Fragile;

impl Worker for Fragile {
    fn expand(
        &mut self,
        path: &Path,
        bytes: &[u8],
        deaths: &[MetBarrier],
    ) -> Result<ExpandedFile, Death> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        assert!(!name.starts_with("plain"), "nobody needs a worker for {name}");
        let own = deaths.iter().filter(|death| death.place.path == path).count();
        let start = u32::try_from(own).unwrap();
        let place = CodePlace { path: path.to_owned(), start, end: start + 1 };
        match name.split_once(' ').map_or(&*name, |(kind, _)| kind) {
            "bug" => Err(Death::Bug("a bug".to_owned())),
            "slow" if own == 0 => Err(Death::Barrier(Some(place), Barrier::Time(1))),
            "hopeless" => Err(Death::Barrier(Some(place), Barrier::Memory(64))),
            "deep" => Err(Death::Barrier(None, Barrier::Stack)),
            _ => {
                let output = Some(bytes.to_vec());
                Ok(ExpandedFile { output, has_output: true, ..ExpandedFile::default() })
            }
        }
    }

    fn is_worn(&self) -> bool {
        false
    }
}

/// What comes of these files, and how many workers were hired.
fn expand(names: &[&str]) -> (Vec<String>, usize) {
    let hired = AtomicUsize::new(0);
    let hire = || {
        hired.fetch_add(1, Ordering::Relaxed);
        Ok(Fragile)
    };
    let (files, options, style) = (&Named, Options::default(), Colouring::Plain);
    let pool = Pool { files, options, style, hire: &hire };
    let tasks: Vec<Task> = names.iter().map(|name| Task::new(Path::new(name))).collect();
    let mut seen = Vec::new();
    pool.expand_all(&tasks, |index, answer| {
        assert_eq!(index, seen.len());
        seen.push(match answer {
            Ok((_, ExpandedFile { output: Some(output), .. })) => {
                let text = str::from_utf8(&output).unwrap();
                text.trim().rsplit("# ").next().unwrap_or_default().to_owned()
            }
            Ok((_, expanded)) => {
                let codes: Vec<&str> = expanded.findings.iter().map(|f| &*f.code).collect();
                codes.join(" ")
            }
            Err(crash) => crash.words().to_owned(),
        });
        ControlFlow::Continue(())
    });
    (seen, hired.into_inner())
}

#[test]
fn the_rest_goes_on_in_order() {
    let names = ["a", "bug 1", "plain", "slow 1", "gone", "deep", "bug 2", "slow 2", "b"];
    let expected = ["a", "a bug", "plain", "slow 1", "E0101", "E0402", "a bug", "slow 2", "b"]
        .map(str::to_owned);
    assert_eq!(expand(&names).0, expected);
}

#[test]
fn what_kills_too_many_is_given_up() {
    let (seen, hired) = expand(&["hopeless"]);
    assert_eq!(seen, [["E0405"; MOST_DEATHS].join(" ")]);
    assert_eq!(hired, MOST_DEATHS);
}

#[test]
fn files_without_macros_need_no_worker() {
    assert_eq!(expand(&["plain 1", "plain 2"]), (vec!["plain 1".into(), "plain 2".into()], 0));
}
