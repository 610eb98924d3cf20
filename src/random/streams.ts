import seedrandom from "seedrandom";

/**
 * A stream of random numbers for everything that is not a ticket: systematic starts, the cube,
 * replays, the synthetic export.
 *
 * @param seed - the run's seed, as text
 * @param purpose - what the numbers are for: `synth`, `systematic/<stratum key>`, `simulate/<k>` …
 * @returns a function that gives the next number, at least 0 and below 1, with 52 bits
 * @remarks seedrandom's default generator (ARC4) under the seed `<seed>|<purpose>|v1`, read by `.double()`:
 *   the same seed and purpose give the same numbers on every engine. Never on the path of a ticket.
 * @see https://github.com/davidbau/seedrandom, version 3
 * @example stream("314159", "synth")() // → 0.6869146705628218
 */
export function stream(seed: string, purpose: string): () => number {
  return seedrandom(`${seed}|${purpose}|v1`).double;
}
