//! A plot of times against numbers of files, both axes logarithmic, as SVG.

use std::fmt::Write;
use std::time::Duration;

/// What one program took.
pub(super) struct Line<'l> {
    pub(super) name: &'l str,
    /// Numbers of files, growing, each with a time.
    pub(super) points: Vec<(usize, Duration)>,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 400.0;
/// The space around the axes: for the times on the left, the names on the right.
const LEFT: f64 = 70.0;
const RIGHT: f64 = 170.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 45.0;

/// Colors that people who see few colors tell apart, and that do on dark and light pages.
const COLORS: [&str; 6] = [
    "#0072b2", "#7f7f7f", "#d55e00", "#009e73", "#cc79a7", "#e69f00",
];

/// The times that lines are drawn at, in milliseconds.
const TIMES: [(f64, &str); 6] = [
    (1.0, "1 ms"),
    (10.0, "10 ms"),
    (100.0, "100 ms"),
    (1_000.0, "1 s"),
    (10_000.0, "10 s"),
    (100_000.0, "100 s"),
];

/// Draws the lines.
pub(super) fn svg(lines: &[Line<'_>]) -> String {
    let sizes: Vec<usize> = lines.first().map_or(Vec::new(), |line| {
        line.points.iter().map(|(files, _)| *files).collect()
    });
    let most = sizes.last().map_or(1.0, |files| as_f64(*files));
    let x = |files: usize| LEFT + (WIDTH - LEFT - RIGHT) * as_f64(files).log10() / most.log10();
    let y = |milliseconds: f64| {
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * milliseconds.log10().clamp(0.0, 5.0) / 5.0
    };
    // Writing to a string cannot fail.
    let mut text = String::new();
    let _ = writeln!(
        text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"sans-serif\" font-size=\"13\" fill=\"#808080\">\n\
         <title>Elapsed time against the number of files</title>"
    );
    for (milliseconds, name) in TIMES {
        let (y, right) = (y(milliseconds), WIDTH - RIGHT);
        let _ = writeln!(
            text,
            "<path d=\"M{LEFT} {y:.1}H{right}\" stroke=\"#808080\" stroke-opacity=\"0.3\"/>\n\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{name}</text>",
            LEFT - 8.0,
            y + 4.0
        );
    }
    for files in sizes {
        let _ = writeln!(
            text,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{files}</text>",
            x(files),
            HEIGHT - BOTTOM + 18.0
        );
    }
    let _ = writeln!(
        text,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">files</text>",
        LEFT.midpoint(WIDTH - RIGHT),
        HEIGHT - 8.0
    );
    for (line, color) in lines.iter().zip(COLORS.iter().cycle()) {
        let places: Vec<(f64, f64)> = line
            .points
            .iter()
            .map(|(files, time)| (x(*files), y(time.as_secs_f64() * 1000.0)))
            .collect();
        let path: Vec<String> = places
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let _ = writeln!(
            text,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>",
            path.join(" ")
        );
        if let Some((x, y)) = places.last() {
            let _ = writeln!(
                text,
                "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{color}\">{}</text>",
                x + 8.0,
                y + 4.0,
                line.name
            );
        }
    }
    text.push_str("</svg>\n");
    text
}

fn as_f64(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_time_is_higher_and_more_files_are_further_right() {
        let points = [(12, 3), (10_000, 300)];
        let points = points.map(|(files, time)| (files, Duration::from_millis(time)));
        let line = Line {
            name: "perk",
            points: points.to_vec(),
        };
        let svg = svg(&[line]);
        let points = svg
            .lines()
            .find(|line| line.starts_with("<polyline"))
            .unwrap();
        let numbers: Vec<f64> = points
            .split('"')
            .nth(1)
            .unwrap()
            .split([' ', ','])
            .map(|number| number.parse().unwrap())
            .collect();
        assert!(numbers[0] < numbers[2] && numbers[1] > numbers[3]);
    }
}
