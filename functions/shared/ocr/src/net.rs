//! The arithmetic of the line nets: what their ONNX files say, and no more than they use.
//!
//! General engines lay out for each pixel of a large image what a convolution sees there, which takes longer than to
//! multiply it. Here a row of the answer is made at a time, and what it sees never leaves the processor's cache.
//! `rten_gemm` multiplies matrices, in the shape of `rten_tensor` and on the threads of `rayon`: nothing but this file
//! and `net/onnx.rs`, which packs the weights, knows of them.
//! Never here: what a class means, what a strip shows, or how a file is written.

mod onnx;

use rayon::{ThreadPool, ThreadPoolBuilder};
use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedAMatrix};
use rten_tensor::Matrix;

/// The name of the threads on which nets answer: who measures must count them.
pub const THREAD: &str = "line-net";

/// The weights of a net cannot be used: the program was built wrongly.
#[derive(Debug, thiserror::Error)]
#[error("the weights of a line net cannot be used: {0}")]
pub struct BrokenNet(String);

/// Numbers by row, channel and column: as many as the product of the three.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Image {
    pub(crate) channels: usize,
    pub(crate) columns: usize,
    pub(crate) values: Vec<f32>,
}

impl Image {
    const fn row_size(&self) -> usize {
        self.channels * self.columns
    }

    fn rows(&self) -> usize {
        self.values.len() / self.row_size().max(1)
    }

    /// One row of one channel; `None` outside.
    fn line(&self, row: usize, channel: usize) -> Option<&[f32]> {
        let start = row * self.row_size() + channel * self.columns;
        self.values.get(start..start + self.columns)
    }
}

/// A net, ready to answer on one thread.
pub(crate) struct Net {
    steps: Vec<Step>,
    /// Files are read side by side, each on a thread of its own; the product would take all of the machine's for one.
    one_thread: ThreadPool,
}

/// One operator, and which values it takes: 0 is the strip, step 1 makes 1, and so on.
struct Step {
    operator: Operator,
    takes: Vec<Taken>,
}

struct Taken {
    value: usize,
    /// No later step takes it.
    for_good: bool,
}

enum Operator {
    Convolution(Box<Convolution>),
    /// The largest of so many rows and columns.
    Pool([usize; 2]),
    Relu,
    Add,
}

impl Net {
    /// Of an ONNX file.
    ///
    /// # Errors
    /// [`BrokenNet`] if it is none, or asks for what is not known here.
    pub(crate) fn load(onnx: &[u8]) -> Result<Self, BrokenNet> {
        Ok(Self {
            steps: onnx::steps(onnx)?,
            one_thread: ThreadPoolBuilder::new()
                .num_threads(1)
                .thread_name(|_| THREAD.to_owned())
                .build()
                .map_err(|error| BrokenNet(error.to_string()))?,
        })
    }

    /// What the net makes of a strip, one row; `None` where the strip is too narrow, or of a height that does not leave
    /// one row. Heights near the net's own may: who cuts strips checks theirs.
    pub(crate) fn answer(&self, strip: Image) -> Option<Image> {
        self.one_thread.install(|| {
            let gemm = GemmExecutor::new();
            let mut values = vec![Some(strip)];
            for step in &self.steps {
                let made = step.made(&mut values, &gemm)?;
                values.push(Some(made));
            }
            values.pop()?.filter(|answer| answer.rows() == 1)
        })
    }
}

impl Step {
    fn made(&self, values: &mut [Option<Image>], gemm: &GemmExecutor) -> Option<Image> {
        let made = match &self.operator {
            Operator::Convolution(convolution) => convolution.of(self.seen(values)?, gemm)?,
            Operator::Pool(sides) => pooled(self.seen(values)?, *sides),
            Operator::Relu => changed(self.taken(0, values)?, |value| *value = value.max(0.0)),
            Operator::Add => {
                let (image, other) = (self.taken(0, values)?, self.taken(1, values)?);
                if (image.channels, image.columns) != (other.channels, other.columns)
                    || image.values.len() != other.values.len()
                {
                    return None;
                }
                let mut others = other.values.into_iter();
                changed(image, |value| *value += others.next().unwrap_or_default())
            }
        };
        for taken in self.takes.iter().filter(|taken| taken.for_good) {
            *values.get_mut(taken.value)? = None;
        }
        Some(made)
    }

    /// The value it only looks at.
    fn seen<'a>(&self, values: &'a [Option<Image>]) -> Option<&'a Image> {
        values.get(self.takes.first()?.value)?.as_ref()
    }

    /// A value to change: the one of that place among those it takes.
    fn taken(&self, place: usize, values: &mut [Option<Image>]) -> Option<Image> {
        let taken = self.takes.get(place)?;
        let value = values.get_mut(taken.value)?;
        if taken.for_good {
            value.take()
        } else {
            value.clone()
        }
    }
}

fn changed(mut image: Image, change: impl FnMut(&mut f32)) -> Image {
    image.values.iter_mut().for_each(change);
    image
}

