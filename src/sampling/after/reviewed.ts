import type { Sample } from "../draw.js";

/**
 * A sample as estimates see it: the units that can be reviewed, each with its final weight. A sample to which nothing was done
 * since the draw is itself.
 */
export function asReviewed(sample: Sample): Sample {
  const { after } = sample;
  if (after === undefined) return sample;
  const drawn = sample.drawn.flatMap((found, at) => {
    const member = after.members[at];
    return member === undefined || member.status !== member.entry
      ? []
      : [{ ...found, weight: member.finalWeight }];
  });
  return { ...sample, drawn };
}
