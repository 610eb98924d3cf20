import { z } from "zod";

/** A whole number of 0 or more. */
export const count = z.number().int().min(0);

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hexadecimal digits");
