import { providerKeys } from "#app/auth/providers/provider.ts";

/** The ways in that the sign-in page offers, as the cookie names them. */
export const lastWays = ["password", "code", "passkey", ...providerKeys] as const;
export type LastWay = (typeof lastWays)[number];
