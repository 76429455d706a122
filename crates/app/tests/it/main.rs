//! Everything that is tested through the whole program, in one binary (each further binary would link it all again).

// clippy allows `unwrap` in helpers only where it sees that everything here is a test.
#![cfg(test)]

mod architecture;
mod both_databases;
mod command_line;
mod dependencies;
mod full_disk;
mod reading_scans;
mod routes_and_roles;
mod states;
mod stories;
mod support;
mod torture;
