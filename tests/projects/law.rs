//! The law of language.md §1 for one project: expanded, it does what it did as it was written.

use std::io;

use super::project::Project;
use super::shrink::WAYS;
use super::trials::Law;
use super::trials::expansion::{Refusal, Texts};
use super::trials::python::{Python, Way};
use super::trials::random::{Random, Weights};
use super::trials::tally::Tally;
use super::trials::verdict::{Verdict, Violation, compare, expanded};
use super::trials::wish::Wish;
use super::write::write;

const RUNNER: &[(&str, &str)] = &[("runner.py", include_str!("runner.py"))];

/// How often what is refused is left out of a project before it is given up.
const ROUNDS: u32 = 6;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    Projects,
    Compared,
    /// Those of them of which nothing was refused.
    Whole,
    /// Projects that don't run as they are written.
    Invalid,
}

/// Projects, each expanded as one run.
pub struct Projects(Python);

impl Law for Projects {
    type Seen = Seen;
    type Case = Project;

    const COUNT: u64 = 150;
    const IN_TRIAL: u64 = 10;
    const SHRUNK: usize = 10;

    fn start(_wish: &Wish) -> io::Result<Projects> {
        Ok(Projects(Python::start(RUNNER)?))
    }

    fn check(
        &mut self,
        mut random: Random,
        weights: &Weights,
        tally: &mut Tally<Seen>,
    ) -> io::Result<Option<Violation<Project>>> {
        let mut case = write(&mut random, weights);
        tally.count(Seen::Projects, 1);
        for round in 0..ROUNDS {
            let first = usize::from(round == 0);
            match self.judge(&case)? {
                Verdict::Holds(_) => {
                    tally.count(Seen::Compared, 1);
                    tally.count(Seen::Whole, first);
                    break;
                }
                Verdict::Invalid => {
                    tally.count(Seen::Invalid, first);
                    break;
                }
                Verdict::Broken(breach, shown) => {
                    return Ok(Some(Violation { case, breach, shown }));
                }
                Verdict::Refused(refusals) => {
                    tally.count_refusals(&refusals);
                    drop_refused(&mut case, &refusals);
                }
            }
        }
        Ok(None)
    }

    fn judge(&mut self, project: &Project) -> io::Result<Verdict> {
        let texts = project.texts();
        let wanted = self.0.run(Way::Plain, &texts)?;
        if wanted.contains("!! ") {
            return Ok(Verdict::Invalid);
        }
        match expanded(&texts) {
            Ok(outputs) => compare(&mut self.0, &texts, &wanted, outputs),
            Err(verdict) => Ok(verdict),
        }
    }

    fn ways(_project: &Project) -> usize {
        WAYS.len()
    }

    fn smaller(&mut self, case: &Project, way: usize, at: usize) -> io::Result<Option<Project>> {
        Ok(WAYS.get(way).and_then(|smaller| smaller(case, at)))
    }

    fn texts(project: &Project) -> Texts {
        project.texts()
    }
}

/// Drops the statements that findings point to.
fn drop_refused(project: &mut Project, refusals: &[Refusal]) {
    let places = refusals.iter().filter_map(|refusal| {
        let (path, offset) = refusal.places.first()?;
        project.statement_at(path, *offset)
    });
    let mut places: Vec<(usize, usize)> = places.collect();
    places.sort_unstable();
    places.dedup();
    for (file, statement) in places.into_iter().rev() {
        project.files[file].statements.remove(statement);
    }
}
