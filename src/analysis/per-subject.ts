import type { Subject } from "./item.js";

/** What several items ask of a subject, worked out once and kept for as long as the subject is. */
export function perSubject<T extends object>(work: (subject: Subject) => T): (subject: Subject) => T {
  const known = new WeakMap<Subject, T>();
  return (subject) => {
    const before = known.get(subject);
    if (before !== undefined) return before;
    const result = work(subject);
    known.set(subject, result);
    return result;
  };
}