/// The largest number of each piece of so many rows and columns; what is left at the end is dropped.
fn pooled(image: &Image, [tall, wide]: [usize; 2]) -> Image {
    let row_size = image.row_size().max(1);
    let mut values = Vec::with_capacity(image.values.len() / (tall * wide));
    for rows in image.values.chunks_exact(tall * row_size) {
        let mut rows = rows.chunks_exact(row_size);
        let mut largest = rows.next().unwrap_or_default().to_vec();
        for row in rows {
            for (most, value) in largest.iter_mut().zip(row) {
                *most = most.max(*value);
            }
        }
        for line in largest.chunks_exact(image.columns) {
            match wide {
                1 => values.extend_from_slice(line),
                2 => values.extend(line.as_chunks().0.iter().map(|[a, b]: &[f32; 2]| a.max(*b))),
                _ => values.extend(line.chunks_exact(wide).map(largest_of)),
            }
        }
    }
    Image {
        channels: image.channels,
        columns: image.columns / wide,
        values,
    }
}

fn largest_of(values: &[f32]) -> f32 {
    values.iter().copied().fold(f32::MIN, f32::max)
}

/// A convolution that steps by one pixel.
struct Convolution {
    /// Filter by filter: channel by channel, row by row, column by column.
    weights: PackedAMatrix<f32>,
    bias: Vec<f32>,
    channels: usize,
    /// Rows and columns that a filter sees,
    kernel: [usize; 2],
    /// how far apart its columns are,
    dilation: usize,
    /// and rows and columns of zeros on each side of the image.
    pads: [usize; 2],
}

impl Convolution {
    fn of(&self, image: &Image, gemm: &GemmExecutor) -> Option<Image> {
        let [tall, wide] = self.kernel;
        let rows = (image.rows() + 2 * self.pads[0]).checked_sub(tall - 1)?;
        let columns = (image.columns + 2 * self.pads[1]).checked_sub(self.dilation * (wide - 1))?;
        if image.channels != self.channels || columns == 0 {
            return None;
        }
        let channels = self.bias.len();
        let mut values = vec![0.0; rows * channels * columns];
        let depth = self.channels * tall * wide;
        let mut seen = Vec::with_capacity(depth * columns);
        for (row, made) in values.chunks_exact_mut(channels * columns).enumerate() {
            seen.clear();
            self.look(image, row, columns, &mut seen);
            let seen = Matrix::try_from_data([depth, columns], seen.as_slice()).ok()?;
            let options = GemmOptions {
                bias: Some(BiasVector::Column(&self.bias)),
                ..GemmOptions::default()
            };
            let weights = GemmInputA::Packed(&self.weights);
            gemm.gemm(made, weights, GemmInputB::Unpacked(seen), options)
                .ok()?;
        }
        Some(Image {
            channels,
            columns,
            values,
        })
    }

