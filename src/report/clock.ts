/** The only clock below the command line. What it says goes into what is never hashed: `run.json`, and a register's lines. */
export function now(): Date {
  return new Date();
}

/** When a run began, and how long it has taken. */
export interface RunClock {
  /** UTC, as `2026-11-16T09:30:00.000Z`. */
  readonly when: string;
  seconds(): number;
}

export function startClock(): RunClock {
  const started = now();
  return { when: started.toISOString(), seconds: () => (now().getTime() - started.getTime()) / 1000 };
}
