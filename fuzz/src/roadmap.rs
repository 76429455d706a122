//! The reading of road maps.

#[path = "../../crates/app/src/roadmap/indicator/mod.rs"]
pub mod indicator;
#[path = "../../crates/app/src/roadmap/reading/mod.rs"]
pub mod reading;
#[path = "../../crates/app/src/roadmap/template/mod.rs"]
pub mod template;
#[path = "../../crates/app/src/roadmap/term/mod.rs"]
pub mod term;
