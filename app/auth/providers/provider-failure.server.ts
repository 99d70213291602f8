import type { ProviderProblem } from "#app/auth/providers/provider.ts";

/** The way by a provider goes no further; the person is told which kind of thing it was, the log the rest. */
export class ProviderFailure extends Error {
  problem: ProviderProblem;

  constructor(problem: ProviderProblem, cause?: unknown) {
    super(`provider: ${problem}`, { cause });
    this.name = "ProviderFailure";
    this.problem = problem;
  }
}
