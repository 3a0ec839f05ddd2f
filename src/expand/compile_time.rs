//! The compile-time part of a module: the definitions that run now, and the host that runs them.

mod guard;

mod embedding;

mod imports;

mod outside;

mod macro_form;

mod outcome;

mod binding;

mod signature;

mod staging;

mod constants;

mod defaults;

mod unroll_function;

mod definitions;

mod unknown_names;

mod namespaces;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::rc::Rc;

use rustpython_ast::Stmt;
use rustpython_text_size::{TextRange, TextSize};

use crate::codenode::Node;
use crate::expand::findings::Findings;
use crate::expand::lineage::Lineage;
use crate::expand::program::{Module, Resolver};
use crate::expand::report::{FailureReport, named_calls};
use crate::host::{Frame, Host, Limits, Namespace, PythonVersion};
use crate::source::FileId;

use self::binding::AwaitedName;
pub(crate) use self::constants::{Sourceless, has_plain_form, is_sourceless, sourceless_finding};
pub(crate) use self::guard::{Guard, Running, Watch};
pub(crate) use self::macro_form::{nested_finding, plain_note};
pub(crate) use self::namespaces::{
    comptime_value, define_constants, define_with_members, load_constants, load_members,
    load_namespace,
};
pub(crate) use self::outcome::{follows_from_incomplete, report_messages};
pub(crate) use self::outside::run_with_files;
use self::staging::stage_plain;
pub(crate) use self::staging::{RoundName, stage_comptime};
pub(crate) use self::unknown_names::{Part, check_names};
pub(crate) use self::unroll_function::is_constant;

/// What is known at compile time.
pub(crate) struct CompileTime {
    pub limits: Limits,
    pub target: PythonVersion,
    /// Started when the first compile-time code runs.
    pub host: Option<Rc<Host>>,
    pub namespaces: HashMap<FileId, Loaded>,
    /// Names that modules import from others which are being loaded.
    awaited: Vec<AwaitedName>,
    /// Modules in whose compile-time part something was wrong, which was reported.
    pub incomplete: HashSet<FileId>,
    /// The file whose names `gensym` keeps clear of.
    pub names_taken_in: Option<FileId>,
    /// The values of `comptime(…)` constants, by the place of the call.
    pub constants: HashMap<(FileId, TextRange), Node>,
    /// Those whose values have no source, by the place of the call.
    pub sourceless: HashMap<(FileId, TextRange), Sourceless>,
    /// The file whose constants are to be evaluated up to some place only: what comes after it waits
    /// for the macros of statements there.
    pub constants_until: Option<(FileId, TextSize)>,
    /// The files that were embedded and imported.
    pub inputs: BTreeSet<PathBuf>,
    pub guard: Guard,
}

/// How far the compile-time part of a module has come.
#[derive(Clone)]
pub(crate) enum Loaded {
    /// With what went well so far.
    Loading(Namespace),
    /// With all that went well in it.
    Done(Namespace),
}

/// What compile-time code is run with.
pub(crate) struct Stage<'s, 'a> {
    pub resolver: &'s Resolver<'a>,
    pub compile_time: &'s mut CompileTime,
    pub lineage: &'s Lineage,
    pub findings: &'s mut Findings,
}

impl<'a> Stage<'_, 'a> {
    /// Stages a statement of a module that compile-time code imports.
    fn stage_plain(&mut self, module: &Rc<Module>, ns: &Namespace, stmt: &mut Stmt) -> bool {
        stage_plain(self, module, ns, stmt)
    }

    /// The compile-time names of a module that compile-time code imports; those so far while it is
    /// being loaded.
    fn namespace(&mut self, module: &Rc<Module>) -> Option<Namespace> {
        load_namespace(self, module).or_else(|| {
            match self.compile_time.namespaces.get(&module.file)? {
                Loaded::Loading(ns) | Loaded::Done(ns) => Some(ns.clone()),
            }
        })
    }

    /// What tells of a failure of the code that ran last.
    pub(crate) fn reporter(&self) -> FailureReport<'_, 'a> {
        let calls = self.compile_time.calls();
        FailureReport { resolver: self.resolver, lineage: self.lineage, calls }
    }
}

impl CompileTime {
    /// The compile-time side of a program of which nothing has run.
    pub(crate) fn new(limits: Limits, target: Option<PythonVersion>) -> CompileTime {
        CompileTime {
            limits,
            target: target.unwrap_or_default(),
            host: None,
            namespaces: HashMap::new(),
            awaited: Vec::new(),
            incomplete: HashSet::new(),
            names_taken_in: None,
            constants: HashMap::new(),
            sourceless: HashMap::new(),
            constants_until: None,
            inputs: BTreeSet::new(),
            guard: Guard::default(),
        }
    }

    /// The compile-time Python of this thread.
    pub(crate) fn host(&mut self) -> Rc<Host> {
        let (limits, target) = (self.limits, self.target);
        self.host.get_or_insert_with(|| Rc::new(Host::start(limits, target))).clone()
    }

    /// The calls that led to the failure of what ran last, outermost first.
    pub(crate) fn calls(&self) -> Vec<Frame> {
        named_calls(self.host.as_ref().map(|host| host.way()).unwrap_or_default())
    }

    /// Forgets what belongs to other files: state that macros keep lasts for one, whatever was
    /// expanded before it.
    pub(crate) fn start_file(&mut self) {
        self.namespaces.clear();
        self.incomplete.clear();
        self.constants.clear();
        self.sourceless.clear();
        self.names_taken_in = None;
        self.constants_until = None;
        if let Some(host) = &self.host {
            host.start_file();
        }
    }
}
