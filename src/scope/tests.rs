//! Tricky programs, and what Python makes of them.
//!
//! Places in the programs are found by marking: `‹x›` is the use that the test asks about. The
//! marks are taken out before parsing.

use rustpython_text_size::{TextRange, TextSize};

use super::*;

/// A program with one marked use.
struct Marked {
    text: String,
    scopes: Scopes,
    start: TextSize,
}

impl Marked {
    fn new(marked: &str) -> Marked {
        let start = marked.find('‹').expect("a test marks a use");
        let text = marked.replace(['‹', '›'], "");
        let module = rustpython_parser::parse_module(&text).expect("a test's program parses");
        let scopes = super::analyse(&module.into_syntax());
        Marked { text, scopes, start: TextSize::try_from(start).expect("a test is short") }
    }

    fn used(&self) -> &Use {
        self.scopes.use_at(self.start).expect("the mark is on a name")
    }

    fn line(&self, range: TextRange) -> usize {
        self.text[..range.start().to_usize()].matches('\n').count() + 1
    }

    /// The scope that holds the marked name, by kind and line.
    fn place(&self) -> String {
        match self.scopes.resolve(self.used()) {
            Place::Unbound => "unbound".to_owned(),
            Place::Bound(ScopeId::MODULE) => "module".to_owned(),
            Place::Bound(scope) => {
                let kind = self.scopes.kind(scope);
                format!("{kind:?} {}", self.line(self.scopes.range(scope)))
            }
        }
    }

    /// The lines of the bindings that reach the marked use.
    fn reaching(&self) -> Vec<usize> {
        match self.scopes.reaching(self.used()) {
            Reaching::None => vec![],
            Reaching::One(one) => vec![self.line(one.range)],
            Reaching::Many(many) => many.iter().map(|one| self.line(one.range)).collect(),
        }
    }
}

fn analyse(text: &str) -> Scopes {
    let module = rustpython_parser::parse_module(text).expect("a test's program parses");
    super::analyse(&module.into_syntax())
}

#[test]
fn names_are_held_where_python_holds_them() {
    let cases = [
        // Functions see functions and the module, and pass over classes.
        ("x = 1\ndef f():\n    return ‹x›", "module"),
        ("def f(x):\n    def g(): return ‹x›", "Function 1"),
        ("class C:\n    x = 1\n    def f(self): return ‹x›", "unbound"),
        ("class C:\n    x = 1\n    y = ‹x›", "Class 1"),
        ("def f(x):\n  class C:\n    y = ‹x›", "Function 1"),
        ("def f():\n    ‹x›\n    x = 1", "Function 1"),
        ("‹print›(1)", "unbound"),
        // A bare annotation binds, an annotation in brackets does not.
        ("def f():\n    x: int\n    ‹x›", "Function 1"),
        ("x = 1\ndef f():\n    (x): int\n    ‹x›", "module"),
        // `global` and `nonlocal`.
        ("def f():\n    global x\n    x = 1\n‹x›", "module"),
        ("def f(x):\n  def g():\n    global x\n    def h(): return ‹x›", "unbound"),
        ("x = 1\ndef f(x):\n  class C:\n    global x\n    def g(self): ‹x›", "Function 2"),
        ("def f():\n  x = 1\n  def g():\n    nonlocal x\n    ‹x› = 2", "Function 1"),
        // What belongs to a definition is evaluated around it.
        ("def f(a, b=‹a›): pass", "unbound"),
        ("def f(a, b: ‹a› = 1): pass", "unbound"),
        ("@‹f›\ndef f(f): pass", "module"),
        ("class C(‹C›):\n    C = 1", "module"),
        ("x = 1\nlambda x=‹x›: x", "module"),
        ("lambda x: ‹x›", "Lambda 1"),
        // Comprehensions, and their first iterable.
        ("[x for x in ‹x›]", "unbound"),
        ("[‹x› for x in y]", "ListComprehension 1"),
        ("[x for y in z for x in ‹x›]", "ListComprehension 1"),
        ("class C:\n  x = 1\n  y = [‹x› for _ in x]", "unbound"),
        ("class C:\n  x = 1\n  y = [_ for _ in ‹x›]", "Class 1"),
        // A walrus sees through them.
        ("def f(y):\n    any((x := z) for z in y)\n    ‹x›", "Function 1"),
        ("[[x := 1 for _ in y] for _ in y]\n‹x›", "module"),
        ("f = lambda y: [x := z for z in y] and ‹x›", "Lambda 1"),
        ("def f():\n  global x\n  [x := 1 for _ in y]\n‹x›", "module"),
        // Other statements that bind.
        ("def f():\n  try: pass\n  except E as e: ‹e›", "Function 1"),
        ("def f():\n  match x:\n    case {'k': C(a=[_, *b]), **c} as d: ‹b›, c, d", "Function 1"),
        ("def f():\n  import a.b\n  ‹a›", "Function 1"),
        ("def f():\n  import a.b as c\n  ‹a›", "unbound"),
        ("def f():\n  with a as (b, [c, *d]): ‹d›", "Function 1"),
        ("def f():\n  del x\n  ‹x›", "Function 1"),
        ("from m import *\n‹x›", "unbound"),
        // Methods hold on to their class.
        ("class C:\n  def f(self): return ‹__class__›", "Class 1"),
        ("class C:\n  ‹__class__›", "unbound"),
        // f-strings, with nested formats.
        ("def f(x, y): return f'{x:{‹y›}}'", "Function 1"),
    ];
    for (text, expected) in cases {
        assert_eq!(Marked::new(text).place(), expected, "in\n{text}");
    }
}

