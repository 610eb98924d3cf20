// The pictures of the README: a chart of the demonstration as casedraw wrote it, and the top of its sample's summary as a browser shows it.
// npm run docs:images      after npm run demo; needs Chromium (CHROMIUM names another than /usr/bin/chromium)
import { copyFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const images = fileURLToPath(new URL(".", import.meta.url));
const demo = process.argv[2] ?? "casedraw-demo";
const most = 150_000;

copyFileSync(join(demo, "pia/charts/duration.png"), join(images, "chart.png"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  const page = await browser.newPage({ viewport: { width: 960, height: 900 } });
  await page.goto(pathToFileURL(join(demo, "sample/summary.html")).href);
  await page.screenshot({ path: join(images, "summary.png") });
} finally {
  await browser.close();
}
for (const name of ["chart.png", "summary.png"]) {
  const { size } = statSync(join(images, name));
  if (size > most) throw new Error(`${name} has ${size} bytes, more than ${most}`);
  console.log(`${name}: ${size} bytes`);
}
