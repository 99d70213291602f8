import { z } from "zod";

/** What a provider says of somebody, as far as our tables can hold it; else it counts as not said. */
const plain = /^[^\p{Cc}\p{Cs}]+$/u;

export const claimedName = z.string().max(200).regex(plain).nullable().catch(null);

export const claimedPicture = z.url().max(2000).regex(plain).nullable().catch(null);

/** OpenID Connect: at most 255 ASCII characters, and in no other form the same. */
export const claimedSubject = z.string().regex(/^[\x20-\x7e]{1,255}$/);
