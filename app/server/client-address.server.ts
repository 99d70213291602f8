import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { settings } from "#app/server/env.server.ts";

/**
 * Where a request comes from: the peer, or what trusted proxies say of it, read from the near end.
 * A header that a stranger set changes nothing.
 */
export function clientAddressOf(request: Pick<IncomingMessage, "headers" | "socket">): string {
  let address = plain(request.socket.remoteAddress ?? "");
  const forwarded = [request.headers["x-forwarded-for"] ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  while (isTrusted(address)) {
    const before = plain(forwarded.pop() ?? "");
    if (!isIP(before)) break;
    address = before;
  }
  return address || "unknown";
}

function isTrusted(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && settings().trustedProxies.check(address, version === 6 ? "ipv6" : "ipv4");
}

/** IPv4 addresses arrive as ::ffff:192.0.2.1 on a socket that listens on both. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, "");
}
