//! A disk that fills and is freed again: people are told in Russian, nothing is restarted.
//!
//! A small disk of memory is mounted where the system permits it; where it does not, the story says so and the same is
//! shown by a database that may not grow (`crates/database/tests/together.rs`).

use crate::{
    command_line::{Home, Server},
    torture::{Client, demo_in, document},
};
use std::{fs, io::Write as _, path::PathBuf, process::Command};
use uuid::Uuid;

/// A disk of memory; gone when the story ends.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn at(path: PathBuf) -> Option<Self> {
        fs::create_dir_all(&path).unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=48m", "tmpfs"]).arg(&path).output();
        mounted.is_ok_and(|done| done.status.success()).then(|| Self(path))
    }

    /// Writes until nothing more fits.
    fn fill(&self) -> PathBuf {
        let path = self.0.join("filler");
        let mut file = fs::File::create(&path).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
        path
    }

    fn remount(&self, how: &str) -> bool {
        let done = Command::new("mount").args(["-o", how]).arg(&self.0).output();
        done.is_ok_and(|done| done.status.success())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn note(client: &Client, row: &str) -> String {
    let form = format!("key={}&text=%D0%BF%D1%80%D0%BE%D0%B2%D0%B5%D1%80%D0%BA%D0%B0", Uuid::now_v7());
    client.send(&format!("POST {row}/notes"), "application/x-www-form-urlencoded", form.as_bytes()).unwrap()
}

fn upload(client: &Client, row: &str) -> String {
    let (kind, body) = document(Uuid::now_v7());
    client.send(&format!("POST {row}/documents"), &kind, &body).unwrap()
}

#[test]
fn a_full_disk_is_said_in_russian_and_survived_without_a_restart() {
    let home = Home::new();
    let Some(disk) = SmallDisk::at(home.path()) else {
        println!("SKIPPED: this system does not let the test mount a small disk");
        return;
    };
    let login = demo_in(&home);
    let server = Server::start(&home);
    let client = Client::sign_in(&server.address, &login);
    let row = client.row();
    assert!(note(&client, &row).starts_with("HTTP/1.1 303"));

    let filler = disk.fill();
    for refused in [note(&client, &row), upload(&client, &row), note(&client, &row)] {
        assert!(refused.starts_with("HTTP/1.1 503") && refused.to_lowercase().contains("retry-after: "), "{refused}");
        assert!(refused.contains("закончилось место"), "{refused}");
    }
    let page = client.send("GET /roadmap", "text/plain", b"").unwrap();
    assert!(page.starts_with("HTTP/1.1 200"), "reading goes on: {page}");

    fs::remove_file(filler).unwrap();
    for done in [note(&client, &row), upload(&client, &row)] {
        assert!(done.starts_with("HTTP/1.1 303"), "{done}");
    }

    if disk.remount("remount,ro") {
        let refused = note(&client, &row);
        assert!(refused.starts_with("HTTP/1.1 503"), "{refused}");
        assert!(disk.remount("remount,rw"));
        assert!(note(&client, &row).starts_with("HTTP/1.1 303"));
    } else {
        println!("SKIPPED: the system makes no disk read-only while a program writes to it");
    }
    assert_eq!(server.stop(), Some(0));
}
