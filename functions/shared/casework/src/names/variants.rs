//! Letters that stand for one another, as a table, and the distance that such letters do not add to.

/// Rows `FROM: TO TO …`; `-` stands for nothing, `#` begins a comment.
#[derive(Debug)]
pub(crate) struct Variants {
    rows: Vec<(Vec<char>, Vec<Vec<char>>)>,
}

impl Variants {
    /// Reads a table; a line without a colon is left out, and a test sees to it that none is.
    pub fn parse(text: &str) -> Self {
        let mut rows: Vec<_> = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(':'))
            .map(|(from, to)| {
                let to = to.split_whitespace().map(|variant| match variant {
                    "-" => Vec::new(),
                    letters => letters.chars().collect(),
                });
                (
                    from.trim().chars().collect::<Vec<char>>(),
                    to.collect::<Vec<_>>(),
                )
            })
            .collect();
        // Longer sources first, so that folding takes ЙЫ before Й.
        rows.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        Self { rows }
    }

    /// The letters, or pairs of them, that have variants, and all they may become.
    pub fn rows(&self) -> impl Iterator<Item = (&[char], &[Vec<char>])> {
        let rows = self.rows.iter();
        rows.map(|(from, to)| (from.as_slice(), to.as_slice()))
    }

    /// Each source replaced by its first variant.
    pub fn fold(&self, text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let mut folded = String::new();
        let mut rest = characters.as_slice();
        while let [first, tail @ ..] = rest {
            let row = self.rows.iter().find(|(from, _)| rest.starts_with(from));
            if let Some((from, to)) = row {
                folded.extend(to.first().into_iter().flatten());
                rest = rest.get(from.len()..).unwrap_or_default();
            } else {
                folded.push(*first);
                rest = tail;
            }
        }
        folded
    }

    /// Edit distance in which replacing a source by a variant, on either side, costs nothing.
    pub fn distance(&self, a: &str, b: &str) -> usize {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let mut cheapest = Costs::new(a.len(), b.len());
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                let here = cheapest.at(i, j);
                let (rest_a, rest_b) = (
                    a.get(i..).unwrap_or_default(),
                    b.get(j..).unwrap_or_default(),
                );
                if let ([x, ..], [y, ..]) = (rest_a, rest_b) {
                    cheapest.offer(i + 1, j + 1, here + usize::from(x != y));
                }
                cheapest.offer(i + 1, j, here + 1);
                cheapest.offer(i, j + 1, here + 1);
                for (from, to) in self.matches(rest_a, rest_b) {
                    cheapest.offer(i + from, j + to, here);
                }
                for (from, to) in self.matches(rest_b, rest_a) {
                    cheapest.offer(i + to, j + from, here);
                }
            }
        }
        cheapest.at(a.len(), b.len())
    }

    /// Lengths of a source that `one` begins with and of a variant of it that `other` begins with.
    fn matches(&self, one: &[char], other: &[char]) -> impl Iterator<Item = (usize, usize)> {
        self.rows
            .iter()
            .filter(|(from, _)| one.starts_with(from))
            .flat_map(|(from, to)| to.iter().map(move |variant| (from.len(), variant)))
            .filter(|(_, variant)| other.starts_with(variant))
            .map(|(from, variant)| (from, variant.len()))
    }
}

/// The least cost of having read so many letters of each.
struct Costs {
    width: usize,
    cells: Vec<usize>,
}

impl Costs {
    fn new(a: usize, b: usize) -> Self {
        let mut cells = vec![usize::MAX / 2; (a + 1) * (b + 1)];
        if let Some(first) = cells.first_mut() {
            *first = 0;
        }
        Self {
            width: b + 1,
            cells,
        }
    }

    fn at(&self, i: usize, j: usize) -> usize {
        self.cells
            .get(i * self.width + j)
            .copied()
            .unwrap_or(usize::MAX / 2)
    }

    fn offer(&mut self, i: usize, j: usize, cost: usize) {
        if j < self.width
            && let Some(cell) = self.cells.get_mut(i * self.width + j)
        {
            *cell = (*cell).min(cost);
        }
    }
}
