//! Addresses of the pages about scans.

use super::model::{ScanPageId, StackId};

pub const SCANS: &str = "/papers/scans";
pub const STACK: &str = "/papers/scans/{stack}";
pub const REMOVAL: &str = "/papers/scans/{stack}/removal";
pub const PAGE: &str = "/papers/scans/{stack}/pages/{scan}";
pub const PICTURE: &str = "/papers/scans/{stack}/pages/{scan}/picture";

impl StackId {
    /// Returns the path of the page on which the stack is looked through.
    pub fn show_path(self) -> String {
        format!("{SCANS}/{self}")
    }

    /// Returns the path of the question before the rest is removed.
    pub fn removal_path(self) -> String {
        format!("{SCANS}/{self}/removal")
    }

    /// Returns the path of one of its pages.
    pub fn page_path(self, page: ScanPageId) -> String {
        format!("{SCANS}/{self}/pages/{page}")
    }

    /// Returns the path of the picture of one of its pages.
    pub fn picture_path(self, page: ScanPageId) -> String {
        format!("{SCANS}/{self}/pages/{page}/picture")
    }
}
