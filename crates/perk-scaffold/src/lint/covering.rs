//! Combinations of levels so that any two that can meet do meet in one of them.
//!
//! A factor is a question, a level one of the answers tried for it. Where there are few
//! combinations all are taken. Otherwise each row is built around a pair that has not met yet, and
//! at every factor takes the level with which most other such pairs meet: the greedy way, with the
//! same rows each time. Which levels a factor has may depend on those before it, and a factor may
//! not be asked at all, so a row is searched for, going back where it leads nowhere.

use std::cmp::Reverse;

/// The levels of a combination; none for a factor that is not asked.
pub(super) type Row = Vec<Option<usize>>;

/// What a factor may be, given the levels before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Levels {
    /// It is not asked.
    NotAsked,
    /// One of these; with none of them there is no way on.
    OneOf(Vec<usize>),
}

/// Factors and how their levels depend on each other.
pub(super) trait Model {
    /// Returns the greatest number of levels of each factor.
    fn level_counts(&self) -> Vec<usize>;
    /// Returns the levels of the factor that follows the given ones.
    fn levels(&self, before: &[Option<usize>]) -> Levels;
}

/// Combinations of levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CoveringArray {
    /// The combinations; the first has the first level everywhere, as far as that goes.
    pub(super) rows: Vec<Row>,
    /// Whether all pairs that can meet surely do.
    pub(super) is_complete: bool,
}

/// The number of combinations up to which all are taken.
const EXHAUSTIVE: usize = 16;
/// The most combinations.
const ROWS: usize = 256;
/// The most levels of all factors together; for each two of them it is kept whether they have met.
const LEVELS: usize = 1_000;
/// The most steps of a search for one row.
const STEPS_OF_ROW: usize = 4_000;
/// The most steps of everything.
const STEPS: usize = 200_000;

/// Returns combinations in which any two levels meet that can.
pub(super) fn cover(model: &dyn Model) -> CoveringArray {
    if let Some(rows) = all_rows(model, EXHAUSTIVE) {
        return CoveringArray {
            rows,
            is_complete: true,
        };
    }
    let mut builder = Builder::new(model);
    builder.add_row(&[]);
    while let Some(pair) = builder.next_open() {
        if builder.rows.len() >= ROWS {
            builder.is_complete = false;
            break;
        }
        builder.add_row(&pair);
    }
    CoveringArray {
        rows: builder.rows,
        is_complete: builder.is_complete,
    }
}

/// Returns all combinations, if there are at most so many.
pub(super) fn all_rows(model: &dyn Model, most: usize) -> Option<Vec<Row>> {
    let factors = model.level_counts().len();
    let (mut rows, mut open) = (Vec::new(), vec![Row::new()]);
    let mut steps = 0;
    while let Some(row) = open.pop() {
        steps += 1;
        if rows.len() > most || steps > STEPS {
            return None;
        }
        if row.len() == factors {
            rows.push(row);
            continue;
        }
        match model.levels(&row) {
            Levels::NotAsked => open.push(extended(&row, None)),
            Levels::OneOf(levels) => {
                let rows = levels.iter().rev();
                open.extend(rows.map(|&level| extended(&row, Some(level))));
            }
        }
    }
    (rows.len() <= most).then_some(rows)
}

fn extended(row: &Row, level: Option<usize>) -> Row {
    let mut row = row.clone();
    row.push(level);
    row
}

/// A level of a factor.
type Point = (usize, usize);

struct Builder<'m> {
    model: &'m dyn Model,
    /// The number of the first level of each factor among all levels, and of all levels.
    starts: Vec<usize>,
    /// Levels of a factor from this one on are left out.
    most_levels: usize,
    /// Whether two levels, by number and the earlier one first, have still to meet; on the diagonal
    /// each level by itself.
    is_open: Vec<bool>,
    /// How many others each level has still to meet.
    open_of: Vec<usize>,
    /// No pair before this one is open.
    first_open: usize,
    rows: Vec<Row>,
    is_complete: bool,
    steps: usize,
}

impl<'m> Builder<'m> {
    fn new(model: &'m dyn Model) -> Self {
        let counts = model.level_counts();
        let most_levels = (LEVELS / counts.len().max(1)).max(1);
        let is_complete = counts.iter().all(|&count| count <= most_levels);
        let mut starts = vec![0];
        let mut total = 0;
        for count in counts {
            total += count.min(most_levels);
            starts.push(total);
        }
        let mut builder = Self {
            model,
            starts,
            most_levels,
            is_open: vec![false; total * total],
            open_of: vec![0; total],
            first_open: 0,
            rows: Vec::new(),
            is_complete,
            steps: 0,
        };
        builder.open_all();
        builder
    }

