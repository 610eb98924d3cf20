// What `casedraw --help` costs over starting Node at all.
// node bench/startup.mjs [--runs 20]
import { casedraw, inTemporaryFolder, machine, median, option, requireBuild, timed } from "./measure.mjs";

const runs = Number(option("runs", "20"));
requireBuild();

inTemporaryFolder((folder) => {
  const bare = [];
  const help = [];
  // Round 0 warms the file cache and is not counted.
  for (let round = 0; round <= runs; round++) {
    const nothing = timed(process.execPath, ["-e", "0"], folder).seconds;
    const shown = timed(process.execPath, [casedraw, "--help"], folder).seconds;
    if (round === 0) continue;
    bare.push(nothing);
    help.push(shown);
  }
  const milliseconds = (seconds) => `${(seconds * 1000).toFixed(1)} ms`;
  console.log(`${machine()}, ${runs} runs each, in turn`);
  console.log(`node -e 0         median ${milliseconds(median(bare))}`);
  console.log(`casedraw --help   median ${milliseconds(median(help))}`);
  console.log(`difference        ${milliseconds(median(help) - median(bare))}`);
});
