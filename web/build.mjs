// Builds web/dist from npm packages and our own files. What is taken from which package and why:
// docs/decisions/0030-look-and-assets.md.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";

const dist = new URL("dist/", import.meta.url);
const modules = new URL("node_modules/", import.meta.url);
const iconNames = new URL("../crates/app/src/web/ui/icon.rs", import.meta.url);

// The parts of Tabler that we build on. Everything else of it, 97 of 100 bytes, stays outside.
const tablerParts = `html body main nav header footer section h1 h2 h3 p ul ol li dl dt dd a strong small hr img svg
  table caption thead tbody tfoot tr th td fieldset legend label input select option textarea button form details summary
  figure figcaption time output abbr
  btn btn-primary btn-danger form-control form-select form-label form-check form-check-input form-check-label
  table visually-hidden`;

// Keeps only `tablerParts` of Tabler's style sheet.
const purge = {
  name: "purge",
  setup(bundle) {
    bundle.onLoad({ filter: /tabler\.min\.css$/ }, async ({ path }) => {
      const [result] = await new PurgeCSS().purge({
        content: [{ raw: tablerParts, extension: "txt" }],
        css: [{ raw: await readFile(path, "utf8") }],
        defaultExtractor: (text) => text.split(/\s+/),
        blocklist: [/^form-(?!control$|select$|label$|check$|check-input$|check-label$)/],
        variables: true,
        keyframes: true,
        fontFace: true,
      });
      return { contents: result.css, loader: "css" };
    });
  },
};

// A dark page is asked for by the visitor or by the device: the rules are written once, for the visitor.
const darkByDevice = (root) => {
  root.walkRules(/^\[data-bs-theme=["']?dark["']?\]$/, (rule) => {
    const media = postcss.atRule({ name: "media", params: "screen and (prefers-color-scheme: dark)" });
    media.append(rule.clone({ selector: "[data-bs-theme=auto]" }));
    rule.after(media);
  });
};

async function bundle() {
  await build({
    entryPoints: [new URL("app.ts", import.meta.url).pathname, new URL("app.css", import.meta.url).pathname],
    outdir: dist.pathname,
    bundle: true,
    minify: true,
    target: ["es2022", "chrome109", "firefox115", "safari16"],
    format: "iife",
    loader: { ".woff2": "file" },
    assetNames: "[name]-[hash]",
    legalComments: "eof",
    plugins: [purge],
    logLevel: "warning",
  });
  const sheet = new URL("app.css", dist);
  await writeFile(sheet, postcss([darkByDevice]).process(await readFile(sheet, "utf8"), { from: undefined }).css);
}

async function icons() {
  const names = [...(await readFile(iconNames, "utf8")).matchAll(/^ {4}\w+ => "([a-z0-9-]+)",$/gm)].map((match) => match[1]);
  if (names.length === 0) throw new Error("no icon names in icon.rs");
  const symbols = await Promise.all(names.map(symbol));
  const attributes = 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';
  await writeFile(new URL("icons.svg", dist), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`.replaceAll("<symbol", `<symbol ${attributes}`));
  return names.length;
}

async function symbol(name) {
  const drawing = await readFile(new URL(`@tabler/icons/icons/outline/${name}.svg`, modules), "utf8");
  const shapes = drawing.match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].replace(/<path stroke="none"[^>]*\/>/, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

// The faces of the PDF, whole: typst takes no woff2 and embeds only the letters a document has.
async function fonts() {
  const faces = ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"];
  await mkdir(new URL("fonts/", dist));
  await Promise.all(
    faces.map((face) => copyFile(new URL(`@expo-google-fonts/tinos/${face}/Tinos_${face}.ttf`, modules), new URL(`fonts/Tinos_${face}.ttf`, dist))),
  );
}

// The licences ask to travel with the copies.
async function licences() {
  const packages = ["@tabler/core", "@tabler/icons", "htmx.org", "@fontsource-variable/inter", "@expo-google-fonts/tinos"];
  const texts = await Promise.all(
    packages.map(async (name) => {
      const about = JSON.parse(await readFile(new URL(`${name}/package.json`, modules), "utf8"));
      const files = ["LICENSE", "LICENSE_FONT"].map((file) => readFile(new URL(`${name}/${file}`, modules), "utf8").catch(() => ""));
      const text = (await Promise.all(files)).join("\n\n");
      return `${name} ${about.version}: ${about.license}\n\n${text}`;
    }),
  );
  await writeFile(new URL("licences.txt", dist), texts.join("\n\n"));
}

async function size(name) {
  const bytes = await readFile(new URL(name, dist));
  console.log(`${name.padEnd(12)} ${bytes.length} bytes, ${gzipSync(bytes).length} compressed`);
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await bundle();
const drawn = await icons();
await fonts();
await licences();
await copyFile(new URL("mark.svg", import.meta.url), new URL("mark.svg", dist));
for (const name of ["app.css", "app.js", "icons.svg"]) await size(name);
console.log(`${drawn} icons`);
