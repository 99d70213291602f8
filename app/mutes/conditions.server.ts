/* What the SQL of other rooms says about mutes and blocks. */

/**
 * The condition that every list carries which a member reads: nothing by anybody whom they muted or blocked.
 * @param viewer the SQL of the reader's id, for example `$1`
 * @param author the SQL of the author's id, for example `p.author_id`
 */
export function notMuted(viewer: string, author: string): string {
  return `not exists (select from mutes where muter_id = ${viewer}::uuid and muted_id = ${author})`;
}

/**
 * The condition that every act carries which reaches somebody else: they did not block whoever does it.
 * @param person the SQL of the id of whom it reaches, for example `p.author_id`
 * @param actor the SQL of the id of who does it, for example `$1`
 */
export function notBlocked(person: string, actor: string): string {
  return `not exists (select from mutes where muter_id = ${person} and muted_id = ${actor}::uuid and kind = 'block')`;
}
