import { isIP } from "node:net";

/**
 * The network of an address, for people who should not see the address: IPv4's /24, IPv6's /48. Null for others. What
 * is such a network already stays; the database's `network_of` writes the same.
 */
export function networkOf(address: string | null): string | null {
  const plain = (address ?? "").replace(/^::ffff:(?=\d+\.)/i, "").replace(/(?<=\.0)\/24$|(?<=::)\/48$/, "");
  if (isIP(plain) === 4) return `${plain.split(".").slice(0, 3).join(".")}.0/24`;
  if (isIP(plain) !== 6) return null;
  const [head = ""] = plain.split("::");
  const groups = [...head.split(":").filter(Boolean), "0", "0", "0"].slice(0, 3);
  const network = groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":");
  return `${network.replace(/(?:(?:^|:)0)+$/, "")}::/48`;
}
