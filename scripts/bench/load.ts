import http from "node:http";

/** What is asked, again and again. */
export interface Target {
  name: string;
  url: string;
  cookie?: string;
}

/**
 * Sends requests to one target for some seconds, `concurrency` at a time over kept connections, and returns the
 * answers per second. Throws when an answer is not 200: a fast error is no result.
 */
export async function measure(target: Target, seconds: number, concurrency = 16): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
  const end = performance.now() + seconds * 1000;
  const started = performance.now();
  let answers = 0;
  const askUntilTheEnd = async () => {
    while (performance.now() < end) {
      await ask(target, agent);
      answers++;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, askUntilTheEnd));
  agent.destroy();
  return answers / ((performance.now() - started) / 1000);
}

function ask({ name, url, cookie }: Target, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = cookie ? { Cookie: cookie } : {};
    http
      .get(url, { agent, headers }, (response) => {
        response.resume();
        response.on("end", () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`${name}: ${url} answered ${response.statusCode}`));
        });
      })
      .on("error", reject);
  });
}

/** Measures the targets in turn, several rounds over, and returns each one's median: what disturbs one disturbs all. */
export async function measureInTurn(
  targets: Target[],
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<Map<string, number>> {
  const results = new Map<string, number[]>(targets.map(({ name }) => [name, []]));
  for (const target of targets) await measure(target, 0.5);
  for (let round = 0; round < rounds; round++) {
    for (const target of targets) results.get(target.name)?.push(await measure(target, seconds));
  }
  return new Map([...results].map(([name, figures]) => [name, median(figures)]));
}

function median(figures: number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
}
