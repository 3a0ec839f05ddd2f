//! The law of language.md §1 for one project: expanded, it does what it did as it was written.

use std::io;

use super::project::Project;
use super::trials::Law;
use super::trials::expansion::{Refusal, Texts};
use super::trials::python::{Python, Way};
use super::trials::random::{Random, Weights};
use super::trials::verdict::{Verdict, compare, expanded};
use super::trials::wish::Wish;
use super::write::write;

/// The law for projects, each expanded as one run.
pub struct Projects;

impl Law for Projects {
    type Program = Project;

    const COUNT: u64 = 150;
    const IN_TRIAL: u64 = 10;
    const SHRUNK: usize = 10;
    const RUNNER: &[(&str, &str)] = &[("runner.py", include_str!("runner.py"))];

    fn new(_wish: &Wish) -> Projects {
        Projects
    }

    fn write(mut random: Random, weights: &Weights) -> Project {
        write(&mut random, weights)
    }

    fn texts(project: &Project) -> Texts {
        project.texts()
    }

    /// Without the statements that findings point to.
    fn without(mut project: Project, refusals: &[Refusal]) -> Option<Project> {
        let places = refusals.iter().filter_map(|refusal| {
            let (path, offset) = refusal.places.first()?;
            project.statement_at(path, *offset)
        });
        let mut places: Vec<(usize, usize)> = places.collect();
        places.sort_unstable();
        places.dedup();
        for (file, statement) in places.iter().rev() {
            project.files[*file].statements.remove(*statement);
        }
        (!places.is_empty()).then_some(project)
    }

    /// Its statements.
    fn parts(project: &Project, _outputs: &Texts) -> usize {
        project.files.iter().map(|file| file.statements.len()).sum()
    }

    fn judge(&self, texts: &Texts, python: &mut Python) -> io::Result<Verdict> {
        let wanted = python.run(Way::Plain, texts)?;
        if wanted.contains("!! ") {
            return Ok(Verdict::Invalid);
        }
        match expanded(texts) {
            Ok(outputs) => compare(python, texts, &wanted, outputs),
            Err(verdict) => Ok(verdict),
        }
    }
}
