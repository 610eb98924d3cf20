import { isatty } from "node:tty";
import type { Host } from "./io.js";
import { ProgressBar } from "./progress.js";

type StreamName = "out" | "err";

/**
 * The process's own streams, on the main thread.
 *
 * A reader that goes away (`| head`) ends the output and not the work; any other fault of standard output is kept
 * for {@link settled}.
 */
export class Terminal implements Host {
  readonly terminal = { out: isatty(1), err: isatty(2) };
  readonly cwd = process.cwd();
  readonly env = process.env;
  readonly #bar = new ProgressBar({
    write: (text) => void this.#stream("err").write(text),
    columns: () => process.stderr.columns ?? 80,
    now: () => performance.now(),
  });
  readonly #open = new Set<StreamName>();
  readonly #closed = new Set<StreamName>();
  readonly #idle: (() => void)[] = [];
  #pending = 0;
  #failure: NodeJS.ErrnoException | undefined;

  /** @param written - called once the text has left the process, or will never do so */
  write(stream: StreamName, text: string, written: () => void = () => {}): void {
    if (this.#closed.has(stream)) {
      written();
      return;
    }
    this.#bar.erase();
    this.#pending += 1;
    this.#stream(stream).write(text, (error) => {
      if (error) this.#close(stream, error);
      this.#pending -= 1;
      written();
      if (this.#pending === 0) for (const wake of this.#idle.splice(0)) wake();
    });
  }

  progress(step: string, fraction: number | undefined): void {
    this.#bar.update(step, fraction);
  }

  /** Nothing to note: what runs on the main thread writes no files. */
  claim(): void {}

  endProgress(): void {
    this.#bar.stop();
  }

  /** Waits until all text has left the process; gives the fault that lost some of a result, if there was one. */
  async settled(): Promise<NodeJS.ErrnoException | undefined> {
    if (this.#pending > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    return this.#failure;
  }

  #stream(name: StreamName): NodeJS.WriteStream {
    const stream = name === "out" ? process.stdout : process.stderr;
    if (!this.#open.has(name)) {
      // write() hands its callback the error already; without a listener it would be thrown as well.
      stream.on("error", () => {});
      this.#open.add(name);
    }
    return stream;
  }

  #close(stream: StreamName, error: NodeJS.ErrnoException): void {
    if (this.#closed.has(stream)) return;
    this.#closed.add(stream);
    const readerGone =
      error.code === "EPIPE" || error.code === "EOF" || error.code === "ERR_STREAM_DESTROYED";
    if (stream === "out" && !readerGone) this.#failure = error;
  }
}
