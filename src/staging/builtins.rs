//! Python's builtins by binding time: one table.

/// When a call of a builtin runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// Now if its arguments are known, at run time otherwise.
    Pure,
    /// Always at run time: it has an effect or asks the outside world.
    Effect,
    /// Always now: it is about the compile-time frame or class it stands in.
    Interpreter,
    /// A type or constant that is more than a function: as `Pure` when called.
    Value,
}

const TABLE: &[(Timing, &[&str])] = &[
    (
        Timing::Pure,
        &[
            "abs", "all", "any", "ascii", "bin", "bool", "bytearray", "bytes", "callable", "chr",
            "complex", "dict", "divmod", "enumerate", "filter", "float", "format", "frozenset",
            "getattr", "hasattr", "hash", "hex", "int", "isinstance", "issubclass", "iter", "len",
            "list", "map", "max", "memoryview", "min", "next", "oct", "ord", "pow", "range",
            "repr", "reversed", "round", "set", "slice", "sorted", "str", "sum", "tuple", "type",
            "zip", "delattr", "setattr", "id", "aiter", "anext",
        ],
    ),
    (
        Timing::Effect,
        &[
            "__import__", "breakpoint", "compile", "copyright", "credits", "eval", "exec", "exit",
            "globals", "help", "input", "license", "open", "print", "quit",
        ],
    ),
    (
        Timing::Interpreter,
        &[
            "classmethod", "dir", "locals", "object", "property", "staticmethod", "super", "vars",
            "__build_class__", "__debug__", "__doc__", "__name__", "__package__",
        ],
    ),
    (Timing::Value, &["Ellipsis", "NotImplemented"]),
];

/// The timing of the builtin `name`; exceptions, which all are values, included.
pub fn timing(name: &str) -> Option<Timing> {
    let row = TABLE.iter().find(|(_, names)| names.contains(&name));
    row.map(|(timing, _)| *timing).or_else(|| is_exception(name).then_some(Timing::Value))
}

fn is_exception(name: &str) -> bool {
    const OTHERS: &[&str] = &[
        "BaseException", "BaseExceptionGroup", "Exception", "ExceptionGroup", "GeneratorExit",
        "KeyboardInterrupt", "StopAsyncIteration", "StopIteration", "SystemExit",
    ];
    const ERRORS: &[&str] = &[
        "ArithmeticError", "AssertionError", "AttributeError", "BlockingIOError",
        "BrokenPipeError", "BufferError", "ChildProcessError", "ConnectionAbortedError",
        "ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "EOFError",
        "EnvironmentError", "FileExistsError", "FileNotFoundError", "FloatingPointError",
        "IOError", "ImportError", "IndentationError", "IndexError", "InterruptedError",
        "IsADirectoryError", "KeyError", "LookupError", "MemoryError", "ModuleNotFoundError",
        "NameError", "NotADirectoryError", "NotImplementedError", "OSError", "OverflowError",
        "PermissionError", "ProcessLookupError", "PythonFinalizationError", "RecursionError",
        "ReferenceError", "RuntimeError", "SyntaxError", "SystemError", "TabError",
        "TimeoutError", "TypeError", "UnboundLocalError", "UnicodeDecodeError",
        "UnicodeEncodeError", "UnicodeError", "UnicodeTranslateError", "ValueError",
        "ZeroDivisionError", "BytesWarning", "DeprecationWarning", "EncodingWarning",
        "FutureWarning", "ImportWarning", "PendingDeprecationWarning", "ResourceWarning",
        "RuntimeWarning", "SyntaxWarning", "UnicodeWarning", "UserWarning", "Warning",
    ];
    OTHERS.contains(&name) || ERRORS.contains(&name)
}
