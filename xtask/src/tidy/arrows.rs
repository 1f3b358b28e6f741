//! Which crate may know which: the architecture as a table.

use crate::workspace::{Crate, Dependency};

/// A crate with the crates of the workspace that it may depend on.
struct Room {
    name: &'static str,
    may_use: &'static [&'static str],
}

/// From the ground up. An arrow leads to a lower floor; crates of one floor do not know each other.
const ROOMS: &[Room] = &[
    // Ground: data only.
    Room {
        name: "perk-diag",
        may_use: &[],
    },
    // Floor 1: files and settings.
    Room {
        name: "perk-fs",
        may_use: &["perk-diag"],
    },
    Room {
        name: "perk-config",
        may_use: &["perk-diag"],
    },
    // Floor 2: the terminal, other programs, scripts, and what is known about AWS and networks.
    Room {
        name: "perk-term",
        may_use: &["perk-diag"],
    },
    Room {
        name: "perk-process",
        may_use: &["perk-diag"],
    },
    Room {
        name: "perk-iam-catalog",
        may_use: &["perk-diag"],
    },
    Room {
        name: "perk-network",
        may_use: &["perk-diag"],
    },
    Room {
        name: "perk-pac",
        may_use: &["perk-diag"],
    },
    // Floor 3: capabilities, which neither print nor read.
    Room {
        name: "perk-iam",
        may_use: &["perk-diag", "perk-iam-catalog"],
    },
    Room {
        name: "perk-scaffold",
        may_use: &["perk-diag", "perk-process"],
    },
    Room {
        name: "perk-docker",
        may_use: &["perk-diag"],
    },
    Room {
        name: "perk-probe",
        may_use: &["perk-network"],
    },
    // Floor 5: the binary joins everything.
    Room {
        name: "perk",
        may_use: &[
            "perk-diag",
            "perk-fs",
            "perk-config",
            "perk-term",
            "perk-process",
            "perk-iam-catalog",
            "perk-iam",
            "perk-scaffold",
            "perk-network",
            "perk-pac",
            "perk-docker",
            "perk-probe",
        ],
    },
    // Outside the house.
    Room {
        name: "perk-test",
        may_use: &[],
    },
    Room {
        name: "perk-test-net",
        may_use: &[],
    },
    Room {
        name: "perk-matrix",
        may_use: &["perk-network", "perk-test-net"],
    },
    Room {
        name: "xtask",
        may_use: &["perk-diag", "perk-iam-catalog"],
    },
];

/// The crates that any other may use in its tests.
const TEST_CRATES: &[&str] = &["perk-test", "perk-test-net"];

/// Returns what is wrong with the direct dependencies of the crates.
pub(super) fn problems(crates: &[Crate]) -> Vec<String> {
    let mut problems: Vec<_> = crates.iter().flat_map(crate_problems).collect();
    for room in ROOMS {
        if !crates.iter().any(|member| member.name == room.name) {
            problems.push(format!(
                "the table of arrows names `{}`, which is no crate",
                room.name
            ));
        }
    }
    problems
}

fn crate_problems(member: &Crate) -> Vec<String> {
    let Some(room) = ROOMS.iter().find(|room| room.name == member.name) else {
        return vec![format!(
            "the crate `{}` is not in the table of arrows",
            member.name
        )];
    };
    let of_dependency = |dependency| dependency_problem(room, dependency);
    member
        .dependencies
        .iter()
        .filter_map(of_dependency)
        .collect()
}

fn dependency_problem(room: &Room, dependency: &Dependency) -> Option<String> {
    let Dependency {
        name,
        is_dev,
        is_local,
    } = dependency;
    if name.starts_with("aws-") || name == "tokio" {
        return Some(format!(
            "`{}` depends on `{name}`, which no crate may",
            room.name
        ));
    }
    let is_allowed =
        room.may_use.contains(&name.as_str()) || (*is_dev && TEST_CRATES.contains(&name.as_str()));
    (*is_local && !is_allowed).then(|| {
        format!(
            "`{}` depends on `{name}`: the table has no such arrow",
            room.name
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(change: impl Fn(&mut Crate)) -> Vec<String> {
        let mut crates: Vec<_> = ROOMS
            .iter()
            .map(|room| Crate {
                name: room.name.to_owned(),
                folder: format!("crates/{}", room.name),
                dependencies: room.may_use.iter().map(|name| local(name)).collect(),
            })
            .collect();
        crates.iter_mut().for_each(change);
        problems(&crates)
    }

    fn local(name: &str) -> Dependency {
        Dependency {
            name: name.to_owned(),
            is_dev: false,
            is_local: true,
        }
    }

    fn add(to: &str, dependency: &Dependency) -> Vec<String> {
        house(|member| {
            if member.name == to {
                member.dependencies.push(dependency.clone());
            }
        })
    }

    #[test]
    fn the_table_itself_is_sound_and_goes_downward_only() {
        assert_eq!(house(|_| ()), Vec::<String>::new());
        let lower = |index: usize, name: &str| ROOMS[..index].iter().any(|room| room.name == name);
        for (index, room) in ROOMS.iter().enumerate() {
            assert!(
                room.may_use.iter().all(|name| lower(index, name)),
                "{}",
                room.name
            );
        }
    }

    #[test]
    fn an_arrow_that_is_not_in_the_table_is_a_problem() {
        let upward = add("perk-iam", &local("perk-term"));
        assert_eq!(
            upward,
            ["`perk-iam` depends on `perk-term`: the table has no such arrow"]
        );
    }

    #[test]
    fn test_crates_are_for_tests_only() {
        for name in TEST_CRATES {
            let test_only = Dependency {
                is_dev: true,
                ..local(name)
            };
            assert!(add("perk-fs", &test_only).is_empty());
            assert_eq!(add("perk-fs", &local(name)).len(), 1);
        }
    }

    #[test]
    fn cloud_clients_and_runtimes_stay_out() {
        let foreign = |name| Dependency {
            is_local: false,
            ..local(name)
        };
        assert_eq!(add("perk", &foreign("aws-sdk-iam")).len(), 1);
        assert_eq!(add("perk", &foreign("tokio")).len(), 1);
        assert!(add("perk", &foreign("serde")).is_empty());
    }

    #[test]
    fn crates_and_table_name_each_other() {
        let renamed = house(|member| {
            if member.name == "perk-fs" {
                member.name = "perk-files".to_owned();
            }
        });
        assert_eq!(
            renamed,
            [
                "the crate `perk-files` is not in the table of arrows",
                "the table of arrows names `perk-fs`, which is no crate"
            ]
        );
    }
}
