import { z } from "zod";
import { emailSchema } from "#app/auth/email.ts";
import { usernameSchema } from "#app/users/username.ts";

/** Between two changes of a username. */
export const renameEveryDays = 30;
/** For so long nobody else gets a username that somebody gave up. */
export const holdDays = 90;
/** For so long the former primary address can take a change back. */
export const undoDays = 7;
export const mostAddresses = 5;

export const renameForm = z.object({ username: usernameSchema });
export const addAddressForm = z.object({ email: emailSchema });

/** An address of one's own, as the account's page shows it. */
export interface OwnAddress {
  id: string;
  email: string;
  primary: boolean;
  verified: boolean;
}
