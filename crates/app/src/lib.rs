//! «Наставник»: the program a school runs its mentoring programme in.
//!
//! The map, from the bottom up; a module uses only those above it in this list:
//!
//! * [`words`], [`school_year`], [`measure`], [`clock`], [`error`] — how the program speaks, counts, tells the time and
//!   fails;
//! * [`web`] — requests, forms, pages and their components;
//! * [`access`] — schools, accounts, roles, sessions;
//! * [`audit`] — the trace of every act; [`erasures`] — who was erased;
//! * [`files`] — uploads; [`jobs`] — long work beside the pages; [`vault`] — texts sealed per person; [`worker`] reads
//!   strangers' files in a child process;
//! * [`people`], [`participation`], [`partners`], [`consents`] — who is there, who takes part, who agreed to it;
//! * [`paperwork`] — the documents of the school, from a draft to a number in a journal;
//! * [`subject`] — everything about one person, handed out on request;
//! * [`roadmap`] — the programme of a year: rows, terms, indicators, states, import and export, control;
//! * [`evidence`] — the folder that proves a road map;
//! * [`backup`] — copies of everything, and the way back;
//! * [`pages`] — pages that belong to no slice: overview, search, about;
//! * [`demo`] — the invented school;
//! * [`router`], [`serve`], [`cli`] — the whole program.
//!
//! Inside a slice: `model`, `rules` and other pure files know no SQL and no HTTP; `queries` holds the SQL; `actions` one
//! function per intention; `pages` one file per page. See `ARCHITECTURE.md`.

pub mod access;
pub mod audit;
pub mod backup;
pub mod cli;
pub mod clock;
pub mod consents;
pub mod demo;
pub mod erasures;
pub mod error;
pub mod evidence;
pub mod files;
pub mod jobs;
pub mod measure;
pub mod menu;
pub mod numbering;
pub mod pages;
pub mod paperwork;
pub mod participation;
pub mod partners;
pub mod people;
pub mod roadmap;
pub mod router;
pub mod school_year;
pub mod serve;
pub mod state;
pub mod subject;
pub mod vault;
pub mod web;
pub mod words;
pub mod worker;
