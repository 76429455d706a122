//! A picture in grey and what is done to it before a code is looked for.

/// Dots row by row, 0 is black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grey {
    width: usize,
    height: usize,
    dots: Vec<u8>,
}

impl Grey {
    /// Makes a picture; nothing where the dots are not `width * height`.
    pub fn new(width: usize, height: usize, dots: Vec<u8>) -> Option<Self> {
        (width > 0 && height > 0 && width.checked_mul(height) == Some(dots.len())).then_some(Self {
            width,
            height,
            dots,
        })
    }

    pub fn width(&self) -> usize {
        self.width
    }

    pub fn height(&self) -> usize {
        self.height
    }

    pub fn dots(&self) -> &[u8] {
        &self.dots
    }

    /// Returns the longer side.
    pub fn longest(&self) -> usize {
        self.width.max(self.height)
    }

    /// Makes the longer side no longer than this, every new dot the mean of the old ones it covers.
    #[must_use]
    pub fn at_most(&self, longest: usize) -> Self {
        if self.longest() <= longest {
            return self.clone();
        }
        let scaled = |side: usize| (side * longest / self.longest()).max(1);
        let (width, height) = (scaled(self.width), scaled(self.height));
        let bounds = |index: usize, new: usize, old: usize| (index * old / new, ((index + 1) * old).div_ceil(new));
        let columns: Vec<(usize, usize)> = (0..width).map(|x| bounds(x, width, self.width)).collect();
        let mut dots = Vec::with_capacity(width * height);
        let mut sums = vec![0_u32; self.width];
        for y in 0..height {
            let (top, bottom) = bounds(y, height, self.height);
            sums.fill(0);
            for row in self.dots[top * self.width..bottom * self.width].chunks_exact(self.width) {
                for (sum, dot) in sums.iter_mut().zip(row) {
                    *sum += u32::from(*dot);
                }
            }
            dots.extend(columns.iter().map(|&(left, right)| {
                let sum: u64 = sums[left..right].iter().copied().map(u64::from).sum();
                let count = ((right - left) * (bottom - top)) as u64;
                u8::try_from(sum / count).unwrap_or(u8::MAX)
            }));
        }
        Self { width, height, dots }
    }

    /// Makes both sides twice as long, new dots between the old ones.
    #[must_use]
    pub fn doubled(&self) -> Self {
        let (width, height) = (self.width * 2, self.height * 2);
        let mut dots = Vec::with_capacity(width * height);
        for y in 0..height {
            let (y0, y1) = (y / 2, (y / 2 + y % 2).min(self.height - 1));
            for x in 0..width {
                let (x0, x1) = (x / 2, (x / 2 + x % 2).min(self.width - 1));
                let sum: u16 = [(y0, x0), (y0, x1), (y1, x0), (y1, x1)]
                    .map(|(y, x)| u16::from(self.dots[y * self.width + x]))
                    .iter()
                    .sum();
                dots.push(u8::try_from(sum / 4).unwrap_or(u8::MAX));
            }
        }
        Self { width, height, dots }
    }

    /// Returns a part; it ends where the picture ends.
    pub fn part(&self, left: usize, top: usize, width: usize, height: usize) -> Option<Self> {
        let (right, bottom) = ((left + width).min(self.width), (top + height).min(self.height));
        if left >= right || top >= bottom {
            return None;
        }
        let rows = self.dots[top * self.width..bottom * self.width].chunks_exact(self.width);
        Self::new(right - left, bottom - top, rows.flat_map(|row| row[left..right].iter().copied()).collect())
    }

    /// Turns by quarters, clockwise.
    #[must_use]
    pub fn turned(&self, quarters: u8) -> Self {
        let (width, height) =
            if quarters.is_multiple_of(2) { (self.width, self.height) } else { (self.height, self.width) };
        let mut dots = Vec::with_capacity(self.dots.len());
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = match quarters % 4 {
                    0 => (x, y),
                    1 => (y, self.height - 1 - x),
                    2 => (self.width - 1 - x, self.height - 1 - y),
                    _ => (self.width - 1 - y, x),
                };
                dots.push(self.dots[from_y * self.width + from_x]);
            }
        }
        Self { width, height, dots }
    }

    /// Makes every dot the middle one of the nine around it: grains of noise go, edges stay.
    #[must_use]
    pub fn without_grains(&self) -> Self {
        let mut dots = self.dots.clone();
        for y in 1..self.height.saturating_sub(1) {
            for x in 1..self.width.saturating_sub(1) {
                let at = y * self.width + x;
                let mut around = [0; 9];
                for (index, row) in [at - self.width, at, at + self.width].into_iter().enumerate() {
                    around[index * 3..index * 3 + 3].copy_from_slice(&self.dots[row - 1..=row + 1]);
                }
                around.sort_unstable();
                dots[at] = around[4];
            }
        }
        Self { dots, ..*self }
    }

    /// Makes every dot the mean of a square of `2 * radius + 1` dots around it.
    #[must_use]
    pub fn blurred(&self, radius: usize) -> Self {
        let sums = Sums::of(self);
        let dots = self.places().map(|(x, y)| sums.mean(x, y, radius)).collect();
        Self { dots, ..*self }
    }

    /// Tells for every dot whether it is dark beside what is around it: shadows and folds are no darkness.
    pub fn local_darkness(&self, radius: usize) -> Vec<bool> {
        /// Paper is uneven by some 8 of 100 where nothing is printed.
        const SHARE: u32 = 92;
        let sums = Sums::of(self);
        let dark =
            |(dot, (x, y)): (&u8, (usize, usize))| u32::from(*dot) * 100 < u32::from(sums.mean(x, y, radius)) * SHARE;
        self.dots.iter().zip(self.places()).map(dark).collect()
    }

    fn places(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let width = self.width;
        (0..self.height).flat_map(move |y| (0..width).map(move |x| (x, y)))
    }
}

