//! The languages, as tables.

use super::class::Class;
use super::grammar::Grammar;
use super::quotes::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static GRAMMARS: LazyLock<BTreeMap<&str, Grammar>> = LazyLock::new(|| BTreeMap::from(all()));

/// The grammar of a language by any of its names.
pub(super) fn named(name: &str) -> Option<&'static Grammar> {
    let name = match name {
        "rs" => "rust",
        "py" | "python3" => "python",
        "js" | "jsx" | "mjs" | "cjs" | "node" => "javascript",
        "ts" | "tsx" | "mts" | "cts" => "typescript",
        "sh" | "shell" | "zsh" => "bash",
        "json5" | "jsonc" | "jsonl" => "json",
        "ini" | "cfg" | "conf" | "properties" => "toml",
        "golang" => "go",
        "h" => "c",
        "c++" | "cc" | "cxx" | "hpp" => "cpp",
        "c#" | "cs" => "csharp",
        "kt" | "kts" => "kotlin",
        "rb" => "ruby",
        name => name,
    };
    GRAMMARS.get(name)
}

fn all() -> [(&'static str, Grammar); 18] {
    [
        ("rust", rust()),
        ("python", python()),
        ("javascript", javascript()),
        ("typescript", typescript()),
        ("bash", bash()),
        ("json", json()),
        ("toml", toml()),
        ("go", go()),
        ("c", c()),
        ("cpp", cpp()),
        ("java", java()),
        ("csharp", csharp()),
        ("kotlin", kotlin()),
        ("swift", swift()),
        ("ruby", ruby()),
        ("php", php()),
        ("lua", lua()),
        ("sql", sql()),
    ]
}

fn rust() -> Grammar {
    Grammar {
        comments_nest: true,
        quotes: &RUST,
        prefixes: RUST_PREFIXES,
        has_lifetimes: true,
        has_macros: true,
        ..Grammar::of(
            "as async await break const continue crate dyn else enum extern fn for if impl in let \
             loop match mod move mut pub ref return self static struct super trait type union \
             unsafe use where while yield",
            "true false",
            "bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize Self",
        )
        .defining("fn", "struct enum trait type union")
        .like_c()
    }
}

fn python() -> Grammar {
    Grammar {
        line_comments: &["#"],
        quotes: &PYTHON,
        prefixes: PYTHON_PREFIXES,
        has_decorators: true,
        ..Grammar::of(
            "and as assert async await break case class continue def del elif else except finally \
             for from global if import in is lambda match nonlocal not or pass raise return try \
             while with yield",
            "True False None self cls NotImplemented Ellipsis",
            "bool bytes dict float frozenset int list object set str tuple type",
        )
        .defining("def", "class")
    }
}

fn javascript() -> Grammar {
    Grammar {
        quotes: &SCRIPT,
        letters: "$",
        has_regex: true,
        has_decorators: true,
        ..Grammar::of(
            "as async await break case catch class const continue debugger default delete do else \
             export extends finally for from function get if import in instanceof let new of \
             return set static super switch this throw try typeof var void while with yield",
            "true false null undefined NaN Infinity",
            "",
        )
        .defining("function", "class interface enum type namespace")
        .like_c()
    }
}

fn typescript() -> Grammar {
    javascript()
        .with(
            Class::Keyword,
            "abstract declare enum implements infer interface is keyof namespace private \
             protected public readonly satisfies type unique",
        )
        .with(Class::Type, "any bigint boolean never number object string symbol unknown")
}

fn bash() -> Grammar {
    Grammar {
        line_comments: &["#"],
        quotes: &SHELL,
        letters: "-./:@+,%",
        sigils: "$",
        is_shell: true,
        ..Grammar::of(
            "if then else elif fi case esac for while until do done in function select time \
             local export readonly declare return break continue exit set unset shift trap source \
             alias",
            "true false",
            "",
        )
    }
}

fn json() -> Grammar {
    Grammar {
        quotes: &CODE,
        key_sign: Some(b':'),
        ..Grammar::of("", "true false null", "").like_c()
    }
}

fn toml() -> Grammar {
    Grammar {
        line_comments: &["#", ";"],
        quotes: &TOML,
        letters: "-",
        key_sign: Some(b'='),
        has_sections: true,
        ..Grammar::of("", "true false inf nan", "")
    }
}

fn go() -> Grammar {
    Grammar {
        quotes: &GO,
        calls_capitals: true,
        ..Grammar::of(
            "break case chan const continue default defer else fallthrough for func go goto if \
             import interface map package range return select struct switch type var",
            "true false nil iota",
            "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 \
             int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr",
        )
        .defining("func", "type")
        .like_c()
    }
}

fn c() -> Grammar {
    Grammar {
        quotes: &CPP,
        has_directives: true,
        ..Grammar::of(
            "auto break case const continue default do else enum extern for goto if inline \
             register restrict return sizeof static struct switch typedef union volatile while",
            "true false NULL",
            "bool char double float int long short signed size_t ssize_t unsigned void wchar_t \
             int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t",
        )
        .defining("", "struct union enum class concept")
        .like_c()
    }
}

fn cpp() -> Grammar {
    c().with(Class::Constant, "nullptr this").with(
        Class::Keyword,
        "alignas alignof and catch class co_await co_return co_yield concept consteval constexpr \
         constinit decltype delete explicit export final friend mutable namespace new noexcept not \
         operator or override private protected public requires static_assert template throw try \
         typeid typename using virtual",
    )
}

fn java() -> Grammar {
    Grammar {
        quotes: &BLOCKS,
        has_decorators: true,
        ..Grammar::of(
            "abstract assert break case catch class continue default do else enum extends final \
             finally for if implements import instanceof interface native new package permits \
             private protected public record return sealed static super switch synchronized this \
             throw throws transient try var volatile while yield",
            "true false null",
            "boolean byte char double float int long short void",
        )
        .defining("", "class interface enum record")
        .like_c()
    }
}

fn csharp() -> Grammar {
    Grammar {
        quotes: &SHARP,
        calls_capitals: true,
        has_directives: true,
        ..Grammar::of(
            "abstract as async await base break case catch checked class const continue default \
             delegate do else enum event explicit extern finally fixed for foreach get goto if \
             implicit in init interface internal is lock namespace new operator out override \
             params partial private protected public readonly record ref required return sealed \
             set sizeof static struct switch this throw try typeof unsafe using var virtual \
             volatile when where while with yield",
            "true false null",
            "bool byte char decimal double dynamic float int long object sbyte short string uint \
             ulong ushort void",
        )
        .defining("", "class interface enum record struct")
        .like_c()
    }
}

fn kotlin() -> Grammar {
    Grammar {
        quotes: &KOTLIN,
        comments_nest: true,
        has_decorators: true,
        ..Grammar::of(
            "abstract as break by catch class companion const continue data do else enum extends \
             final finally for fun get if import in init inline interface internal is lateinit \
             object open operator out override package private protected public return sealed set \
             super suspend this throw try typealias val var when where while",
            "true false null",
            "",
        )
        .defining("fun", "class interface object typealias")
        .like_c()
    }
}

fn swift() -> Grammar {
    Grammar {
        quotes: &SWIFT,
        comments_nest: true,
        has_decorators: true,
        ..Grammar::of(
            "actor as associatedtype async await break case catch class continue default defer do \
             else enum extension fallthrough fileprivate final for func get guard if import in \
             init inout internal is lazy let mutating open override private protocol public \
             repeat return set some static struct subscript super switch throw throws try \
             typealias var weak where while",
            "true false nil self",
            "",
        )
        .defining("func", "class struct enum protocol extension actor typealias")
        .like_c()
    }
}

fn ruby() -> Grammar {
    Grammar {
        line_comments: &["#"],
        quotes: &RUBY,
        letters: "?!",
        sigils: "@$",
        ..Grammar::of(
            "alias and begin break case class def defined? do else elsif end ensure extend for if \
             in include module next not or private protected public raise redo require \
             require_relative rescue retry return super then undef unless until when while yield \
             attr_reader attr_writer attr_accessor",
            "true false nil self",
            "",
        )
        .defining("def", "class module")
    }
}

fn php() -> Grammar {
    Grammar {
        line_comments: &["//", "#"],
        block_comment: Some(("/*", "*/")),
        quotes: &PHP,
        sigils: "$",
        ..Grammar::of(
            "abstract and as break case catch class clone const continue declare default do echo \
             else elseif enum extends final finally fn for foreach function global goto if \
             implements include instanceof interface match namespace new or private protected \
             public readonly require require_once return static switch throw trait try use var \
             while yield",
            "true false null",
            "array bool callable float int iterable mixed object string void",
        )
        .defining("function", "class interface trait enum")
    }
}

fn lua() -> Grammar {
    Grammar {
        line_comments: &["--"],
        quotes: &LUA,
        ..Grammar::of(
            "and break do else elseif end for function goto if in local not or repeat return then \
             until while",
            "true false nil self",
            "",
        )
        .defining("function", "")
    }
}

fn sql() -> Grammar {
    Grammar {
        line_comments: &["--"],
        block_comment: Some(("/*", "*/")),
        quotes: &SQL,
        has_types: false,
        ignores_case: true,
        ..Grammar::of(
            "add all alter and any as asc begin between by case cast check column commit \
             constraint create cross database default delete desc distinct drop else end except \
             exists foreign from full grant group having if in index inner insert intersect into \
             is join key left like limit not offset on or order outer over partition primary \
             references returning revoke right rollback select set table then trigger union unique \
             update using values view when where window with",
            "true false null",
            "bigint blob bool boolean bytea char date decimal double float int integer interval \
             json jsonb numeric real serial smallint text time timestamp uuid varchar",
        )
    }
}
