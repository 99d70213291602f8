import type { Config } from "@react-router/dev/config";

export default {
  ssr: true,
  // middleware/same-origin.ts is the one authority on origins: it knows SITE_URL, and it stands
  // before resource routes and .data requests too, where React Router does not look.
  allowedActionOrigins: ["**"],
} satisfies Config;
