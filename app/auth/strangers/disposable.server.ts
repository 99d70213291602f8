import disposableDomains from "#app/auth/strangers/disposable-domains.txt?raw";
import { findSiteSetting } from "#app/site/site-settings.server.ts";

/** Why an address is refused whose mailbox is one to throw away, as a sentence for the field; null where it is not. */
export async function disposableProblem(email: string): Promise<string | null> {
  if (!isDisposable(email) || (await findSiteSetting("joining")).disposable === "allow") return null;
  return "Mailboxes at this domain are gone after a while, and you would lose your way in. Use another address.";
}

/** The domain, or one that it belongs to, is on the list. */
function isDisposable(email: string): boolean {
  const labels = email.slice(email.lastIndexOf("@") + 1).split(".");
  return labels.some((_, at) => domains.has(labels.slice(at).join(".")));
}

const domains: ReadonlySet<string> = new Set(disposableDomains.split("\n").filter(Boolean));
