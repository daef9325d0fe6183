// Draws the pages of PDF files as pdf.js does in headless Chromium:
// node pdfjs.mjs MODULES PPI FOLDER FILE.pdf…  writes FOLDER/NAME-1.png and so on.
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";

const [modules, ppi, folder, ...files] = process.argv.slice(2);
const require = createRequire(resolve(modules, "package.json"));
const { chromium } = require("playwright-core");
const root = resolve(modules, "node_modules/pdfjs-dist");

const page = `<!doctype html><canvas></canvas><script type="module">
import * as pdfjs from "/build/pdf.min.mjs";
pdfjs.GlobalWorkerOptions.workerSrc = "/build/pdf.worker.min.mjs";
window.load = async (name) => {
  window.pdf = await pdfjs.getDocument({ url: "/file/" + name, wasmUrl: "/wasm/" }).promise;
  return window.pdf.numPages;
};
window.draw = async (number, scale) => {
  const page = await window.pdf.getPage(number);
  const viewport = page.getViewport({ scale });
  const canvas = document.querySelector("canvas");
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  await page.render({ canvas, viewport }).promise;
  return canvas.toDataURL("image/png");
};
window.ready = true;
</script>`;

const server = createServer(async (request, response) => {
  const path = decodeURIComponent(request.url);
  const file = path.startsWith("/file/") ? files[Number(path.slice(6))] : join(root, path);
  const kind = path === "/" ? "text/html" : path.endsWith("mjs") ? "text/javascript" : "application/octet-stream";
  try {
    response.setHeader("Content-Type", kind);
    response.end(path === "/" ? page : await readFile(file));
  } catch {
    response.statusCode = 404;
    response.end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const tab = await browser.newPage();
await tab.goto(`http://127.0.0.1:${server.address().port}/`);
await tab.waitForFunction("window.ready");
for (const [index, file] of files.entries()) {
  const count = await tab.evaluate((name) => window.load(name), String(index));
  for (let number = 1; number <= count; number++) {
    const url = await tab.evaluate(([n, s]) => window.draw(n, s), [number, Number(ppi) / 72]);
    const name = `${basename(file, ".pdf")}-${number}.png`;
    await writeFile(join(folder, name), Buffer.from(url.split(",")[1], "base64"));
  }
}
await browser.close();
server.close();
