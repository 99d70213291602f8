import { z } from "zod";
import { type LimitName, spend } from "#app/middleware/rate-limit.ts";

/** A 429 as `data` throws it. */
const limitSchema = z.object({
  data: z.object({ retryAfterSeconds: z.number() }),
  init: z.object({ status: z.literal(429) }),
});

/** That a limit is reached, in words for the form, and how to answer. */
export interface Limited {
  message: string;
  init: { status: 429; headers: { "Retry-After": string } };
}

/** Like `spend`, for forms that hold much typing: where the limit is reached the form comes back instead of an error page. */
export async function spendOrSay(name: LimitName, subject: string): Promise<Limited | null> {
  try {
    await spend(name, subject);
    return null;
  } catch (error) {
    const limit = limitSchema.safeParse(error);
    if (!limit.success) throw error;
    const seconds = limit.data.data.retryAfterSeconds;
    const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`;
    return {
      message: `That was a lot in a short time. Your text is still here: wait ${wait}, then press the button again.`,
      init: { status: 429, headers: { "Retry-After": String(seconds) } },
    };
  }
}
