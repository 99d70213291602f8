import type { Config } from "@react-router/dev/config";

export default {
  ssr: true,
  // middleware/same-origin.ts is the one authority on origins: it knows SITE_URL, and it stands
  // before resource routes and .data requests too, where React Router does not look.
  allowedActionOrigins: ["**"],
  // Every address with its modules comes once, as an immutable file of 9 kB: no page asks for those of its links, and
  // none has them written into it.
  routeDiscovery: { mode: "initial" },
} satisfies Config;
