/**
 * Whether somebody is asked to agree, of the column with their id: there is a version that asks again, later than what
 * they have agreed to of its kind.
 */
export function consentDue(userId: string): string {
  return `exists (
    select from legal_texts t
     where t.asks_again
       and t.version > coalesce((select max(c.version) from consents c
                                  where c.user_id = ${userId} and c.kind = t.kind), 0))`;
}
