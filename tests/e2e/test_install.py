#!/usr/bin/env python3
"""bantin installed into a folder: the program, the library and what belongs to them work from there.

usage: test_install.py BUILD COMPILER [FLAG ...]
BUILD is a finished build folder; COMPILER and its flags are those that it was built with."""
import os, pathlib, re, shutil, subprocess, sys, tempfile, textwrap, unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD, COMPILER = "", []


def call(*args, **more):
    return subprocess.run([str(arg) for arg in args], capture_output=True, text=True, **more)


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="bantin-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.prefix = cls.folder / "prefix"
        done = call("cmake", "--install", BUILD, "--prefix", cls.prefix)
        assert done.returncode == 0, done.stdout + done.stderr
        cls.program = cls.prefix / "bin/bantin"
        cls.starter = cls.folder / "starter"
        done = call(cls.program, "new", cls.starter)
        assert done.returncode == 0, done.stderr

    def test_files(self):
        files = {str(p.relative_to(self.prefix)) for p in self.prefix.rglob("*") if p.is_file()}
        libdir = next(iter(self.prefix.rglob("libbantin.a"))).parent.relative_to(self.prefix)
        layouts = {f"share/bantin/layouts/{p.name}" for p in ROOT.glob("layouts/*.json")}
        self.assertEqual(files, layouts | {
            "bin/bantin", "bin/bantin-check", "include/bantin.h", f"{libdir}/libbantin.a", f"{libdir}/pkgconfig/bantin.pc", "share/bantin/fonts/fonts.json",
            "share/man/man1/bantin.1", "share/bash-completion/completions/bantin"})

    def test_program(self):
        """From another folder, with its own layouts and fonts.json, and after it was moved."""
        elsewhere = self.folder / "elsewhere"
        shutil.copytree(self.prefix, elsewhere)
        for prefix in (self.prefix, elsewhere):
            listed = call(prefix / "bin/bantin", "layouts", cwd="/")
            self.assertEqual((listed.returncode, listed.stderr), (0, ""))
            self.assertEqual(listed.stdout.splitlines()[0], str(prefix.resolve() / "share/bantin/layouts"))
            for args in (["doctor"], ["render", self.starter / "bundle.json", "-o", self.folder / f"{prefix.name}.pdf", "--strict"]):
                done = call(prefix / "bin/bantin", *args, cwd="/")
                self.assertEqual((done.returncode, done.stderr), (0, ""), args)
        self.assertEqual((self.folder / "prefix.pdf").read_bytes(), (self.folder / "elsewhere.pdf").read_bytes())

    def test_destdir(self):
        """As packagers install: below DESTDIR, for the prefix of the build."""
        done = call("cmake", "--install", BUILD, env={**os.environ, "DESTDIR": str(self.folder / "dest")})
        self.assertEqual(done.returncode, 0, done.stderr)
        program = next(iter((self.folder / "dest").rglob("bin/bantin")))
        done = call(program, "layouts", cwd="/")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue(done.stdout.startswith(str(self.folder.resolve() / "dest")), done.stdout)

    def pkg_config(self, *args):
        path = next(iter(self.prefix.rglob("bantin.pc"))).parent
        done = call("pkg-config", *args, "bantin", env={**os.environ, "PKG_CONFIG_PATH": str(path)})
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.strip()

    def test_example(self):
        """The example of src/README.md, compiled against the installed library alone."""
        readme = (ROOT / "src/README.md").read_text(encoding="utf-8")
        found = re.search(r"\n## An example\n\n((?:    .*\n|\n)+)", readme)
        source = textwrap.dedent(found[1])
        self.assertIn("bt_render(", source)
        (self.folder / "example.c").write_text(source, encoding="utf-8")
        layouts = self.pkg_config("--variable=layouts")
        flags = self.pkg_config("--cflags", "--libs", "--static").split()
        done = call(*COMPILER, "-std=c17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", self.folder / "example.c", *flags, f'-DLAYOUTS="{layouts}"',
                    "-o", self.folder / "example")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        pdf = self.folder / "example.pdf"
        done = call(self.folder / "example", self.starter / "bundle.json", pdf, cwd="/")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "2 pages\n", ""))
        self.assertEqual(call("qpdf", "--check", pdf).returncode, 0)
        done = call(self.folder / "example", self.folder / "nothing.json", pdf)
        self.assertEqual(done.returncode, 1)
        self.assertIn("nothing.json", done.stderr)

    def test_version(self):
        self.assertEqual(f"bantin {self.pkg_config('--modversion')}\n", call(self.program, "--version").stdout)

    def test_header_in_cpp(self):
        """bantin.h is for C++ as well, where there is a compiler."""
        compiler = shutil.which("g++") or shutil.which("clang++")
        if not compiler:
            self.skipTest("no C++ compiler")
        done = call(compiler, "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-x", "c++", self.prefix / "include/bantin.h")
        self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    BUILD, COMPILER = sys.argv[1], sys.argv[2:]
    unittest.main(argv=sys.argv[:1])
