//! A value that moments share until one of them writes to it.
//!
//! This is what makes a snapshot cheap: memory and the allocation table are trees of these.

use std::ops::Deref;
use std::rc::Rc;

/// A large value with a cheap clone: it is copied when it is written while another moment has it too.
#[derive(Debug)]
pub(crate) struct Shared<T>(Rc<T>);

impl<T> Shared<T> {
    /// Returns a value that nobody shares yet.
    pub(crate) fn new(value: T) -> Self {
        Shared(Rc::new(value))
    }

    /// Returns whether these are one value, not just two equal ones.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: Clone> Shared<T> {
    /// Returns the value for writing; others keep what they have.
    ///
    /// `Rc::make_mut` does the same and is too long to be inlined: it would be a third of `palloc`.
    #[inline]
    #[expect(clippy::expect_used, reason = "`part` leaves a value with one owner")]
    pub(crate) fn write(&mut self) -> &mut T {
        if Rc::get_mut(&mut self.0).is_none() {
            self.part();
        }
        Rc::get_mut(&mut self.0).expect("the only owner of the value")
    }

    /// Copies the value, for nobody else to have.
    #[cold]
    fn part(&mut self) {
        self.0 = Rc::new(T::clone(&self.0));
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Shared(Rc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
