// How many of a stratum's sample have an attribute: the hypergeometric distribution, whole or drawn from.

/**
 * P(x) for every number x of a sample of n, drawn without replacement from N of which M have the attribute, by the ratio of
 * each term to the one before.
 */
export function countChances({ populationSize, having, sampleSize }) {
  const chances = new Float64Array(sampleSize + 1);
  const least = Math.max(0, sampleSize - (populationSize - having));
  const most = Math.min(sampleSize, having);
  let sum = 0;
  for (let x = least, term = 1; x <= most; x++) {
    chances[x] = term;
    sum += term;
    term *= ((having - x) * (sampleSize - x)) / ((x + 1) * (populationSize - having - sampleSize + x + 1));
  }
  return chances.map((term) => term / sum);
}

/** A function that draws such a number; `next` gives one at least 0 and below 1. */
export function countDraw(chances, next) {
  const upTo = [];
  let sum = 0;
  for (const chance of chances) {
    sum += chance;
    upTo.push(sum);
  }
  return () => {
    const at = next() * sum;
    let x = 0;
    while (upTo[x] <= at) x++;
    return x;
  };
}

/** Calls `visit(counts, chance)` for every set of counts that is not rarer than `least`. */
export function eachOutcome(chancesOf, least, visit) {
  const counts = new Array(chancesOf.length).fill(0);
  const go = (stratum, chance) => {
    if (chance < least) return;
    if (stratum === chancesOf.length) {
      visit(counts, chance);
      return;
    }
    for (const [x, own] of chancesOf[stratum].entries()) {
      counts[stratum] = x;
      go(stratum + 1, chance * own);
    }
  };
  go(0, 1);
}
