//! The skills most profiles name, with their categories, so that a site without a catalogue of its
//! own still gets a radar.

use crate::model::ruleset::CatalogueSkill;
use crate::model::slug::slugify;

/// Category → names; names after a `=` are aliases of the same skill.
const SKILLS: [(&str, &str); 11] = [
    (
        "Programming Language",
        "Ada, C, C++=cpp, C#=C Sharp, Clojure, COBOL, Elixir, Elm, Erlang, F#, Fortran, Go=Golang, \
         Groovy, Haskell, Java, Julia, Kotlin, Lisp=Common Lisp, Lua, MATLAB, OCaml, Pascal, Perl, \
         PHP, Prolog, Python=Python 3, R, Ruby, Rust, Scala, Scheme, Smalltalk, Zig",
    ),
    (
        "Data & Databases",
        "SQL, PostgreSQL=Postgres, MySQL, MariaDB, SQLite, MongoDB, Redis, Cassandra, DynamoDB, \
         Elasticsearch, ClickHouse, Snowflake, BigQuery, Spark=Apache Spark, Kafka=Apache Kafka, \
         RabbitMQ, Airflow=Apache Airflow, dbt, Hadoop, pandas, NumPy, PyTorch, TensorFlow, \
         scikit-learn, Machine Learning, Data Engineering, Data Analysis",
    ),
    (
        "Web Framework",
        "Django, Flask, FastAPI, Ruby on Rails=Rails, Spring=Spring Boot, Express=Express.js, \
         Node.js=Node=NodeJS, Laravel, ASP.NET=ASP.NET Core, .NET=dotnet core, Actix, Axum, \
         Phoenix, NestJS, GraphQL, REST=REST APIs, gRPC",
    ),
    (
        "Systems & Operations",
        "Linux=Linux & Bash, Unix, Bash=Shell, AWS=Amazon Web Services, Azure=Microsoft Azure, \
         Google Cloud=GCP=Google Cloud Platform, Terraform, Ansible, Nginx, Apache=Apache HTTP \
         Server, Prometheus, Grafana, OpenTelemetry, Networking, Security, Observability, \
         Site Reliability Engineering=SRE, Cloudflare, Serverless",
    ),
    ("Containerization", "Docker, Podman, Containers"),
    ("Container Orchestration", "Kubernetes=k8s, Helm, Nomad, OpenShift"),
    ("Version Control", "Git, Subversion=SVN, Mercurial"),
    (
        "Collaboration & DevOps",
        "GitHub, GitLab, GitHub Actions, Jenkins, CI/CD, Jira, Testing, DevOps, Agile, Scrum, \
         Technical Writing, Mentoring, Leadership, Code Review, Make, Bazel, Vim, Emacs",
    ),
    (
        "Frontend Framework",
        "HTML=HTML5, CSS=CSS3, JavaScript=JS, TypeScript=TS, React=React.js=ReactJS, Vue=Vue.js, \
         Angular=AngularJS, Svelte, Next.js, Nuxt, Astro, jQuery, Tailwind CSS=Tailwind, Sass=SCSS, \
         Redux, Webpack, Vite, D3.js=D3, Three.js, WebAssembly=Wasm, Bootstrap",
    ),
    (
        "Design",
        "Figma, UX=User Experience, UI Design, Accessibility=a11y, Typography, Photoshop, \
         Illustrator, Blender, Web Design",
    ),
    (
        "Mobile Development",
        "Android, iOS, Swift, SwiftUI, Objective-C, React Native, Flutter, Dart, Xamarin, Ionic",
    ),
];

/// The built-in catalogue.
pub(super) fn catalogue() -> Vec<CatalogueSkill> {
    SKILLS
        .iter()
        .flat_map(|(category, names)| names.split(", ").map(|it| skill(category, it)))
        .collect()
}

fn skill(category: &str, names: &str) -> CatalogueSkill {
    let mut names = names.split('=').map(str::to_owned);
    let name = names.next().unwrap_or_default();
    CatalogueSkill {
        slug: slugify(&name).expect("every name of the table has a slug"),
        name,
        aliases: names.collect(),
        category: Some(category.to_owned()),
        ..CatalogueSkill::default()
    }
}
