//! Scans come home: a stack is uploaded, read beside the pages, looked through and filed by one confirmation.
//!
//! Rules kept: strangers' bytes are read in the reading process only, and what is kept of them are pictures it has made;
//! a page is filed by its code or by a person, never by a guess; one confirmation files everything in one transaction and
//! goes the way of `attach_scan_in`, so that consents are signed by their own rules; what was filed is filed once; nothing
//! of somebody who has withdrawn is shown. A stack is seen by who may file it; what is left of it is forgotten with its
//! job after a week.

pub mod actions;
mod arranging;
mod forms;
pub mod model;
mod pages;
pub mod paths;
pub mod queries;
mod reading;
mod review;

pub use pages::{routes, waiting_card};
pub use reading::JOB;
