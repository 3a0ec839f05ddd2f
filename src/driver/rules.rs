//! Rules of Python that neither its grammar nor the compiler here tells apart from its own failings,
//! and an expansion could break: `break` stands in a loop of its function; blocks don't nest deeper
//! than CPython can; a starred target stands in a list or tuple; assignment expressions aren't allowed
//! in the iterables of comprehensions, nor in comprehensions of a class body (PEP 572).

use rustpython_ast::visitor::{Visitor, walk_expr, walk_stmt};
use rustpython_ast::{Comprehension, Expr, ModModule, Stmt};

/// Whether the module keeps them.
pub(super) fn hold(module: &ModModule) -> bool {
    let mut walk = BodyRules { holds: true, ..BodyRules::default() };
    module.body.iter().for_each(|stmt| walk.visit_stmt(stmt));
    walk.holds
}

/// How many loops, `with` and `try` statements may stand in each other in one function: CPython's
/// `CO_MAXBLOCKS`.
const MOST_BLOCKS: usize = 20;

#[derive(Default)]
struct BodyRules {
    blocks: usize,
    in_loop: bool,
    in_iterable: bool,
    in_class: bool,
    in_comprehension: bool,
    holds: bool,
}

impl BodyRules {
    /// The bodies of a loop: a `break` in the second is of the loop around it.
    fn visit_loop(&mut self, body: &[Stmt], orelse: &[Stmt]) {
        let outside = std::mem::replace(&mut self.in_loop, true);
        body.iter().for_each(|stmt| self.visit_stmt(stmt));
        self.in_loop = outside;
        orelse.iter().for_each(|stmt| self.visit_stmt(stmt));
    }

    fn visit_in_scope(&mut self, stmt: &Stmt) {
        let outside = self.in_class;
        let in_loop = self.in_loop;
        match stmt {
            Stmt::Break(_) | Stmt::Continue(_) => self.holds &= in_loop,
            Stmt::For(s) => {
                self.visit_expr(&s.iter);
                self.visit_expr(&s.target);
                return self.visit_loop(&s.body, &s.orelse);
            }
            Stmt::While(s) => {
                self.visit_expr(&s.test);
                return self.visit_loop(&s.body, &s.orelse);
            }
            Stmt::ClassDef(class) => {
                // The head belongs to the scope around the class.
                class.decorator_list.iter().for_each(|d| self.visit_decorator(d));
                class.arguments.iter().for_each(|arguments| self.visit_arguments(arguments));
                self.in_class = true;
                self.in_loop = false;
                class.body.iter().for_each(|stmt| self.visit_stmt(stmt));
                self.in_class = outside;
                self.in_loop = in_loop;
                return;
            }
            Stmt::FunctionDef(_) => (self.in_class, self.in_loop) = (false, false),
            _ => {}
        }
        walk_stmt(self, stmt);
        (self.in_class, self.in_loop) = (outside, in_loop);
    }
}

impl<'a> Visitor<'a> for BodyRules {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        let blocks = self.blocks;
        match stmt {
            Stmt::For(_) | Stmt::While(_) | Stmt::With(_) | Stmt::Try(_) => self.blocks += 1,
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => self.blocks = 0,
            Stmt::Assign(s) => self.holds &= !s.targets.iter().any(Expr::is_starred_expr),
            _ => {}
        }
        self.holds &= self.blocks <= MOST_BLOCKS;
        self.visit_in_scope(stmt);
        self.blocks = blocks;
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        let (class, comprehension) = (self.in_class, self.in_comprehension);
        match expr {
            Expr::Named(_) => {
                self.holds &= !(self.in_iterable || self.in_class && self.in_comprehension);
            }
            Expr::Lambda(_) => self.in_class = false,
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                self.in_comprehension = true;
            }
            _ => {}
        }
        walk_expr(self, expr);
        (self.in_class, self.in_comprehension) = (class, comprehension);
    }

    fn visit_comprehension(&mut self, comprehension: &'a Comprehension) {
        let outside = self.in_iterable;
        self.in_iterable = true;
        self.visit_expr(&comprehension.iter);
        self.in_iterable = outside;
        self.visit_expr(&comprehension.target);
        comprehension.ifs.iter().for_each(|condition| self.visit_expr(condition));
    }
}
