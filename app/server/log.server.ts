import pino from "pino";

/** Never in a log, wherever it stands. */
const secrets = ["password", "token", "cookie", "code", "authorization", "email"];

/** Lines are written together: a write of its own for each would be a tenth of a page's cost. */
const destination = pino.destination({ sync: false, minLength: 4096 });
setInterval(() => destination.flush(), 250).unref();

/** JSON lines on standard output. */
export const log = pino(
  {
    level: process.env.LOG_LEVEL || (process.env.STOA_COMMAND === "test" ? "silent" : "info"),
    base: undefined,
    redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "[hidden]" },
    serializers: { err: describeError },
  },
  destination,
);

/** Writes what has been logged; for the end of the process. */
export function flushLog(): void {
  destination.flushSync();
}

/** Prisma's messages print the row's values, so that an error is logged as its kind, code and place only. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const fromDatabase = error.name.startsWith("Prisma") || error.name === "DriverAdapterError" || error.name === "error";
  return {
    type: error.name,
    errorCode: "code" in error ? String(error.code) : undefined,
    message: fromDatabase ? undefined : error.message,
    stack: error.stack
      ?.split("\n")
      .filter((line) => line.startsWith("    at "))
      .slice(0, 12)
      .join("\n"),
  };
}