#[test]
fn type_parameters_have_scopes_of_their_own() {
    let cases = [
        ("def f[T](x: ‹T›): pass", "TypeParameters 1"),
        ("def f[T](x=‹T›): pass", "unbound"),
        ("def f[T](x):\n    return ‹T›", "TypeParameters 1"),
        ("class C[T](B[‹T›]): pass", "TypeParameters 1"),
        ("class C[T]:\n  def f(self): return ‹T›", "TypeParameters 1"),
        ("type A[T] = list[‹T›]", "TypeParameters 1"),
        ("type A = list[‹A›]", "module"),
        ("def f[T, U: ‹T›](): pass", "TypeParameters 1"),
        ("def f[T](): pass\n‹T›", "unbound"),
        // Directly in a class, annotation scopes see its variables; functions do not.
        ("class C:\n  x = 1\n  def f[T: ‹x›](self): pass", "Class 1"),
        ("class C:\n  x = 1\n  def f[T](self, a: ‹x›): pass", "Class 1"),
        ("class C:\n  x = 1\n  type A = ‹x›", "Class 1"),
        ("class C:\n  x = 1\n  type A = lambda: ‹x›", "unbound"),
        ("class C:\n  x = 1\n  def f[T](self): ‹x›", "unbound"),
        ("def g(x):\n class C:\n  global x\n  type A = ‹x›", "unbound"),
    ];
    for (text, expected) in cases {
        assert_eq!(Marked::new(text).place(), expected, "in\n{text}");
    }
}

#[test]
fn private_names_are_mangled_where_they_are_written() {
    let cases = [
        ("class C:\n  __x = 1\n  y = ‹__x›", "Class 1"),
        ("_C__x = 1\nclass C:\n  def f(self): ‹__x›", "module"),
        ("__x = 1\nclass C:\n  def f(self): ‹__x›", "unbound"),
        ("__x = 1\nclass C(‹__x›): pass", "module"),
        ("__x = 1\nclass C[T](‹__x›): pass", "module"),
        ("class C[__T]:\n  y = ‹__T›", "TypeParameters 1"),
        ("class C:\n  def f(self, __x): ‹_C__x›", "Function 2"),
        ("class C:\n  def f(self):\n    import __m.n\n    ‹__m›", "Function 2"),
        ("class C:\n  class __D: pass\n  y = ‹_C__D›", "Class 1"),
    ];
    for (text, expected) in cases {
        assert_eq!(Marked::new(text).place(), expected, "in\n{text}");
    }
}

