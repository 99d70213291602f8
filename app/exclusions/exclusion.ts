/** A domain and those that it belongs to: an address at a.b.example is at b.example and at example too. */
export function domainsOf(email: string): string[] {
  const labels = email.slice(email.lastIndexOf("@") + 1).split(".");
  return labels.map((_, at) => labels.slice(at).join("."));
}
