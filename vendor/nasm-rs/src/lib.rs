//! Stands in for `nasm-rs` while the AV1 encoder is built: the part of its interface that the encoder's
//! build script calls, with the assembler itself (NASM, in `nasm/`) compiled on the spot. So the SIMD
//! of the encoder needs a C compiler, as the rest does, and nothing that must be installed first.
//!
//! An assembler named by the variable `NASM` is used instead of it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a C11 compiler and a POSIX library (or MinGW's) have. NASM asks a configure script, and
/// assumes the worst of what is not named here; for MSVC it knows by itself.
const FOUND: [&str; 14] = [
    "HAVE_DECL_STRCASECMP",
    "HAVE_DECL_STRNCASECMP",
    "HAVE_DECL_STRNLEN",
    "HAVE_INTTYPES_H",
    "HAVE_SNPRINTF",
    "HAVE_STDBOOL_H",
    "HAVE_STRCASECMP",
    "HAVE_STRINGS_H",
    "HAVE_STRNCASECMP",
    "HAVE_STRNLEN",
    "HAVE_SYS_TYPES_H",
    "HAVE_UINTPTR_T",
    "HAVE_UNISTD_H",
    "HAVE_VSNPRINTF",
];

/// The formats of object files that there are x86-64 systems for. NASM makes that of Windows only with
/// its 32-bit sibling.
const FORMATS: [&str; 4] = ["OF_ELF64", "OF_MACHO64", "OF_WIN32", "OF_WIN64"];

/// Files to be assembled.
#[derive(Default)]
pub struct Build {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Build {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Does nothing: the version is known.
    pub fn min_version(&mut self, _major: usize, _minor: usize, _micro: usize) -> &mut Self {
        self
    }

    /// Adds a folder that is searched for what files include.
    pub fn include(&mut self, folder: impl AsRef<Path>) -> &mut Self {
        self.folders.push(folder.as_ref().to_owned());
        self
    }

    /// Adds files, by their paths from the manifest's folder.
    pub fn files<P: AsRef<Path>>(&mut self, files: impl IntoIterator<Item = P>) -> &mut Self {
        self.files.extend(files.into_iter().map(|file| file.as_ref().to_owned()));
        self
    }

    /// Assembles the files for the target of the build and gives the paths of the objects.
    ///
    /// # Errors
    /// Says which command failed, and how.
    pub fn compile_objects(&mut self) -> Result<Vec<PathBuf>, String> {
        let out = PathBuf::from(variable("OUT_DIR")?);
        let format = format!("-f{}", format_of(&variable("TARGET")?));
        let nasm = match env::var_os("NASM") {
            Some(nasm) => PathBuf::from(nasm),
            None => assembler(&out.join("nasm"))?,
        };
        self.files.iter().map(|file| self.assemble(&nasm, &format, file, &out)).collect()
    }

    /// In two steps, which make the same instructions as one but in a fifth of the time: NASM goes
    /// over a file until no jump can be shortened further, and would expand all macros each time.
    fn assemble(
        &self,
        nasm: &Path,
        format: &str,
        file: &Path,
        out: &Path,
    ) -> Result<PathBuf, String> {
        let name = out.join(file.file_name().ok_or("a file without a name")?);
        let (expanded, object) = (name.with_extension("i"), name.with_extension("o"));
        let mut expand = Command::new(nasm);
        for folder in &self.folders {
            // NASM puts the names behind it as it is.
            expand.arg(format!("-I{}/", folder.display()));
        }
        run(expand.args(["-E", format, "-o"]).args([&expanded, file]))?;
        run(Command::new(nasm).args(["-a", format, "-o"]).args([&object, &expanded]))?;
        Ok(object)
    }
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|error| format!("{name}: {error}"))
}

/// NASM's name of the format of object files that a target's linker takes.
fn format_of(target: &str) -> &'static str {
    if target.contains("-apple-") {
        "macho64"
    } else if target.contains("-windows-") || target.ends_with("-uefi") {
        "win64"
    } else {
        "elf64"
    }
}

/// Compiles the assembler, for the machine that builds, and gives the path of its program.
fn assembler(folder: &Path) -> Result<PathBuf, String> {
    let host = variable("HOST")?;
    let mut build = compiler(&host)?;
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let objects =
        build.out_dir(folder).try_compile_intermediates().map_err(|error| error.to_string())?;
    let program = folder.join(if host.contains("-windows-") { "nasm.exe" } else { "nasm" });
    let compiler = build.try_get_compiler().map_err(|error| error.to_string())?;
    let mut link = compiler.to_command();
    link.args(objects);
    if compiler.is_like_msvc() {
        link.arg(format!("/Fe:{}", program.display()));
    } else {
        link.arg("-o").arg(&program);
    }
    run(&mut link)?;
    Ok(program)
}

/// NASM's own configuration without its configure script.
fn compiler(host: &str) -> Result<cc::Build, String> {
    let nasm = Path::new(env!("CARGO_MANIFEST_DIR")).join("nasm");
    let mut build = cc::Build::new();
    // Without optimisation it would be compiled sooner, and assemble for longer.
    build.target(host).host(host).opt_level(1).debug(false).warnings(false).extra_warnings(false);
    build.cargo_metadata(false).include(&nasm);
    for part in ["asm", "common", "include", "macros", "nasmlib", "output", "stdlib", "x86"] {
        let part = nasm.join(part);
        build.include(&part).files(sources(&part)?);
    }
    build.define("OF_ONLY", None).define("OF_DEFAULT", "of_elf64");
    for format in FORMATS {
        build.define(format, None);
    }
    if !host.ends_with("-msvc") {
        build.std("gnu11").define("inline", "inline").define("restrict", "__restrict");
        for found in FOUND {
            build.define(found, "1");
        }
    }
    // What some have beyond that, and what NASM's own would collide with.
    if host.contains("-apple-") || host.contains("bsd") {
        build.define("HAVE_STRLCPY", "1").define("HAVE_DECL_STRLCPY", "1");
    } else if host.contains("-windows-gnu") {
        build.define("HAVE_MEMPCPY", "1");
    }
    Ok(build)
}

fn sources(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error| format!("{}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "c") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn run(command: &mut Command) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?}: {status}")),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}
