//! A bar that shares its width among three parts, each with its own sign.

use ratatui::text::Span;

use crate::tui::theme::Theme;
use crate::tui::theme::glyphs::Sign;

/// Draws how much of a quota is used, lent and free; every part that is not zero shows.
pub(crate) fn quota(theme: &Theme, width: usize, process: u32, parts: [u32; 3]) -> Vec<Span<'static>> {
    let [own, lent, free] = widths(width, parts);
    let run = |sign: Sign, count: usize| theme.sign(sign).to_string().repeat(count);
    vec![
        Span::styled(run(Sign::BarOwn, own), theme.owner_text(process)),
        Span::styled(run(Sign::BarLent, lent), theme.owner_text(process)),
        Span::styled(run(Sign::BarFree, free), theme.dim()),
    ]
}

/// Shares `width` columns in proportion; what is not zero gets at least one column.
fn widths(width: usize, parts: [u32; 3]) -> [usize; 3] {
    let total: u64 = parts.iter().map(|part| u64::from(*part)).sum();
    if total == 0 || width < 3 {
        return [0, 0, width];
    }
    let mut shares = parts.map(|part| {
        let exact = u64::from(part) * width as u64 / total;
        usize::try_from(exact).unwrap_or(0).max(usize::from(part > 0))
    });
    // Rounding leaves a column or two over or short; the widest part takes them.
    let widest = (0..3).max_by_key(|index| shares[*index]).unwrap_or(0);
    let others: usize = shares.iter().sum::<usize>() - shares[widest];
    shares[widest] = width.saturating_sub(others);
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_fills_its_width_and_hides_nothing() {
        assert_eq!(widths(10, [5, 3, 2]), [5, 3, 2]);
        assert_eq!(widths(10, [1, 0, 999_999]), [1, 0, 9]);
        assert_eq!(widths(10, [0, 0, 0]), [0, 0, 10]);
        assert_eq!(widths(10, [u32::MAX, u32::MAX, 1]).iter().sum::<usize>(), 10);
        assert_eq!(widths(0, [1, 1, 1]), [0, 0, 0]);
    }
}
