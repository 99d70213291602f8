import { readDevice } from "#app/auth/device-cookie.server.ts";
import { readTrust } from "#app/auth/trust-cookie.server.ts";
import { requestScope } from "#app/server/request-scope.server.ts";

/** What is noted of a request: from where, and by which program. */
export interface RequestFacts {
  ipAddress: string;
  userAgent: string;
}

export function factsOf(request: Request): RequestFacts {
  return {
    ipAddress: requestScope()?.clientAddress ?? "",
    userAgent: (request.headers.get("user-agent") ?? "").slice(0, 400),
  };
}

/** The browser behind a request, and what it brings to be known by; nothing of it is checked yet. */
export interface Browser {
  facts: RequestFacts;
  /** see device-cookie.server */
  device: string | null;
  /** see trusted-devices.server */
  trust: string | null;
}

export function browserOf(request: Request): Browser {
  return { facts: factsOf(request), device: readDevice(request), trust: readTrust(request) };
}
