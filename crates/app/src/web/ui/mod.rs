//! The look of the program: every element of a page is a function that takes one struct and returns one element.
//!
//! Nothing here knows a slice, a database or a request. No element needs a script, none carries a `style=` attribute
//! (the content policy forbids it), and a colour never speaks alone: a word or an icon always stands beside it.
//! `/about/components` draws them all from [`sample`]; an element that is missing there fails a test.

pub mod action;
pub mod address;
pub mod badge;
pub mod calendar;
pub mod card;
pub mod chart;
pub mod confirm;
pub mod definition;
pub mod details;
pub mod empty;
pub mod field;
pub mod file;
pub mod filter;
pub mod form;
pub mod history;
pub mod icon;
pub mod insight;
pub mod layout;
pub mod live;
pub mod notice;
pub mod paging;
pub mod paper;
pub mod qr;
pub mod sample;
pub mod signature;
pub mod stat;
pub mod steps;
pub mod table;
pub mod tabs;
pub mod timeline;
