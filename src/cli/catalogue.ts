import type { Catalogue, CommandModule } from "./command.js";
import { afterTheReview } from "./specs/after-the-review.js";
import { analyse } from "./specs/analyse.js";
import { checkAndExplain } from "./specs/check-and-explain.js";
import { draw } from "./specs/draw.js";
import { duringTheInspection } from "./specs/during-the-inspection.js";
import { knowTheData } from "./specs/know-the-data.js";
import { tryIt } from "./specs/try-it.js";

const modules: Readonly<Record<string, () => Promise<CommandModule>>> = {
  demo: () => import("./commands/demo.js"),
  init: () => import("./commands/init.js"),
  synth: () => import("./commands/synth.js"),
  size: () => import("./commands/size.js"),
  simulate: () => import("./commands/simulate.js"),
  sample: () => import("./commands/sample.js"),
  update: () => import("./commands/update.js"),
  add: () => import("./commands/add.js"),
  handover: () => import("./commands/handover.js"),
  track: () => import("./commands/track.js"),
  verify: () => import("./commands/verify.js"),
  explain: () => import("./commands/explain.js"),
  archive: () => import("./commands/archive.js"),
  estimate: () => import("./commands/estimate.js"),
  pia: () => import("./commands/pia.js"),
  compare: () => import("./commands/compare.js"),
  check: () => import("./commands/check.js"),
  pseudonymise: () => import("./commands/pseudonymise.js"),
};

/** The commands of casedraw by stage of the work. Importing this loads no command's code. */
export const catalogue: Catalogue = {
  groups: [tryIt, knowTheData, analyse, draw, checkAndExplain, duringTheInspection, afterTheReview],
  load(name) {
    const load = modules[name];
    if (load === undefined) throw new RangeError(`No module for command ${name}`);
    return load();
  },
};
