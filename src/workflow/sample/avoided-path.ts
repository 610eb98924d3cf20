import type { Avoid } from "../../plan/types.js";

/** The file that stands for what a plan avoids: the list, or the earlier sample's manifest, which proves its other files. */
export function avoidedPath(avoid: Avoid): string {
  return "ids" in avoid ? avoid.ids : `${avoid.sample.replace(/\/+$/, "")}/manifest.json`;
}
