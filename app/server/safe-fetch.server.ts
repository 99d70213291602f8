import { lookup as resolve } from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import { BlockList, isIP } from "node:net";

/** What could not be fetched, or may not be. */
export class FetchRefused extends Error {}

const limitBytes = 5 * 1024 * 1024;
const mostRedirects = 3;

interface SafeFetchOptions {
  /** http, and this machine itself: for tests, whose other sites run here */
  loopback?: boolean;
  withinMs?: number;
}

/**
 * Fetches what somebody else's words point to: by https, from a public address, within five seconds, at most 5 MB.
 * The address that is looked at is the one that is connected to, so that a name that changes its mind between the
 * two gets nowhere; each redirect is looked at in the same way.
 * @throws FetchRefused
 */
export async function safeFetch(
  address: string,
  { loopback = false, withinMs = 5_000 }: SafeFetchOptions = {},
): Promise<Buffer> {
  const signal = AbortSignal.timeout(withinMs);
  let next = address;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const answer = await fetchOnce(next, { signal, loopback });
    if ("body" in answer) return answer.body;
    next = answer.location;
  }
  throw new FetchRefused("too many redirects");
}

type Answer = { body: Buffer } | { location: string };

async function fetchOnce(
  address: string,
  { signal, loopback }: { signal: AbortSignal; loopback: boolean },
): Promise<Answer> {
  if (!URL.canParse(address)) throw new FetchRefused("no address");
  const url = new URL(address);
  if (url.protocol !== "https:" && !(loopback && url.protocol === "http:")) throw new FetchRefused("not https");
  if (url.username || url.password) throw new FetchRefused("names a user");
  const found = await addressOf(url.hostname.replace(/^\[|\]$/g, ""), signal);
  if (!(isPublic(found) || (loopback && isLoopbackAddress(found)))) throw new FetchRefused("no public address");
  return new Promise<Answer>((done, refuse) => {
    const failed = (reason: string) => refuse(new FetchRefused(reason));
    const { request } = url.protocol === "https:" ? https : http;
    const family = isIP(found);
    const sent = request(
      url,
      {
        signal,
        agent: false,
        headers: { Accept: "image/*", "User-Agent": "stoa" },
        // Connects to what was looked at, and to nothing else.
        lookup: (_, options, callback) =>
          options.all ? callback(null, [{ address: found, family }]) : callback(null, found, family),
      },
      (response) => {
        const { statusCode = 0, headers } = response;
        if (statusCode >= 300 && statusCode < 400 && headers.location && URL.canParse(headers.location, url)) {
          response.destroy();
          return done({ location: new URL(headers.location, url).href });
        }
        if (statusCode !== 200) {
          response.destroy();
          return failed(`status ${statusCode}`);
        }
        const parts: Buffer[] = [];
        let size = 0;
        response.on("data", (part: Buffer) => {
          size += part.length;
          parts.push(part);
          if (size > limitBytes) {
            response.destroy();
            failed("too large");
          }
        });
        response.on("end", () => (response.complete ? done({ body: Buffer.concat(parts) }) : failed("cut off")));
        response.on("error", () => failed("broken off"));
      },
    );
    sent.on("error", () => failed(signal.aborted ? "too slow" : "does not answer"));
    sent.end();
  });
}

/** Every address of a name has to be public: one among them that is not is an attempt. */
async function addressOf(hostname: string, signal: AbortSignal): Promise<string> {
  if (isIP(hostname)) return hostname;
  const late = new Promise<never>((_, refuse) => {
    signal.addEventListener("abort", () => refuse(new FetchRefused("too slow")), { once: true });
  });
  const found = await Promise.race([resolve(hostname, { all: true }), late]).catch(() => []);
  const worst = found.find(({ address }) => !isPublic(address)) ?? found[0];
  if (!worst) throw new FetchRefused("no such name");
  return worst.address;
}

/** Whether an address is out on the Internet: no network of somebody's own, no machine itself, no group. */
export function isPublic(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  if (version === 4) return !notPublic.check(address, "ipv4");
  // Of the whole of IPv6 only 2000::/3 is given out; an IPv4 address may be wrapped in some of it.
  return global6.check(address, "ipv6") && !notPublic.check(address, "ipv6");
}

function isLoopbackAddress(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

const global6 = new BlockList();
global6.addSubnet("2000::", 3, "ipv6");

/** IANA's special-purpose registries. */
const notPublic = new BlockList();
for (const range of [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3fff::/20",
]) {
  const [address = "", bits] = range.split("/");
  notPublic.addSubnet(address, Number(bits), isIP(address) === 6 ? "ipv6" : "ipv4");
}
