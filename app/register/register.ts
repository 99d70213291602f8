/**
 * The registers: tables that are only appended to, and whose rows stand in a chain of seals. Each names the columns
 * whose content may be erased; beside them that is what a row's details keep under "personal".
 */
export const registers = {
  audit_events: { erasable: ["ip_address", "user_agent"] },
  moderation_actions: { erasable: ["moderator_username", "subject_username", "reason"] },
} as const satisfies Record<string, { erasable: readonly string[] }>;

export type Register = keyof typeof registers;

export const registerNames: readonly Register[] = ["audit_events", "moderation_actions"];

/** The end of a register's chain. Whoever keeps it elsewhere can tell later whether what was before it is unchanged. */
export interface Head {
  position: number;
  hash: string;
}