    /// Opens every pair of levels of two factors, and every level by itself.
    fn open_all(&mut self) {
        let total = self.total();
        for first in 0..total {
            let next_factor = self.starts[self.point(first).0 + 1];
            self.is_open[first * total + first] = true;
            self.is_open[first * total + next_factor..(first + 1) * total].fill(true);
            self.open_of[first] += total - next_factor;
            for open in &mut self.open_of[next_factor..] {
                *open += 1;
            }
        }
    }

    fn total(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    fn factors(&self) -> usize {
        self.starts.len() - 1
    }

    /// Returns the next two levels that have not met, the earlier one first.
    fn next_open(&mut self) -> Option<[Point; 2]> {
        let rest = self.is_open.get(self.first_open..)?;
        self.first_open += rest.iter().position(|&is_open| is_open)?;
        let total = self.total();
        let pair = [self.first_open / total, self.first_open % total];
        Some(pair.map(|number| self.point(number)))
    }

    fn point(&self, number: usize) -> Point {
        let factor = self.starts.partition_point(|&start| start <= number) - 1;
        (factor, number - self.starts[factor])
    }

    fn number(&self, (factor, level): Point) -> usize {
        self.starts[factor] + level
    }

    fn index(&self, one: Point, other: Point) -> usize {
        self.number(one.min(other)) * self.total() + self.number(one.max(other))
    }

    /// Adds a row that has some levels. If there is none, those levels cannot meet.
    fn add_row(&mut self, wanted: &[Point]) {
        let mut search = Search {
            builder: self,
            wanted,
            row: Row::new(),
            steps: 0,
        };
        let is_found = search.complete();
        let (row, steps) = (search.row, search.steps);
        self.steps += steps;
        if is_found {
            self.close_all(&row);
            self.rows.push(row);
        } else {
            self.is_complete &= steps < STEPS_OF_ROW && self.steps < STEPS;
        }
        if let [one, other] = wanted {
            self.close(*one, *other);
        }
    }

    fn close_all(&mut self, row: &Row) {
        let points: Vec<Point> = points(row).collect();
        for (number, one) in points.iter().enumerate() {
            for other in &points[number..] {
                self.close(*one, *other);
            }
        }
    }

    fn close(&mut self, one: Point, other: Point) {
        let index = self.index(one, other);
        let was_open = std::mem::take(&mut self.is_open[index]);
        if was_open && one != other {
            for point in [one, other] {
                let number = self.number(point);
                self.open_of[number] -= 1;
            }
        }
    }

    /// Returns how many pairs a level would close: with the levels given, and at most.
    fn gain(&self, point: Point, given: impl Iterator<Item = Point>) -> (usize, usize) {
        let closed = given.filter(|other| self.is_open[self.index(point, *other)]);
        (closed.count(), self.open_of[self.number(point)])
    }
}

fn points(row: &[Option<usize>]) -> impl Iterator<Item = Point> {
    let levels = row.iter().enumerate();
    levels.filter_map(|(factor, level)| Some((factor, (*level)?)))
}

/// A search for a row with the wanted levels.
struct Search<'b, 'm> {
    builder: &'b Builder<'m>,
    wanted: &'b [Point],
    row: Row,
    steps: usize,
}

impl Search<'_, '_> {
    /// Completes the row, or leaves it as it was.
    fn complete(&mut self) -> bool {
        let factor = self.row.len();
        if factor == self.builder.factors() {
            return true;
        }
        self.steps += 1;
        if self.steps >= STEPS_OF_ROW || self.builder.steps + self.steps >= STEPS {
            return false;
        }
        self.options(factor).into_iter().any(|level| {
            self.row.push(level);
            let is_complete = self.complete();
            if !is_complete {
                self.row.pop();
            }
            is_complete
        })
    }

    /// Returns what the factor may be, the best first.
    fn options(&self, factor: usize) -> Vec<Option<usize>> {
        let wanted = self.wanted.iter().find(|point| point.0 == factor);
        match (self.builder.model.levels(&self.row), wanted) {
            (Levels::NotAsked, None) => vec![None],
            (Levels::NotAsked, Some(_)) => Vec::new(),
            (Levels::OneOf(levels), Some((_, level))) => levels
                .contains(level)
                .then_some(Some(*level))
                .into_iter()
                .collect(),
            (Levels::OneOf(mut levels), None) => {
                levels.retain(|&level| level < self.builder.most_levels);
                // Without a wish the row is that of the first levels.
                if !self.wanted.is_empty() {
                    levels.sort_by_cached_key(|&level| self.rank(factor, level));
                }
                levels.into_iter().map(Some).collect()
            }
        }
    }

