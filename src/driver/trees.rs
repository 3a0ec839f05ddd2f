//! The code trees of a place in a file, or of a piece of code by itself.

use std::path::Path;
use std::rc::Rc;

use rustpython_ast::{Expr, ModModule, Stmt};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::Driver;
use crate::codenode::{Loc, Node, Place, Plain, lower, lower_body, lower_statement};
use crate::diagnostic::Finding;
use crate::expand::{MacroCall, Module};
use crate::picture::Titled;
use crate::source::LineColumn;
use crate::syntax::{Reach, expression_around, is_compound, walk};

/// What part of a file is meant; all numbers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// What starts on the line.
    Line(u32),
    /// The innermost expression there.
    At(LineColumn),
}

/// Why there is no tree.
#[derive(Debug)]
pub enum NoTree {
    /// The file is no Python.
    Findings(Vec<Finding>),
    /// Nothing stands there; why.
    Nothing(String),
}

impl Driver<'_> {
    /// The trees of what stands at a spot of the file at `path`. Of a line they are those of the
    /// arguments of macros that are called there, if there are any; else of the values of the
    /// statements that start there, or of the statements themselves where they have none.
    ///
    /// # Errors
    /// If the file can't be read or parsed, or nothing starts at the spot.
    pub fn trees(&mut self, path: &Path, spot: Spot) -> Result<Vec<Titled>, NoTree> {
        let module = self.expander.project().module(path).map_err(NoTree::Findings)?;
        let lines = module.source.lines().count();
        let (Spot::Line(line) | Spot::At(LineColumn { line, .. })) = spot;
        if line == 0 || line as usize > lines {
            let name = module.source.name();
            let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
            return Err(NoTree::Nothing(format!("there is no line {line}: {name} has {lines}")));
        }
        match spot {
            Spot::Line(line) => self.trees_of_line(&module, line),
            Spot::At(place) => match expression_at(&module, place) {
                Some(expr) => Ok(vec![untitled(self.tree_of(&module, expr))]),
                None => {
                    let LineColumn { line, column } = place;
                    let message = format!("no expression stands at line {line}, column {column}");
                    Err(NoTree::Nothing(message))
                }
            },
        }
    }

    /// The trees of a piece of code by itself: of an expression, or of statements.
    ///
    /// # Errors
    /// If it is no Python, or empty.
    pub fn trees_of_code(&mut self, code: &str) -> Result<Vec<Titled>, NoTree> {
        let path = Path::new("<code>");
        let parsed = self.expander.project().parse(path, code.as_bytes());
        let module = parsed.map_err(NoTree::Findings)?;
        let tree = match &module.syntax.body[..] {
            [] => return Err(NoTree::Nothing("there is no code to show".to_owned())),
            [Stmt::Expr(stmt)] => self.tree_of(&module, &stmt.value),
            [stmt] => statement_tree(&module, stmt),
            body => {
                let within = TextRange::up_to(TextSize::of(module.text()));
                let (text, layout) = (module.text(), module.layout());
                lower_body(body, module.file, text, layout, within, &mut Plain)
            }
        };
        Ok(vec![untitled(tree)])
    }

    /// Where a node came from, for people.
    pub fn place(&self, loc: Loc) -> Option<Place> {
        let source = self.sources().find(loc.file)?;
        let LineColumn { line, column } = source.line_column(loc.range.start());
        Some(Place { file: source.name().to_owned(), line, column })
    }

    /// The tree of an expression of the module, with the definitions of its variables.
    fn tree_of(&mut self, module: &Rc<Module>, expr: &Expr) -> Node {
        match self.expander.tree(module, expr.range()) {
            Some(followed) => followed.tree,
            None => lower(expr, module.file, module.text(), &mut Plain),
        }
    }

    fn trees_of_line(&mut self, module: &Rc<Module>, line: u32) -> Result<Vec<Titled>, NoTree> {
        let range = module.source.lines().range(line as usize - 1);
        let found = statements_on(&module.syntax, range);
        let simple = found.starting.iter().filter(|stmt| !is_compound(stmt));
        let range = simple.fold(range, |range, stmt| range.cover(stmt.range()));
        let calls = self.expander.macro_calls(module, range);
        let arguments: Vec<Titled> =
            calls.iter().flat_map(|called| self.arguments(module, called)).collect();
        if !arguments.is_empty() {
            return Ok(arguments);
        }
        if found.starting.is_empty() {
            return Err(NoTree::Nothing(match found.around {
                Some(stmt) => {
                    let start = module.source.line_column(stmt.start()).line;
                    format!(
                        "no statement starts on line {line}; the one that stands there starts on \
                         line {start}"
                    )
                }
                None => format!("there is no code on line {line}"),
            }));
        }
        let tree = |stmt: &&Stmt| match value_of(stmt) {
            Some(value) => self.tree_of(module, value),
            None => statement_tree(module, stmt),
        };
        Ok(found.starting.iter().map(tree).map(untitled).collect())
    }

    /// The trees of the arguments of a call of a macro.
    fn arguments(&mut self, module: &Rc<Module>, called: &MacroCall<'_>) -> Vec<Titled> {
        let MacroCall { name, call } = called;
        let LineColumn { line, column } = module.source.line_column(call.range.start());
        let mut titled = |which: &str, expr: &Expr| Titled {
            title: Some(format!("argument {which} of {name}(…), line {line}:{column}")),
            tree: self.tree_of(module, expr),
        };
        let mut trees = Vec::new();
        for (index, arg) in call.arguments.args.iter().enumerate() {
            trees.push(titled(&(index + 1).to_string(), arg));
        }
        for keyword in &call.arguments.keywords {
            let word = keyword.arg.as_ref().map_or("**", |word| word.as_str());
            trees.push(titled(word, &keyword.value));
        }
        trees
    }
}

