import { mailOf } from "#app/mails/letter.server.ts";
import type { Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { queueMail } from "#app/server/mail.server.ts";

/** Mails the answer to an appeal to somebody who is banned. */
export async function mailDecision(
  tx: Transaction,
  userId: string,
  { actionId, granted, answer }: { actionId: string; granted: boolean; answer: string },
): Promise<void> {
  const { siteName, siteUrl } = settings();
  const { email, name, username } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true, name: true, username: true },
  });
  const content = mailOf({
    siteName,
    siteUrl,
    subject: `The answer to your appeal – ${siteName}`,
    preview: granted ? "It was granted." : "The decision stands.",
    blocks: [
      [{ chosen: name }, ` (@${username}),`],
      [
        granted
          ? "your appeal was granted by a moderator who had no part in the decision. They say:"
          : "a moderator has read your appeal, and the decision stands. They say:",
      ],
      [{ chosen: answer }],
      { act: "See the decision", url: `${siteUrl}/decisions/${actionId}` },
      ["To read it you sign in, as before. You can still take your data with you, or delete your account."],
    ],
  });
  await queueMail(tx, { to: email, ...content });
}
