import { z } from "zod";

/**
 * An e-mail address in the one form that identifies a person: no spaces around it, Unicode composed, lower case,
 * the domain as DNS writes it. It is brought into that form first and judged then, so that nothing slips through
 * that the form would change. One recipient, nothing that could end a header line or begin another address.
 */
export const emailSchema = z
  .string("Enter your e-mail address.")
  .max(1000, "An e-mail address has at most 254 characters.")
  .transform(normalizeEmail)
  .superRefine((email, context) => {
    const message = emailProblem(email);
    if (message) context.addIssue({ code: "custom", message });
  });

function normalizeEmail(typed: string): string {
  const email = typed.trim().normalize("NFC").toLowerCase();
  const at = email.lastIndexOf("@");
  if (at < 0) return email;
  return `${email.slice(0, at)}@${asciiDomain(email.slice(at + 1))}`;
}

/** The domain in DNS's letters ("bücher.example" is "xn--bcher-kva.example"); as it was where it is none. */
function asciiDomain(domain: string): string {
  if (/[\s\p{C}/\\?#:%@[\]<>()"',;]/u.test(domain) || !URL.canParse(`http://${domain}`)) return domain;
  return new URL(`http://${domain}`).hostname;
}

function emailProblem(email: string): string | null {
  if (email.length > 254) return "An e-mail address has at most 254 characters.";
  const [local = "", domain = "", ...more] = email.split("@");
  if (more.length > 0 || !localPart.test(local) || local.length > 64 || !domainName.test(domain)) {
    return "Enter an e-mail address such as mina@example.org.";
  }
  return null;
}

/** RFC 5322's dot-atom: ASCII, so that no two addresses look alike, and no quotes, spaces, commas or brackets. */
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

/** Two labels or more, the last not a number, so that an IP address is none. */
const domainName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
