//! The values of attributes, and what can be one.

use leptos::oco::Oco;
use leptos::prelude::*;
use std::borrow::Cow;

/// A value of an attribute, class, style or property at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// None: the attribute is not there.
    Unset,
    /// There or not there, on or off.
    Is(bool),
    /// Text.
    Text(Cow<'static, str>),
}

/// A value, or how to work it out again and again.
pub enum Given {
    /// It stays.
    Once(Value),
    /// It follows what the closure reads.
    Followed(Box<dyn Fn() -> Value>),
}

/// What can be a value.
pub trait IntoValue {
    /// It as a value.
    fn into_value(self) -> Value;
}

/// What can be given for an attribute.
pub trait Give {
    /// It as given.
    fn give(self) -> Given;
}

impl<F, V> Give for F
where
    F: Fn() -> V + 'static,
    V: IntoValue,
{
    fn give(self) -> Given {
        Given::Followed(Box::new(move || self().into_value()))
    }
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(Cow::Borrowed(self))
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self))
    }
}

impl IntoValue for Cow<'static, str> {
    fn into_value(self) -> Value {
        Value::Text(self)
    }
}

impl IntoValue for Oco<'static, str> {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self.into_owned()))
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        Value::Is(self)
    }
}

impl<V: IntoValue> IntoValue for Option<V> {
    fn into_value(self) -> Value {
        self.map_or(Value::Unset, V::into_value)
    }
}

macro_rules! give_once {
    ($($type:ty),*) => {$(
        impl Give for $type {
            fn give(self) -> Given {
                Given::Once(self.into_value())
            }
        }
    )*};
}
give_once!(&'static str, String, Cow<'static, str>, bool);

impl<V: IntoValue> Give for Option<V> {
    fn give(self) -> Given {
        Given::Once(self.into_value())
    }
}

macro_rules! give_numbers {
    ($($type:ty),*) => {$(
        impl IntoValue for $type {
            fn into_value(self) -> Value {
                Value::Text(Cow::Owned(self.to_string()))
            }
        }
        impl Give for $type {
            fn give(self) -> Given {
                Given::Once(self.into_value())
            }
        }
    )*};
}
give_numbers!(i32, u32, usize);

macro_rules! give_signals {
    ($($signal:ident),*) => {$(
        impl<V> Give for $signal<V>
        where
            V: IntoValue + Clone + Send + Sync + 'static,
        {
            fn give(self) -> Given {
                Given::Followed(Box::new(move || self.get().into_value()))
            }
        }
    )*};
}
give_signals!(Signal, Memo, RwSignal, ReadSignal);
