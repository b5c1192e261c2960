// Builds everything the browser gets from this room into ../static/ui (git-ignored):
// one stylesheet, one script, one icon sprite, and build.json whose value makes cached copies expire.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const room = join(here, "..");
const house = join(room, "..");
const out = join(room, "static", "ui");
const tabler = join(house, "..", "node_modules", "@tabler", "icons");

function walk(folder, endings) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (["node_modules", "__pycache__", "static", ".venv"].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path, endings);
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
  });
}

function listedIcons() {
  const lines = readFileSync(join(here, "icons.txt"), "utf8").split("\n");
  return lines.map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
}

function usedIcons() {
  // Names written out: {% icon "x" %}, icon="x" in templates and modules, icon("x") in Python.
  const patterns = [/\{%\s*icon\s+["']([a-z0-9-]+)["']/g, /\bicon=["']([a-z0-9-]+)["']/g, /\bicon\(["']([a-z0-9-]+)["']/g];
  const used = [];
  for (const path of walk(house, [".html", ".py"])) {
    if (path.includes("/tests/")) continue;
    const text = readFileSync(path, "utf8");
    for (const pattern of patterns) for (const hit of text.matchAll(pattern)) used.push([hit[1], relative(house, path)]);
  }
  return used;
}

function sprite(names) {
  const symbols = names.map((name) => {
    const svg = readFileSync(join(tabler, "icons", "outline", `${name}.svg`), "utf8");
    const body = svg
      .replace(/^[\s\S]*?<svg[^>]*>/, "")
      .replace(/<\/svg>\s*$/, "")
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
      .replace(/\s*\n\s*/g, "")
      .trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
}

const listed = listedIcons();
const own = ["mark"];
const missing = usedIcons().filter(([name]) => !listed.includes(name) && !own.includes(name));
if (missing.length) {
  for (const [name, path] of missing) console.error(`icon "${name}" in ${path} is not in bihuan/ui/assets/icons.txt`);
  process.exit(1);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const shared = { bundle: true, minify: true, target: ["chrome90", "safari15"], legalComments: "none", logLevel: "warning" };
await esbuild.build({ ...shared, entryPoints: [join(here, "css", "ui.css")], outfile: join(out, "ui.css") });
await esbuild.build({ ...shared, entryPoints: [join(here, "css", "tell.css")], outfile: join(out, "tell.css") });
await esbuild.build({ ...shared, entryPoints: [join(here, "js", "ui.js")], outfile: join(out, "ui.js"), format: "iife" });
const mark = readFileSync(join(here, "mark.svg"), "utf8");
const markBody = mark.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
writeFileSync(
  join(out, "icons.svg"),
  sprite(listed).replace("</svg>\n", `\n<symbol id="mark" viewBox="0 0 24 24">${markBody}</symbol></svg>\n`),
);
cpSync(join(here, "mark.svg"), join(out, "mark.svg"));

const hash = createHash("sha256");
for (const name of readdirSync(out).sort()) hash.update(readFileSync(join(out, name)));
writeFileSync(join(out, "build.json"), JSON.stringify({ version: hash.digest("hex").slice(0, 10) }) + "\n");
console.log(`ui: ${listed.length} icons, ${readdirSync(out).join(", ")}`);
