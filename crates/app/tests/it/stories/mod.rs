//! Stories of people, told through the whole program on both databases.

mod access;
mod accounts;
mod audit;
pub mod categories;
pub mod clearances;
pub mod consent_links;
pub mod consents;
mod control;
mod demo;
mod evidence;
mod export;
mod first_run;
mod import;
mod interrupted_import;
mod jobs;
mod match_commands;
mod participation;
mod partners;
mod people;
mod people_commands;
mod people_import;
mod roadmap;
mod roadmap_commands;
mod rows;
mod school;
mod shell;
pub mod withdrawals;
