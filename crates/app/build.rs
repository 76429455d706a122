//! Tells Cargo that the embedded assets have changed: `rust-embed` reads them at compile time.

fn main() {
    println!("cargo::rerun-if-changed=../../web/dist");
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=templates");
}
