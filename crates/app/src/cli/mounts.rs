//! Which disk a folder lies on. Pure, but for the one function that reads the list of mounts.
//!
//! SQLite relies on locks and shared memory that network file systems do not keep: a database on one is damaged sooner
//! or later (<https://www.sqlite.org/howtocorrupt.html#_filesystems_with_broken_or_missing_lock_implementations>).

use std::path::{Path, PathBuf};

/// File systems that live on another machine, as Linux names them.
const NETWORK: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb2",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "ceph",
    "glusterfs",
    "lustre",
    "9p",
    "davfs",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.glusterfs",
    "fuse.davfs2",
    "fuse.s3fs",
    "fuse.ceph",
];

/// Returns the kind of a network file system a folder lies on; nothing when it lies here or the system does not say.
pub fn network_kind(folder: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    let folder = existing(folder)?.canonicalize().ok()?;
    kind_in(&mounts, &folder).filter(|kind| NETWORK.contains(&kind.as_str()))
}

/// Returns the nearest folder above that exists already.
fn existing(folder: &Path) -> Option<PathBuf> {
    let folder = std::path::absolute(folder).ok()?;
    folder.ancestors().find(|path| path.exists()).map(Path::to_owned)
}

/// Finds the mount a path lies in, the longest one that leads to it, and returns its kind:
/// <https://www.kernel.org/doc/html/latest/filesystems/proc.html#proc-pid-mountinfo-information-about-mounts>.
fn kind_in(mounts: &str, path: &Path) -> Option<String> {
    let mount = |line: &str| {
        let (left, right) = line.split_once(" - ")?;
        let point = PathBuf::from(unescaped(left.split(' ').nth(4)?));
        path.starts_with(&point)
            .then(|| (point.components().count(), right.split(' ').next().unwrap_or_default().to_owned()))
    };
    // Of two mounts at one point the later one lies on top.
    mounts.lines().filter_map(mount).max_by_key(|(depth, _)| *depth).map(|(_, kind)| kind)
}

/// Blanks in names of mounts are written as octal numbers.
fn unescaped(name: &str) -> String {
    name.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 21 0:26 / /mnt/school\\040files rw - cifs //server/share rw
31 30 0:27 / /mnt/school\\040files/local rw - ext4 /dev/vdb rw
32 21 0:28 / /home rw - nfs4 server:/home rw
33 32 0:29 / /home rw - tmpfs none rw
";

    #[test]
    fn a_folder_belongs_to_the_nearest_mount_above_it() {
        let kind = |path: &str| kind_in(MOUNTS, Path::new(path)).unwrap();
        assert_eq!(kind("/var/lib/nastavnik"), "ext4");
        assert_eq!(kind("/mnt/school files/data"), "cifs");
        assert_eq!(kind("/mnt/school files/local/data"), "ext4");
        assert_eq!(kind("/mnt/school files2"), "ext4");
        assert_eq!(kind("/home/anna"), "tmpfs", "what was mounted later lies on top");
    }

    #[test]
    fn a_folder_that_does_not_exist_yet_is_where_it_will_be_made() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(existing(&dir.path().join("a/b/c")).unwrap(), dir.path());
        assert_eq!(network_kind(&dir.path().join("a")), None);
    }
}
