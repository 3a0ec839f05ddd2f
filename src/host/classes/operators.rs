//! Python's operators as slots of a native class: one table for all classes that have them.

/// The number slots of a class: `binary` and `in_place` take an op and two objects, `unary` an op
/// and one, `power` three objects. What else the class has follows.
macro_rules! number_slots {
    (@table $binary:path, $in_place:path, $unary:path, $power:path, {$($rest:tt)*};
     $($slot:ident $in_place_slot:ident: $op:ident,)+) => {
        rustpython_vm::protocol::PyNumberMethods {
            $(
                $slot: Some(|a, b, vm| $binary(vm, Op::$op, a, b)),
                $in_place_slot: Some(|a, b, vm| $in_place(vm, Op::$op, a, b)),
            )+
            power: Some(|a, b, c, vm| $power(vm, a, b, c)),
            inplace_power: Some(|a, b, _, vm| $in_place(vm, Op::EXP, a, b)),
            negative: Some(|n, vm| $unary(vm, Op::NEG, n.obj)),
            positive: Some(|n, vm| $unary(vm, Op::POS, n.obj)),
            invert: Some(|n, vm| $unary(vm, Op::INVERT, n.obj)),
            $($rest)*
            ..rustpython_vm::protocol::PyNumberMethods::NOT_IMPLEMENTED
        }
    };
    (binary: $binary:path, in_place: $in_place:path, unary: $unary:path, power: $power:path;
     $($rest:tt)*) => {
        number_slots!(@table $binary, $in_place, $unary, $power, {$($rest)*};
            add inplace_add: PLUS,
            subtract inplace_subtract: MINUS,
            multiply inplace_multiply: MULTIPLY,
            remainder inplace_remainder: MOD,
            lshift inplace_lshift: LSHIFT,
            rshift inplace_rshift: RSHIFT,
            and inplace_and: BITAND,
            xor inplace_xor: BITXOR,
            or inplace_or: BITOR,
            floor_divide inplace_floor_divide: FLOORDIV,
            true_divide inplace_true_divide: DIVIDE,
            matrix_multiply inplace_matrix_multiply: MATMUL,
        )
    };
}

pub(in crate::host) use number_slots;