fn untitled(tree: Node) -> Titled {
    Titled { title: None, tree }
}

fn statement_tree(module: &Module, stmt: &Stmt) -> Node {
    lower_statement(stmt, module.file, module.text(), module.layout(), &mut Plain)
}

/// The expression that gives the statement its value.
fn value_of(stmt: &Stmt) -> Option<&Expr> {
    match stmt {
        Stmt::Expr(stmt) => Some(&stmt.value),
        Stmt::Assign(stmt) => Some(&stmt.value),
        Stmt::AugAssign(stmt) => Some(&stmt.value),
        Stmt::AnnAssign(stmt) => stmt.value.as_deref(),
        Stmt::Return(stmt) => stmt.value.as_deref(),
        _ => None,
    }
}

/// The statements of a line.
struct OnLine<'m> {
    /// Those that start there and aren't part of one that does.
    starting: Vec<&'m Stmt>,
    /// The innermost one that starts before and goes on there.
    around: Option<&'m Stmt>,
}

fn statements_on(syntax: &ModModule, line: TextRange) -> OnLine<'_> {
    let mut found = OnLine { starting: Vec::new(), around: None };
    let mut walk = walk(syntax).within(Reach::Statements);
    while let Some(node) = walk.next() {
        let Some(stmt) = node.stmt() else { continue };
        let is_there = line.intersect(stmt.range()).is_some_and(|common| !common.is_empty());
        if starts(stmt).into_iter().any(|start| line.contains(start)) {
            found.starting.push(stmt);
            walk.prune();
        } else if is_there {
            found.around = Some(stmt);
        } else {
            walk.prune();
        }
    }
    found
}

/// Where the statement starts: for what has decorators, at the first of them and at its name.
fn starts(stmt: &Stmt) -> [TextSize; 2] {
    let name = match stmt {
        Stmt::FunctionDef(def) => def.name.start(),
        Stmt::ClassDef(class) => class.name.start(),
        _ => stmt.start(),
    };
    [stmt.start(), name]
}

/// The innermost expression at the place.
fn expression_at(module: &Module, place: LineColumn) -> Option<&Expr> {
    let offset = module.source.offset_of(place);
    if module.source.line_column(offset) != place {
        return None;
    }
    expression_around(&module.syntax, TextRange::at(offset, TextSize::from(1)))
}
