//! What can be counted in the sources, and the debts among it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use syn::FnArg;

use super::calls::{Call, Deeds, deeds};
use super::debts::Debts;
use super::declared::{Declared, Form, Function, Name};
use super::graph;
use super::plan::Path;

/// Types that may have their methods in many files, and outside their own folder: each file has those
/// for a family of forms, which hold each other.
const OF_MANY_FILES: &[&str] = &["Printer"];

/// The most fields of a struct.
const FIELDS: usize = 16;

/// A function of more lines than this doesn't fit on a screen.
const LONG: usize = 50;

/// The most files with methods of one type.
const FILES: usize = 6;

/// What the rules are about.
pub struct Numbers<'a> {
    pub declared: &'a Declared<'a>,
    pub deeds: Deeds<'a>,
    /// The types that are a module with all their methods.
    of_one_module: BTreeSet<Name>,
}

impl<'a> Numbers<'a> {
    pub fn of(declared: &'a Declared<'a>) -> Numbers<'a> {
        let deeds = deeds(declared);
        let mut numbers = Numbers { declared, deeds, of_one_module: BTreeSet::new() };
        let of_one_module = |(files, name): &(usize, &Name)| {
            let is_outside = numbers.impls_elsewhere().iter().any(|(other, _)| other == name);
            OF_MANY_FILES.contains(&name.1.as_str()) || *files <= FILES && !is_outside
        };
        let names = numbers.by_files().into_iter().filter(of_one_module);
        numbers.of_one_module = names.map(|(_, name)| name.clone()).collect();
        numbers
    }

    /// The structs with their numbers of fields, the largest first.
    pub fn by_fields(&self) -> Vec<(usize, &Name)> {
        let sizes = self.declared.types.iter().map(|(name, of)| (of.fields.len(), name));
        sorted(sizes)
    }

    /// The types with the number of files that have methods of theirs, the most scattered first.
    pub fn by_files(&self) -> Vec<(usize, &Name)> {
        let mut files: BTreeMap<&Name, BTreeSet<&Path>> = BTreeMap::new();
        for (name, module) in &self.declared.impls {
            files.entry(name).or_default().insert(module);
        }
        sorted(files.into_iter().map(|(name, files)| (files.len(), name)))
    }

    /// The files, outside the module that declares a type and those below it, that have methods of
    /// the type.
    pub fn impls_elsewhere(&self) -> BTreeSet<(&Name, &Path)> {
        let impls = self.declared.impls.iter().map(|(name, module)| (name, module));
        impls
            .filter(|((home, name), module)| {
                !module.starts_with(home) && !OF_MANY_FILES.contains(&name.as_str())
            })
            .collect()
    }

    /// The types that have the name of another.
    pub fn sharing_a_name(&self) -> Vec<&Name> {
        let types = || self.declared.types.keys();
        types().filter(|name| types().any(|other| other.1 == name.1 && other.0 != name.0)).collect()
    }

    /// The functions that by their name ask something, but may change something or run code.
    pub fn asking_and_changing(&self) -> Vec<&Function> {
        let asks = |f: &&Function| {
            let name = f.signature.ident.to_string();
            ["is_", "has_", "may_"].iter().any(|start| name.starts_with(start))
        };
        self.declared.functions.iter().filter(asks).filter(|f| may_change(f)).collect()
    }

    /// The functions that don't fit on a screen.
    pub fn long(&self) -> Vec<&Function> {
        self.declared.functions.iter().filter(|f| f.lines() > LONG).collect()
    }

    /// The module that a function counts for. A type with its methods in a few files of its own
    /// folder is one module with these: a walk over syntax is cut up by forms, which hold each other.
    fn module_of(&self, function: &'a Function) -> &'a Path {
        match &function.owner {
            Some(owner) if self.of_one_module.contains(owner) => &owner.0,
            _ => &function.module,
        }
    }

    /// The modules on a cycle of uses.
    pub fn on_a_cycle(&self) -> BTreeSet<Path> {
        let called = |call: &Call<'a>| (call.from.module.clone(), self.module_of(call.to).clone());
        let by_path = self.declared.plan.paths_used().map(|(user, used)| (user.clone(), used));
        graph::on_a_cycle(&by_path.chain(self.deeds.calls.iter().map(called)).collect())
    }

    /// The calls of methods that are declared in a module further down the list.
    pub fn upward_calls(&self) -> Vec<&Call<'a>> {
        let plan = self.declared.plan;
        let upward = |c: &&Call<'a>| !plan.allows(&c.from.module, self.module_of(c.to));
        self.deeds.calls.iter().filter(upward).collect()
    }

    /// All debts.
    pub fn debts(&self) -> Debts {
        let mut debts = Debts::new();
        let mut owe = |module: &Path, rule: String, number: usize| {
            let floor = module.first().cloned().unwrap_or_default();
            *debts.entry((floor, rule)).or_default() += number;
        };
        for call in self.upward_calls() {
            owe(&call.from.module, "upward calls".to_owned(), 1);
        }
        for module in self.on_a_cycle() {
            owe(&module, "modules on a cycle".to_owned(), 1);
        }
        for (module, _) in self.sharing_a_name() {
            owe(module, "types with the name of another".to_owned(), 1);
        }
        for function in self.asking_and_changing() {
            owe(&function.module, "questions that change something".to_owned(), 1);
        }
        for function in &self.deeds.indexing {
            owe(&function.module, "indexings".to_owned(), 1);
        }
        for function in self.declared.functions.iter().filter(|f| takes_bool(f)) {
            owe(&function.module, "functions that take a bool".to_owned(), 1);
        }
        for ((home, name), _) in self.impls_elsewhere() {
            owe(home, format!("files outside its folder with methods of {name}"), 1);
        }
        for (fields, (home, name)) in self.by_fields() {
            if fields > FIELDS {
                owe(home, format!("fields of {name}"), fields);
            }
        }
        for (files, (home, name)) in self.by_files() {
            if files > FILES && !OF_MANY_FILES.contains(&name.as_str()) {
                owe(home, format!("files with methods of {name}"), files);
            }
        }
        debts.retain(|_, number| *number > 0);
        debts
    }
}