/// Sums of all dots above and to the left: the mean of any rectangle in four look-ups.
struct Sums {
    width: usize,
    height: usize,
    /// They may wrap: a difference is right as long as the rectangle itself is smaller than four thousand million.
    totals: Vec<u32>,
}

impl Sums {
    fn of(grey: &Grey) -> Self {
        let stride = grey.width + 1;
        let mut totals = vec![0_u32; stride * (grey.height + 1)];
        for (y, row) in grey.dots.chunks_exact(grey.width).enumerate() {
            let mut sum = 0_u32;
            for (x, dot) in row.iter().enumerate() {
                sum = sum.wrapping_add(u32::from(*dot));
                totals[(y + 1) * stride + x + 1] = totals[y * stride + x + 1].wrapping_add(sum);
            }
        }
        Self { width: grey.width, height: grey.height, totals }
    }

    fn mean(&self, x: usize, y: usize, radius: usize) -> u8 {
        let (left, right) = (x.saturating_sub(radius), (x + radius + 1).min(self.width));
        let (top, bottom) = (y.saturating_sub(radius), (y + radius + 1).min(self.height));
        let at = |x: usize, y: usize| self.totals[y * (self.width + 1) + x];
        let sum =
            at(right, bottom).wrapping_add(at(left, top)).wrapping_sub(at(left, bottom)).wrapping_sub(at(right, top));
        let count = u32::try_from((right - left) * (bottom - top)).unwrap_or(u32::MAX);
        u8::try_from(sum / count).unwrap_or(u8::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(rows: &[&[u8]]) -> Grey {
        Grey::new(rows[0].len(), rows.len(), rows.concat()).unwrap()
    }

    #[test]
    fn a_picture_has_as_many_dots_as_its_sides_say() {
        assert!(Grey::new(2, 2, vec![0; 3]).is_none());
        assert!(Grey::new(0, 2, vec![]).is_none());
        assert!(Grey::new(usize::MAX, 2, vec![0; 2]).is_none());
    }

    #[test]
    fn a_smaller_picture_keeps_the_mean() {
        let picture = grey(&[&[0, 100, 200, 200], &[100, 200, 200, 200]]);
        assert_eq!(picture.at_most(2), grey(&[&[100, 200]]));
        assert_eq!(picture.at_most(4), picture);
        assert_eq!(picture.doubled().at_most(4).width(), 4);
    }

    #[test]
    fn four_turns_are_none() {
        let picture = grey(&[&[1, 2, 3], &[4, 5, 6]]);
        assert_eq!(picture.turned(1), grey(&[&[4, 1], &[5, 2], &[6, 3]]));
        assert_eq!(picture.turned(2), grey(&[&[6, 5, 4], &[3, 2, 1]]));
        assert_eq!(picture.turned(3).turned(1), picture);
        assert_eq!(picture.turned(4), picture);
    }

    #[test]
    fn a_part_ends_where_the_picture_ends() {
        let picture = grey(&[&[1, 2, 3], &[4, 5, 6]]);
        assert_eq!(picture.part(1, 1, 9, 9), Some(grey(&[&[5, 6]])));
        assert_eq!(picture.part(3, 0, 1, 1), None);
    }

    #[test]
    fn a_grain_goes_and_an_edge_stays() {
        let mut dots = vec![255; 49];
        dots[24] = 0;
        assert!(Grey::new(7, 7, dots).unwrap().without_grains().dots().iter().all(|dot| *dot == 255));
        let edge: Vec<u8> = (0..49).map(|at| if at % 7 < 3 { 0 } else { 255 }).collect();
        let edge = Grey::new(7, 7, edge).unwrap();
        assert_eq!(edge.without_grains(), edge);
    }

    #[test]
    fn print_in_a_shadow_is_dark_and_the_shadow_is_not() {
        let dots: Vec<u8> = (0..400).map(|at| if at % 20 < 10 { 90 } else { 220 }).collect();
        let mut shadowed = Grey::new(20, 20, dots).unwrap();
        shadowed.dots[5 * 20 + 5] = 20;
        let dark = shadowed.local_darkness(3);
        assert!(dark[5 * 20 + 5]);
        assert!(!dark[15 * 20 + 3] && !dark[15 * 20 + 17]);
    }
}
