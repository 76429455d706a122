//! Addresses of the pages of uploads.

use crate::people::model::PeopleImportId;

pub const UPLOAD: &str = "/people/import";
pub const LISTS: &str = "/people/import/{lists}";
pub const CHOICES: &str = "/people/import/{lists}/choices";
pub const COLUMNS: &str = "/people/import/{lists}/columns";
pub const LOADING: &str = "/people/import/{lists}/loading";
pub const REMOVAL: &str = "/people/import/{lists}/removal";
/// What is done with people who are on record: invited, by a slice that stands after this one.
pub const NEXT: &str = "/participants/choice?group=pupils";
pub const LEFTOVERS: &str = "/people/import/{lists}/leftovers";

impl PeopleImportId {
    /// Returns the address of the preview.
    pub fn show_path(self) -> String {
        format!("{UPLOAD}/{self}")
    }

    /// Returns the address of something done with the upload: «choices», «columns».
    pub fn path_to(self, what: &str) -> String {
        format!("{UPLOAD}/{self}/{what}")
    }
}
