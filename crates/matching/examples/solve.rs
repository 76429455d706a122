//! Solves one instance file and prints a line of JSON.
//!
//! Format, little endian: `MMI1`, u32 dense, u32 mentees, u32 mentors, u64 pairs, u32 capacity per mentor, u64 row
//! offsets, u32 mentor per pair, i32 score per pair.
//!
//! `cargo run --release -p matching --example solve -- FILE.bin [REPETITIONS]`

use std::process::ExitCode;

use matching::{CandidateGraph, Control, Task};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: solve FILE.bin [REPETITIONS]");
        return ExitCode::FAILURE;
    };
    let repetitions = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(1);
    match run(&path, repetitions) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{path}: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn run(path: &str, repetitions: usize) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let graph = read(&bytes).ok_or("not an instance file")?;
    drop(bytes);
    // Lets the peak count from here; reading the file is not solving.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let before = status("VmRSS:");
    let priority = vec![false; graph.mentees()];
    let task = Task::plain(&graph, &priority);
    let mut seconds = Vec::new();
    let mut answer = None;
    for _ in 0..repetitions.max(1) {
        let start = cpu_seconds();
        answer = Some(matching::solve(&task, Control::none()).map_err(|error| format!("{error:?}"))?);
        seconds.push(cpu_seconds() - start);
    }
    seconds.sort_by(f64::total_cmp);
    let answer = answer.ok_or("no repetition")?;
    let peak = status("VmHWM:");
    let verified = matching::verify(&task, &answer);
    let line = serde_json::json!({
        "file": path,
        "mentees": graph.mentees(),
        "mentors": graph.mentors_len(),
        "pairs": graph.pairs(),
        "placed": answer.objectives.placed,
        "total": answer.objectives.total,
        "cpu_seconds": seconds[seconds.len() / 2],
        "cpu_seconds_min": seconds[0],
        "peak_mb": peak / 1024.0,
        "solver_mb": (peak - before) / 1024.0,
        "verified": verified.is_ok(),
        "flaw": verified.err().map(|flaw| format!("{flaw:?}")),
    });
    Ok(line.to_string())
}

fn read(bytes: &[u8]) -> Option<CandidateGraph> {
    let mut file = Reader { bytes };
    if file.take(4)? != b"MMI1" {
        return None;
    }
    let (_dense, mentees, mentors) = (file.u32()?, file.u32()? as usize, file.u32()? as usize);
    let pairs = usize::try_from(file.u64()?).ok()?;
    let capacities = file.numbers(mentors, u32::from_le_bytes)?;
    let offsets = file.numbers(mentees + 1, u64::from_le_bytes)?;
    let offsets = offsets.into_iter().map(usize::try_from).collect::<Result<_, _>>().ok()?;
    let candidates = file.numbers(pairs, u32::from_le_bytes)?;
    let scores = file.numbers(pairs, i32::from_le_bytes)?;
    if !file.bytes.is_empty() {
        return None;
    }
    CandidateGraph::new(capacities, offsets, candidates, scores).ok()
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.bytes.split_at_checked(count)?;
        self.bytes = tail;
        Some(head)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    fn numbers<const N: usize, T>(&mut self, count: usize, parse: fn([u8; N]) -> T) -> Option<Vec<T>> {
        let bytes = self.take(count.checked_mul(N)?)?;
        let words = bytes.chunks_exact(N).map(|word| word.try_into().ok().map(parse));
        words.collect()
    }
}

/// Returns a line of `/proc/self/status` in kilobytes, or zero where there is no such file.
fn status(name: &str) -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().next()).and_then(|word| word.parse().ok()).unwrap_or(0.0)
}

/// Returns the processor time of all threads, to the nanosecond where the system keeps it so.
fn cpu_seconds() -> f64 {
    // Giving way makes the kernel book the time that has run since its last tick.
    std::thread::yield_now();
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let nanoseconds = tasks.map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
        text.split_whitespace().next().and_then(|word| word.parse::<f64>().ok()).unwrap_or(0.0)
    });
    nanoseconds.sum::<f64>() / 1e9
}
