//! What `perk docker-run` writes: the command, and why it is as it is.

mod command;
mod doctor;
mod doctor_text;
mod explain;
mod explain_text;
mod text;

pub(crate) use command::CommandDocument;
pub(crate) use doctor::DoctorDocument;
pub(crate) use doctor_text::doctor_text;
pub(crate) use explain::ExplainDocument;
pub(crate) use explain_text::explain_text;
pub(crate) use text::{
    command_text, file_text, leak, left_to_declare, missing_variables, relays, remarks,
};
