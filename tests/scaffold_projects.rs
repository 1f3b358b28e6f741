//! Projects for the tests of `perk scaffold status` and `diff`.

use perk_scaffold::{
    Circumstances, Defaults, Existing, GivenAnswers, Origin, Record, Template, plan, resolve,
    with_record, write,
};
use perk_test::TestContext;

/// Writes a template in a folder below the root.
pub(crate) fn template(context: &TestContext, folder: &str, name: &str, version: &str) {
    let manifest = format!(
        "schema = 1\n[template]\nname = \"{name}\"\nversion = \"{version}\"\ndescription = \"d\"\n\
         [[question]]\nkey = \"token\"\nask = \"Token?\"\ntype = \"secret\"\ndefault = \"hush\"\n"
    );
    context.write(&format!("{folder}/template.toml"), manifest);
    let file = |path: &str, text: &str| {
        context.write(&format!("{folder}/files/{name}/{path}"), text);
    };
    file("README.md", "# A service\n\nRead me.\n");
    file("src/main.rs", "fn main() {\n    start();\n}\n");
    file("config/token.hbs", "{{token}}\n");
}

/// Makes a project of a template, as the source that is given says where the template is.
pub(crate) fn make(context: &TestContext, folder: &str, project: &str, source: &str) {
    let template = Template::load(&context.root().join(folder)).unwrap();
    let circumstances = Circumstances {
        project_name: "p".to_owned(),
        time: time::OffsetDateTime::UNIX_EPOCH,
        entropy: [0; 32],
    };
    let given = GivenAnswers::new();
    let answers = resolve(template.manifest(), &circumstances, &given, Defaults::Take).unwrap();
    let origin = Origin {
        source: source.to_owned(),
        commit: None,
        perk: "0.1.0".to_owned(),
    };
    let project = context.root().join(project);
    let existing = Record::load(&project).unwrap();
    let plan = plan(&template, &answers).unwrap();
    let plan = with_record(plan, &template, &answers, &origin, existing.as_ref()).unwrap();
    write(&plan, &project, Existing::Replace, &|_| ()).unwrap();
}

/// Makes a project of the template `service` in `templates/service`.
pub(crate) fn service(context: &TestContext, project: &str) {
    template(context, "templates/service", "service", "1.0.0");
    let source = context.root().join("templates/service");
    make(context, "templates/service", project, source.as_str());
}
