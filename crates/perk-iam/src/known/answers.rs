//! Answers to one question about many entries of the catalog, for one statement after another.

use std::cell::Cell;

/// A table of answers that is emptied at no cost.
#[derive(Debug)]
pub(crate) struct Answers {
    /// Twice the number of times the table was emptied, and two.
    round: Cell<u32>,
    /// For each entry the round of its answer, and one more where the answer is yes.
    given: Box<[Cell<u32>]>,
}

impl Answers {
    /// Starts without answers about the entries of a table of this length.
    pub(super) fn about(length: usize) -> Self {
        Self {
            round: Cell::new(2),
            given: vec![Cell::new(0); length].into_boxed_slice(),
        }
    }

    /// Forgets all answers.
    pub(crate) fn forget(&self) {
        let next = self.round.get().checked_add(2);
        if next.is_none() {
            self.given.iter().for_each(|given| given.set(0));
        }
        self.round.set(next.unwrap_or(2));
    }

    /// Returns the answer about an entry, if there is one.
    pub(crate) fn get(&self, index: usize) -> Option<bool> {
        let given = self.given.get(index)?.get();
        (given & !1 == self.round.get()).then_some(given & 1 == 1)
    }

    /// Keeps the answer about an entry.
    pub(crate) fn keep(&self, index: usize, answer: bool) {
        if let Some(given) = self.given.get(index) {
            given.set(self.round.get() | u32::from(answer));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_answers_until_they_are_forgotten() {
        let answers = Answers::about(3);
        for round in [2, u32::MAX - 1] {
            answers.round.set(round);
            answers.keep(0, true);
            answers.keep(1, false);
            answers.keep(9, true);
            let all = [0, 1, 2, 9].map(|index| answers.get(index));
            assert_eq!(all, [Some(true), Some(false), None, None]);
            answers.forget();
            assert_eq!([0, 1, 2].map(|index| answers.get(index)), [None; 3]);
        }
    }
}
