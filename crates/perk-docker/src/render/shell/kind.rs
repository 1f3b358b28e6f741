//! The shells that lines are written for.

/// A shell, as far as its quotes differ from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// Any shell that POSIX describes, such as dash.
    Sh,
    /// Bash.
    Bash,
    /// Zsh.
    Zsh,
    /// Fish.
    Fish,
    /// `PowerShell` from 7.3 on; older ones lose double quotes on the way to a program.
    PowerShell,
}

impl Shell {
    /// All shells.
    pub const ALL: [Self; 5] = [
        Self::Sh,
        Self::Bash,
        Self::Zsh,
        Self::Fish,
        Self::PowerShell,
    ];

    /// Returns the usual name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sh => "sh",
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::PowerShell => "powershell",
        }
    }

    /// Returns the shell that a program is, by its name or path.
    pub fn of_program(program: &str) -> Option<Self> {
        let name = program.rsplit('/').next().unwrap_or(program);
        match name.trim_start_matches('-') {
            "sh" | "dash" | "ash" | "ksh" | "mksh" => Some(Self::Sh),
            "pwsh" => Some(Self::PowerShell),
            name => Self::ALL.into_iter().find(|shell| shell.name() == name),
        }
    }
}