/// For each program: the lines of the bindings that may reach the mark, and of the certain one.
#[test]
fn bindings_reach_in_evaluation_order() {
    let cases: &[(&str, &[usize])] = &[
        // Straight lines: the latest before the use; nothing later, nothing from its own target.
        ("x = 1\nx = 2\n‹x›\nx = 3", &[2]),
        ("‹x›\nx = 1", &[]),
        ("x = 1\nx = ‹x› + 1", &[1]),
        ("x = ‹x› + 1", &[]),
        ("x = 1\nx += ‹x›", &[1]),
        ("x = 1\n‹x› += 1", &[1]),
        ("x = 1\ndel x\n‹x›", &[]),
        ("x = 1\ndel x\nx = 3\n‹x›", &[3]),
        ("x = 1\nx: int\n‹x›", &[1]),
        ("i = 0\ni = \\\na[‹i›] = 1", &[2]),
        ("@‹f›\ndef f(): pass", &[]),
        ("def f(x):\n    ‹x›", &[1]),
        ("def f(x):\n    x = 2\n    return ‹x›", &[2]),
        // Branches add, straight bindings before them still count.
        ("x = 1\nif c:\n    ‹x›\nx = 4", &[1]),
        ("x = 1\nif c:\n    x = 3\n‹x›", &[1, 3]),
        ("if c:\n    x = 2\nelse:\n    x = 4\n‹x›", &[2, 4]),
        ("if c:\n    x = 2\n‹x›", &[2]),
        ("if c:\n    x = 2\nx = 3\n‹x›", &[3]),
        ("x = 1\ntry:\n    x = f()\nexcept E:\n    ‹x›", &[1, 3]),
        ("x = 1\ntry: pass\nexcept E as x: pass\n‹x›", &[1, 3]),
        ("x = 1\nif c: del x\n‹x›", &[1]),
        // Loops: what comes later in the loop may have come before.
        ("x = 1\nfor i in y:\n    ‹x›\n    x = 4\nx = 5", &[1, 4]),
        ("x = 1\nfor i in y:\n    ‹x›\nx = 4", &[1]),
        ("x = 1\nfor x in ‹x›: pass", &[1]),
        ("x = 1\nwhile ‹x›:\n    x = 3", &[1, 3]),
        ("x = 1\nfor x in y: pass\n‹x›", &[1, 2]),
        ("for i in y:\n    def f():\n        x = 3\n        ‹x›\n        x = 5", &[3]),
        // `with`: only the first item is certain.
        ("f = 0\nwith a() as f:\n    ‹f›", &[2]),
        ("f = 0\nwith a(), b() as f:\n    ‹f›", &[1, 2]),
        // A walrus may be skipped over, and counts from where it stands.
        ("x = 1\n(x := 2) and ‹x›", &[1, 2]),
        ("x = 1\n‹x› and (x := 2)", &[1]),
        ("x = 1\n[(‹x›, x := i) for i in y]", &[1, 2]),
        // Comprehensions and classes run on the spot, functions and generators do not.
        ("x = 1\nx = 2\n[‹x› for i in y]\nx = 4", &[2]),
        ("x = 1\nclass C:\n    ‹x›\nx = 4", &[1]),
        ("x = 1\nx = 2\nlambda: ‹x›", &[1, 2]),
        ("x = 1\nx = 2\n(‹x› for i in y)", &[1, 2]),
        ("x = 1\nx = 2\n(i for i in ‹x›)", &[2]),
        ("x = 1\ndef f():\n    ‹x›", &[1]),
        ("x = 1\ny: ‹x›\nx = 3", &[1, 3]),
        // Rebound from elsewhere.
        ("x = 1\ndef f():\n    global x\n    x = 4\nx = 5\n‹x›", &[4, 5]),
        ("def f():\n  x = 2\n  def g():\n    nonlocal x\n    x = 5\n  ‹x›", &[2, 5]),
        ("x = 1\ng = ((x := i) for i in y)\nx = 3\n‹x›", &[2, 3]),
        // A star import may rebind, so nothing is certain after it.
        ("x = 1\nfrom m import *\n‹x›", &[1]),
        ("from m import *\nx = 1\n‹x›", &[2]),
    ];
    for (text, reaching) in cases {
        let program = Marked::new(text);
        assert_eq!(program.reaching(), *reaching, "reaching in\n{text}");
    }
}

