//! The reference in docs/ that is written from the program itself.

mod command_line;
mod doctor;
mod files;
mod programs;
mod settings;
