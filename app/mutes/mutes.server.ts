/**
 * The condition that every list carries which a member reads: nothing by anybody whom they muted or blocked.
 * @param viewer the SQL of the reader's id, for example `$1`
 * @param author the SQL of the author's id, for example `p.author_id`
 */
export function notMuted(viewer: string, author: string): string {
  return `not exists (select from mutes where muter_id = ${viewer}::uuid and muted_id = ${author})`;
}