#[test]
fn imports_say_what_they_name() {
    let text = "import a.b\nimport a.b as c\nfrom ..d import e as f\nfrom . import *\n";
    let scopes = analyse(text);
    let found = |name: &str| match scopes.bindings(ScopeId::MODULE, name) {
        [
            Binding {
                kind: BindingKind::Import { module, level, name, alias, object }, range, ..
            },
        ] => {
            let module = module.as_ref().map_or("", |module| module.as_str());
            let name = name.as_ref().map_or("", |name| name.as_str());
            format!("{module}|{level}|{name}|{object:?}|{}|{}", &text[*alias], &text[*range])
        }
        other => format!("{other:?}"),
    };
    assert_eq!(found("a"), "a.b|0||Root|a.b|a");
    assert_eq!(found("c"), "a.b|0||Module|a.b as c|c");
    assert_eq!(found("f"), "d|2|e|Member|e as f|f");
    let stars = scopes.star_imports(ScopeId::MODULE);
    assert_eq!(
        stars.iter().map(|star| (&star.module, star.level)).collect::<Vec<_>>(),
        [(&None, 1)]
    );
}

#[test]
fn bindings_are_listed_in_source_order_with_their_positions() {
    let text = "x = 1\ndef f():\n    global x\n    x += 1\nif x:\n    del x\nclass x: pass\n";
    let scopes = analyse(text);
    let list: Vec<_> = scopes
        .bindings(ScopeId::MODULE, "x")
        .iter()
        .map(|binding| (&binding.kind, binding.position, &text[binding.statement]))
        .collect();
    assert_eq!(
        list,
        [
            (&BindingKind::Assign, Position::Straight, "x = 1"),
            (&BindingKind::AugAssign, Position::Elsewhere, "x += 1"),
            (&BindingKind::Delete, Position::Nested, "del x"),
            (&BindingKind::Class, Position::Straight, "class x: pass"),
        ]
    );
    assert_eq!(scopes.names(ScopeId::MODULE).collect::<Vec<_>>(), ["f", "x"]);
}

#[test]
fn scopes_know_their_place() {
    let text = "class C:\n    def f(self, k=1):\n        return [self.a for b in g(kw=1)]\n";
    let scopes = analyse(text);
    let node = TextRange::up_to(TextSize::of(text.trim_end()));
    let class = scopes.scope_of(node);
    assert_eq!(class, Some(ScopeId(1)));
    let kinds: Vec<_> = scopes.scopes().map(|scope| scopes.kind(scope)).collect();
    use ScopeKind::*;
    assert_eq!(kinds, [Module, Class, Function, ListComprehension]);
    let inner = ScopeId(3);
    assert_eq!(scopes.parent(inner), Some(ScopeId(2)));
    assert_eq!(scopes.enclosing_class(inner), class);
    assert_eq!(&text[scopes.range(inner)], "[self.a for b in g(kw=1)]");
    for name in ["C", "f", "self", "k", "a", "b", "g", "kw"] {
        assert!(scopes.all_names().contains(name), "{name}");
    }
}