    fn rank(&self, factor: usize, level: usize) -> (Reverse<(usize, usize)>, usize) {
        let later = self.wanted.iter().filter(|point| point.0 > factor);
        let given = points(&self.row).chain(later.copied());
        (Reverse(self.builder.gain((factor, level), given)), level)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// Factors of which some depend on an earlier one: asked only if it has a level, or without a
    /// level if it has another.
    #[derive(Debug, Clone)]
    struct Sample(Vec<Factor>);

    #[derive(Debug, Clone)]
    struct Factor {
        count: usize,
        asked_if: Option<(usize, usize)>,
        forbidden_if: Option<((usize, usize), usize)>,
    }

    impl Model for Sample {
        fn level_counts(&self) -> Vec<usize> {
            self.0.iter().map(|factor| factor.count).collect()
        }

        fn levels(&self, before: &[Option<usize>]) -> Levels {
            let factor = &self.0[before.len()];
            let has = |(other, level): (usize, usize)| {
                let other = other.checked_rem(before.len());
                other.is_some_and(|other| before[other] == Some(level))
            };
            if factor.asked_if.is_some_and(|point| !has(point)) && !before.is_empty() {
                return Levels::NotAsked;
            }
            let forbidden = factor.forbidden_if.filter(|(point, _)| has(*point));
            let is_allowed = |level: &usize| forbidden.is_none_or(|(_, other)| other != *level);
            Levels::OneOf((0..factor.count).filter(is_allowed).collect())
        }
    }

    fn plain(counts: &[usize]) -> Sample {
        let factor = |&count| Factor {
            count,
            asked_if: None,
            forbidden_if: None,
        };
        Sample(counts.iter().map(factor).collect())
    }

    fn pairs(rows: &[Row]) -> BTreeSet<(Point, Point)> {
        let mut pairs = BTreeSet::new();
        for row in rows {
            let points: Vec<Point> = points(row).collect();
            for (number, one) in points.iter().enumerate() {
                pairs.extend(points[number..].iter().map(|other| (*one, *other)));
            }
        }
        pairs
    }

    #[test]
    fn few_combinations_are_all_taken() {
        assert_eq!(cover(&plain(&[])).rows, [Row::new()]);
        assert_eq!(cover(&plain(&[3])).rows, [[Some(0)], [Some(1)], [Some(2)]]);
        assert_eq!(cover(&plain(&[2, 2, 2, 2])).rows.len(), 16);
    }

    #[test]
    fn many_combinations_become_few() {
        for (counts, most) in [
            (vec![2; 6], 8),
            (vec![2; 20], 14),
            (vec![3; 4], 13),
            (vec![5, 4, 3, 2, 2], 22),
        ] {
            let array = cover(&plain(&counts));
            assert!(array.is_complete);
            assert!(array.rows.len() <= most, "{counts:?}: {}", array.rows.len());
            assert!(array.rows[0].iter().all(|level| *level == Some(0)));
        }
    }

    #[test]
    fn there_are_never_too_many() {
        let array = cover(&plain(&[100, 100, 100]));
        assert_eq!((array.rows.len(), array.is_complete), (ROWS, false));
        let array = cover(&plain(&[300; 10]));
        assert_eq!((array.rows.len(), array.is_complete), (ROWS, false));
        assert!(
            array
                .rows
                .iter()
                .flatten()
                .all(|level| level.is_some_and(|it| it < 100))
        );
    }

    fn factor() -> impl Strategy<Value = Factor> {
        let point = || (0..6_usize, 0..3_usize);
        let asked_if = proptest::option::weighted(0.3, point());
        let forbidden_if = proptest::option::weighted(0.4, (point(), 0..3_usize));
        (1..4_usize, asked_if, forbidden_if).prop_map(|(count, asked_if, forbidden_if)| Factor {
            count,
            asked_if,
            forbidden_if,
        })
    }

    proptest! {
        #[test]
        fn every_pair_that_can_meet_meets(factors in proptest::collection::vec(factor(), 0..7)) {
            let model = Sample(factors);
            let all = all_rows(&model, 3_000).expect("few enough");
            let array = cover(&model);
            prop_assert!(array.is_complete);
            prop_assert_eq!(pairs(&array.rows), pairs(&all));
            prop_assert!(array.rows.iter().all(|row| all.contains(row)));
            prop_assert_eq!(cover(&model), array);
        }
    }
}
