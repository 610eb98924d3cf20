/** How long work takes before the bar shows, and how often the bar is drawn anew, in milliseconds. */
const patience = 1000;
const interval = 100;
const barWidth = 24;

/** Where a bar is drawn: a terminal, or a test's record of it. */
export interface BarOutput {
  write(text: string): void;
  /** Columns of the terminal now. */
  columns(): number;
  /** Milliseconds from any fixed start. */
  now(): number;
}

/** One line on a terminal that says which step is under way; it is erased before anything else is written. */
export class ProgressBar {
  readonly #output: BarOutput;
  #timer: ReturnType<typeof setInterval> | undefined;
  #started = 0;
  #step = "";
  #stepStarted = 0;
  #fraction: number | undefined;
  #shown = false;

  constructor(output: BarOutput) {
    this.#output = output;
  }

  /** @param fraction - 0 to 1, or undefined where the end is not known */
  update(step: string, fraction: number | undefined): void {
    const now = this.#output.now();
    if (this.#timer === undefined) {
      this.#started = now;
      this.#timer = setInterval(() => this.#draw(), interval);
      this.#timer.unref();
    }
    if (step !== this.#step) this.#stepStarted = now;
    this.#step = step;
    this.#fraction = fraction;
  }

  /** Clears the line for other text; the next tick draws the bar again. */
  erase(): void {
    if (this.#shown) this.#output.write("\r\u001b[K");
    this.#shown = false;
  }

  /** Erases the bar for good. */
  stop(): void {
    this.erase();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #draw(): void {
    const now = this.#output.now();
    if (now - this.#started < patience) return;
    const room = this.#output.columns() - 1;
    const state =
      this.#fraction === undefined
        ? `${Math.floor((now - this.#stepStarted) / 1000)} s`
        : barOf(Math.min(1, Math.max(0, this.#fraction)));
    const step = this.#step.slice(0, Math.max(0, room - state.length - 2));
    this.#output.write(`\r\u001b[K${`${step}  ${state}`.slice(0, room)}`);
    this.#shown = true;
  }
}

function barOf(fraction: number): string {
  const done = Math.floor(fraction * barWidth);
  const percent = `${Math.floor(fraction * 100)}%`.padStart(4);
  return `[${"#".repeat(done)}${"-".repeat(barWidth - done)}] ${percent}`;
}
