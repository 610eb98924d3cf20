/** Told how far the work is: a step's name and its fraction, 0 to 1. */
export type Progress = (step: string, fraction?: number) => void;