impl fmt::Display for Numbers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Declared { plan, types, functions, .. } = self.declared;
        let lines: usize = plan.0.values().map(|module| module.text.lines().count()).sum();
        let long = self.long().len();
        let share = |part: usize, of: usize| format!("{part} of {of} ({} ‰)", part * 1000 / of);
        if let Some((fields, (_, name))) = self.by_fields().first() {
            writeln!(f, "largest struct: {name}, {fields} fields")?;
        }
        if let Some((files, (_, name))) = self.by_files().first() {
            writeln!(f, "most scattered type: {name}, methods in {files} files")?;
        }
        let on_a_cycle = self.on_a_cycle().len();
        writeln!(f, "modules on a cycle: {}", share(on_a_cycle, plan.0.len()))?;
        let (upward, calls) = (self.upward_calls().len(), self.deeds.calls.len());
        writeln!(f, "calls of methods declared further up: {}", share(upward, calls))?;
        let unseen = self.deeds.unseen.len();
        writeln!(f, "calls that may be of several types' methods: {unseen}")?;
        let sharing = self.sharing_a_name().len();
        writeln!(f, "types with the name of another: {}", share(sharing, types.len()))?;
        let asking = self.asking_and_changing().len();
        writeln!(f, "questions that change something: {asking}")?;
        writeln!(f, "functions over {LONG} lines: {}", share(long, functions.len()))?;
        writeln!(f, "indexings: {}", self.deeds.indexing.len())?;
        writeln!(f, "lines of src, without tests of their own: {lines}")
    }
}

fn sorted<T: Ord>(numbers: impl Iterator<Item = (usize, T)>) -> Vec<(usize, T)> {
    let mut numbers: Vec<_> = numbers.collect();
    numbers.sort_by(|a, b| b.cmp(a));
    numbers
}

/// Whether a function is handed something that it can change, or the interpreter.
fn may_change(function: &Function) -> bool {
    function.signature.inputs.iter().any(|input| match input {
        FnArg::Receiver(receiver) => receiver.reference.is_some() && receiver.mutability.is_some(),
        FnArg::Typed(parameter) => match &*parameter.ty {
            syn::Type::Reference(reference) => reference.mutability.is_some(),
            _ => false,
        },
    })
}

/// Whether a function of ours takes a `bool`, where an enum of two would say more.
fn takes_bool(function: &Function) -> bool {
    let is_bool =
        |of: &syn::Type| matches!(of, syn::Type::Path(path) if path.path.is_ident("bool"));
    function.form != Form::OfTrait && function.parameters().any(|parameter| is_bool(&parameter.ty))
}