    /// What the filters see of an image where they make a row: each of their weights its line of columns.
    fn look(&self, image: &Image, row: usize, columns: usize, seen: &mut Vec<f32>) {
        let [tall, wide] = self.kernel;
        let [above, before] = self.pads;
        for channel in 0..self.channels {
            for down in 0..tall {
                let place = (row + down).checked_sub(above);
                let line = place.and_then(|place| image.line(place, channel));
                let line = line.unwrap_or_default();
                for across in 0..wide {
                    let end = seen.len() + columns;
                    let at = across * self.dilation;
                    seen.resize(end.min(seen.len() + before.saturating_sub(at)), 0.0);
                    let rest = line.get(at.saturating_sub(before)..).unwrap_or_default();
                    let fits = rest.len().min(end - seen.len());
                    seen.extend_from_slice(rest.get(..fits).unwrap_or_default());
                    seen.resize(end, 0.0);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers without a pattern, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "numbers below 255")]
    fn noise(count: usize) -> Vec<f32> {
        (0..count)
            .map(|i| (i * 7919 % 255) as f32 / 255.0)
            .collect()
    }

    fn image([rows, channels, columns]: [usize; 3]) -> Image {
        Image {
            channels,
            columns,
            values: noise(rows * channels * columns),
        }
    }

    fn assert_close(seen: &[f32], expected: &[f32]) {
        assert_eq!(seen.len(), expected.len());
        for (seen, expected) in seen.iter().zip(expected) {
            assert!((seen - expected).abs() < 1e-3, "{seen} for {expected}");
        }
    }

    #[test]
    fn both_nets_say_what_onnxruntime_says_of_the_same_strip() {
        // Noise 40 wide; numbers of `onnxruntime` 1 over the committed files, by place in the answer.
        let print = &[
            (0, 4.683_36),
            (9, 5.349_69),
            (137, -3.825_42),
            (1400, 4.687_77),
            (2799, -5.067_34),
        ];
        let mrz = &[
            (0, 6.800_85),
            (9, 6.627_52),
            (137, -2.530_94),
            (190, -2.891_96),
            (379, -2.882_94),
        ];
        for (name, onnx, rows, shape, expected) in [
            (
                "print",
                &include_bytes!("../models/print.onnx")[..],
                32,
                [280, 10],
                print,
            ),
            (
                "mrz",
                &include_bytes!("../models/mrz.onnx")[..],
                24,
                [38, 10],
                mrz,
            ),
        ] {
            let net = Net::load(onnx).unwrap();
            let answer = net.answer(image([rows, 1, 40])).unwrap();
            assert_eq!([answer.channels, answer.columns], shape, "{name}");
            let seen: Vec<f32> = expected.iter().map(|&(at, _)| answer.values[at]).collect();
            let expected: Vec<f32> = expected.iter().map(|&(_, value)| value).collect();
            assert_close(&seen, &expected);
            let too_tall = net.answer(image([rows + 8, 1, 40]));
            assert_eq!(too_tall, None, "{name}");
            assert_eq!(net.answer(image([rows, 1, 0])), None, "{name}");
        }
    }

    #[test]
    fn a_convolution_sees_zeros_beyond_the_edge() {
        let gemm = GemmExecutor::new();
        for (kernel, dilation, pads) in [
            ([3, 3], 1, [1, 1]),
            ([1, 5], 3, [0, 6]),
            ([2, 1], 1, [0, 0]),
            ([3, 3], 2, [0, 1]),
        ] {
            let (filters, depth) = (2, 3 * kernel[0] * kernel[1]);
            let weights = noise(filters * depth);
            let matrix = Matrix::from_data([filters, depth], weights.as_slice());
            let convolution = Convolution {
                weights: gemm.prepack_a(matrix),
                bias: vec![0.5, -0.25],
                channels: 3,
                kernel,
                dilation,
                pads,
            };
            let image = image([4, 3, 7]);
            let made = convolution.of(&image, &gemm).unwrap();
            let mut expected = Vec::new();
            for row in 0..made.rows() {
                for (filter, bias) in convolution.bias.iter().enumerate() {
                    for column in 0..made.columns {
                        let mut sum = *bias;
                        for at in 0..depth {
                            let (channel, place) =
                                (at / kernel[0] / kernel[1], at % (kernel[0] * kernel[1]));
                            let down = row + place / kernel[1];
                            let across = column + dilation * (place % kernel[1]);
                            let line = down
                                .checked_sub(pads[0])
                                .and_then(|row| image.line(row, channel));
                            let pixel = across.checked_sub(pads[1]).and_then(|at| line?.get(at));
                            sum +=
                                weights[filter * depth + at] * pixel.copied().unwrap_or_default();
                        }
                        expected.push(sum);
                    }
                }
            }
            assert_close(&made.values, &expected);
        }
    }

    #[test]
    fn a_pool_drops_what_does_not_fill_it() {
        let image = Image {
            channels: 2,
            columns: 3,
            values: (0_u8..18).map(f32::from).collect(),
        };
        for (sides, columns, expected) in [
            ([2, 2], 1, vec![7.0, 10.0]),
            ([2, 1], 3, vec![6.0, 7.0, 8.0, 9.0, 10.0, 11.0]),
            ([1, 3], 1, vec![2.0, 5.0, 8.0, 11.0, 14.0, 17.0]),
            ([3, 1], 3, vec![12.0, 13.0, 14.0, 15.0, 16.0, 17.0]),
        ] {
            let made = pooled(&image, sides);
            assert_eq!((made.columns, made.values), (columns, expected));
        }
    }

    #[test]
    fn what_is_no_net_of_ours_is_refused() {
        assert!(Net::load(b"no net").is_err());
        assert!(Net::load(b"").is_err());
        // The same file with a word in its place that is not read.
        let onnx = include_bytes!("../models/print.onnx");
        let with = |from: &[u8], to: &[u8]| {
            let at = onnx.windows(from.len()).position(|part| part == from);
            let (before, rest) = onnx.split_at(at.unwrap());
            Net::load(&[before, to, &rest[from.len()..]].concat())
        };
        assert!(with(b"dilations", b"dilations").is_ok());
        for (from, to) in [
            (&b"dilations"[..], &b"dilatiens"[..]),
            (b"kernel_shape", b"kernel_shade"),
            (b"MaxPool", b"AvgPool"),
            (b"conv2.w", b"conv3.w"),
            (b"pool1", b"pool9"),
        ] {
            assert!(with(from, to).is_err(), "{}", String::from_utf8_lossy(to));
        }
    }

    #[test]
    fn images_of_unequal_sizes_are_not_added() {
        let taken = |value| Taken {
            value,
            for_good: true,
        };
        let add = Step {
            operator: Operator::Add,
            takes: vec![taken(0), taken(1)],
        };
        let gemm = GemmExecutor::new();
        for (other, is_added) in [([4, 3, 7], true), ([4, 3, 8], false), ([5, 3, 7], false)] {
            let mut values = [image([4, 3, 7]), image(other)].map(Some);
            let made = add.made(&mut values, &gemm);
            assert_eq!(made.is_some(), is_added, "{other:?}");
        }
    }
}
